import { at, grouped, most } from "./arrays.ts";
import { bounds } from "./bounds.ts";
import { type Component, edgeOf } from "./components.ts";
import { type Drawing, draw, sketch } from "./drawing.ts";
import { fitToView, type Placeable, scaleToFit, viewWidth } from "./fitting.ts";
import type { Box, LayoutEdge, LayoutOptions, Route } from "./graph.ts";
import { isDue } from "./keeping.ts";
import { loosen, type Piece } from "./loosening.ts";
import { isUnchanged, type Previous } from "./previous.ts";
import { redraw } from "./redrawing.ts";

/** The last band grows to this share of the widest one above it, or of the view, before a new one begins. */
const GROWTH = 1.15;
/** A kept drawing is given up when a fresh one would be larger by this. */
const OUTGROWN = 1.6;
/** Only a component that is this share of all may be, and no larger one than this. */
const MAIN = 0.6;
const COMPARABLE = 300;

function recall(component: Component, previous: Previous): Drawing {
  const { nodes, arcs, selfEdges } = component;
  const was = nodes.map(({ id }) => previous.boxes.get(id) as Box);
  const boxes = nodes.map(({ id }, index) => [id, at(was, index)] as const);
  const ranks = nodes.map(({ id }) => [id, previous.ranks.get(id) as number] as const);
  const bands = nodes.map(({ id }) => [id, previous.bands.get(id) ?? 0] as const);
  const pairs = [...arcs, ...selfEdges.map((node) => ({ from: node, to: node }))];
  const routes = pairs.map((arc) => previous.route(edgeOf(component, arc)) as Route);
  return { boxes, ranks, bands, routes, bounds: bounds(was, routes) };
}

/** How wide a band of a growing component may become without making the whole picture smaller. */
function growthLimit({ nodes }: Component, previous: Previous, options: LayoutOptions): number {
  const old = nodes.filter(({ id }) => previous.boxes.has(id));
  const bands = grouped(old, ({ id }) => previous.bands.get(id) ?? 0);
  bands.delete(most(bands.keys()));
  const widths = [...bands.values()].map(
    (band) => bounds(band.map(({ id }) => previous.boxes.get(id) as Box)).width,
  );
  return Math.max(GROWTH * most(widths, viewWidth(options)), previous.height * options.aspect);
}

const kept = (drawing: Drawing, unchanged: boolean, weight: number): Placeable => ({
  drawing,
  item: { bounds: drawing.bounds, wanted: drawing.bounds, unchanged, weight },
});

/** How many of its nodes, and of its nodes and edges, were there before. */
function knownOf(component: Component, previous: Previous): { nodes: number; all: number } {
  const nodes = component.nodes.filter(({ id }) => previous.ranks.has(id) && previous.boxes.has(id)).length;
  const edges = component.arcs.filter((arc) => previous.route(edgeOf(component, arc))).length;
  return { nodes, all: nodes + edges };
}

/** From scratch, near where it was. */
function afresh(component: Component, options: LayoutOptions, previous?: Previous): Placeable {
  const drawn = sketch(component);
  const drawing = draw(drawn, options);
  const known = component.nodes.flatMap(({ id }) => {
    const box = previous?.boxes.get(id);
    return box ?? [];
  });
  const item = { bounds: drawing.bounds, unchanged: false, weight: known.length };
  return { drawing, sketch: drawn, item: known.length ? { ...item, wanted: bounds(known) } : item };
}

/** As it was, or from scratch, or undefined: as much as possible as it was. */
function simply(component: Component, options: LayoutOptions, previous?: Previous): Placeable | undefined {
  if (!previous) return afresh(component, options);
  const count = component.nodes.length;
  if (isUnchanged(component, previous)) return kept(recall(component, previous), true, count);
  const known = knownOf(component, previous);
  const isMostlyNew = known.nodes * 2 < count || known.all * 2 < count + component.arcs.length;
  return isMostlyNew ? afresh(component, options, previous) : undefined;
}

function again(
  piece: Piece,
  total: number,
  previous: Previous,
  options: LayoutOptions,
  tightened: boolean,
): Placeable {
  const { component } = piece;
  const count = component.nodes.length;
  const known = knownOf(component, previous);
  const due = tightened || isDue(known.all, count + component.arcs.length);
  const drawing = redraw(piece, previous, options, growthLimit(component, previous, options), due);
  const scale = scaleToFit(drawing.bounds, options);
  if (due && scale * OUTGROWN < 1 && count <= COMPARABLE && count >= MAIN * total) {
    const [fresh] = fitToView([afresh(component, options, previous)], options).placeables;
    if (fresh && scaleToFit(fresh.drawing.bounds, options) > OUTGROWN * scale)
      return { drawing: fresh.drawing, item: fresh.item };
  }
  return kept(drawing, false, known.nodes);
}

export interface Placed {
  readonly placeables: readonly Placeable[];
  readonly loose: readonly LayoutEdge[];
  /** Old cards may have moved for new edges. */
  readonly yielding: boolean;
}

/**
 * A component as it was, from scratch or grown, whichever fits. For a new edge to run along the flow, old cards may
 * move by `share` of the diagonal on average.
 */
export function place(
  component: Component,
  total: number,
  options: LayoutOptions,
  previous: Previous | undefined,
  share: number,
): Placed {
  const whole = simply(component, options, previous);
  if (whole || !previous) return { placeables: whole ? [whole] : [], loose: [], yielding: false };
  const { pieces, loose, tightened } = loosen(component, previous, options, share);
  const placeables = pieces.map(
    (piece) =>
      simply(piece.component, options, previous) ?? again(piece, total, previous, options, tightened),
  );
  return { placeables, loose, yielding: !tightened };
}
