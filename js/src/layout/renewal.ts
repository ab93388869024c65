import { at } from "./arrays.ts";
import { bounds, parts } from "./bounds.ts";
import type { Component } from "./components.ts";
import { type Drawing, draw, sketch } from "./drawing.ts";
import { fitToView, type Placeable, scaleToFit, viewWidth } from "./fitting.ts";
import type { Box, LayoutEdge, LayoutOptions, Route } from "./graph.ts";
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

function recall({ nodes, arcs, selfEdges }: Component, previous: Previous): Drawing {
  const boxes = nodes.map(({ id }) => [id, previous.boxes.get(id) as Box] as const);
  const ranks = nodes.map(({ id }) => [id, previous.ranks.get(id) as number] as const);
  const bands = nodes.map(({ id }) => [id, previous.bands.get(id) ?? 0] as const);
  const pairs = [...arcs, ...selfEdges.map((node) => ({ from: node, to: node }))];
  const routes = pairs.map(({ from, to }) => previous.route(at(nodes, from).id, at(nodes, to).id) as Route);
  return { boxes, ranks, bands, routes, bounds: bounds(boxes, routes) };
}

/** How wide a band of a growing component may become without making the whole picture smaller. */
function growthLimit(component: Component, previous: Previous, options: LayoutOptions): number {
  const ends = new Map<number, { left: number; right: number }>();
  for (const { id } of component.nodes) {
    const box = previous.boxes.get(id);
    if (!box) continue;
    const band = previous.bands.get(id) ?? 0;
    const { left, right } = ends.get(band) ?? { left: Infinity, right: -Infinity };
    ends.set(band, {
      left: Math.min(left, box.x - box.width / 2),
      right: Math.max(right, box.x + box.width / 2),
    });
  }
  const lastBand = [...ends.keys()].reduce((a, b) => Math.max(a, b), 0);
  let widest = viewWidth(options);
  for (const [band, { left, right }] of ends) if (band < lastBand) widest = Math.max(widest, right - left);
  return Math.max(GROWTH * widest, previous.height * options.aspect);
}

const kept = (drawing: Drawing, unchanged: boolean, weight: number): Placeable => ({
  drawing,
  item: { bounds: drawing.bounds, parts: parts(drawing), wanted: drawing.bounds, unchanged, weight },
});

const knownNodes = ({ nodes }: Component, previous: Previous) =>
  nodes.filter(({ id }) => previous.ranks.has(id) && previous.boxes.has(id));

/** Of its nodes alone, or of its nodes and edges. */
function isMostlyNew(component: Component, previous: Previous): boolean {
  const { nodes, arcs } = component;
  const known = knownNodes(component, previous).length;
  const edges = arcs.filter(({ from, to }) => previous.route(at(nodes, from).id, at(nodes, to).id)).length;
  return known * 2 < nodes.length || (known + edges) * 2 < nodes.length + arcs.length;
}

/** From scratch, near where it was. */
function afresh(component: Component, options: LayoutOptions, previous?: Previous): Placeable {
  const drawn = sketch(component);
  const drawing = draw(drawn, options);
  const known = component.nodes.flatMap(({ id }) => {
    const box = previous?.boxes.get(id);
    return box ? [[id, box] as const] : [];
  });
  const item = { bounds: drawing.bounds, unchanged: false, weight: known.length };
  return { drawing, sketch: drawn, item: known.length ? { ...item, wanted: bounds(known, []) } : item };
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
  const known = knownNodes(component, previous).length;
  if (isUnchanged(component, previous)) return kept(recall(component, previous), true, known);
  if (isMostlyNew(component, previous)) return afresh(component, options, previous);
  const drawing = redraw(piece, previous, options, growthLimit(component, previous, options), tightened);
  const scale = scaleToFit(drawing.bounds, options);
  if (scale * OUTGROWN < 1 && count <= COMPARABLE && count >= MAIN * total) {
    const [fresh] = fitToView([afresh(component, options, previous)], options).placeables;
    if (fresh && scaleToFit(fresh.drawing.bounds, options) > OUTGROWN * scale)
      return { drawing: fresh.drawing, item: fresh.item };
  }
  return kept(drawing, false, known);
}

export interface Placed {
  readonly placeables: readonly Placeable[];
  readonly loose: readonly LayoutEdge[];
  /** So many nodes were drawn from scratch. */
  readonly fresh: number;
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
  const count = component.nodes.length;
  if (previous && isUnchanged(component, previous))
    return {
      placeables: [kept(recall(component, previous), true, count)],
      loose: [],
      fresh: 0,
      yielding: false,
    };
  if (!previous || isMostlyNew(component, previous))
    return { placeables: [afresh(component, options, previous)], loose: [], fresh: count, yielding: false };
  const { pieces, loose, tightened } = loosen(component, previous, options, share);
  const placeables = pieces.map((piece) => again(piece, total, previous, options, tightened));
  return { placeables, loose, fresh: 0, yielding: !tightened };
}
