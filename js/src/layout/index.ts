import { at } from "./arrays.ts";
import { bounds, parts } from "./bounds.ts";
import { type Component, components } from "./components.ts";
import { type Drawing, draw, sketch } from "./drawing.ts";
import { fitToView, type Placeable, scaleToFit, viewWidth } from "./fitting.ts";
import type { Box, Layout, LayoutEdge, LayoutGraph, LayoutOptions, NodeId, Point, Route } from "./graph.ts";
import { FEW, loosen, type Piece } from "./loosening.ts";
import type { Rect } from "./packing.ts";
import { isUnchanged, type Previous, remember } from "./previous.ts";
import { redraw } from "./redrawing.ts";
import { weave } from "./weaving.ts";

function recall({ nodes, arcs, selfEdges }: Component, previous: Previous): Drawing {
  const boxes = nodes.map(({ id }) => [id, previous.boxes.get(id) as Box] as const);
  const ranks = nodes.map(({ id }) => [id, previous.ranks.get(id) as number] as const);
  const bands = nodes.map(({ id }) => [id, previous.bands.get(id) ?? 0] as const);
  const pairs = [...arcs, ...selfEdges.map((node) => ({ from: node, to: node }))];
  const routes = pairs.map(({ from, to }) => previous.route(at(nodes, from).id, at(nodes, to).id) as Route);
  return { boxes, ranks, bands, routes, bounds: bounds(boxes, routes) };
}

function shifted(drawing: Drawing, x: number, y: number): Drawing {
  if (Math.abs(x) < 1e-6 && Math.abs(y) < 1e-6) return drawing;
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + x, y: point.y + y });
  return {
    ...drawing,
    boxes: drawing.boxes.map(([id, box]) => [id, move(box)] as const),
    routes: drawing.routes.map((route) => ({ ...route, points: route.points.map(move) })),
    bounds: move(drawing.bounds),
  };
}

/** The last band grows to this share of the widest one above it, or of the view, before a new one begins. */
const GROWTH = 1.15;
/** A kept drawing is given up when a fresh one would be larger by this. */
const OUTGROWN = 1.6;
/** Only a component that is this share of all may be, and no larger one than this. */
const MAIN = 0.6;
const COMPARABLE = 300;

/** Old cards may move by this share of the diagonal on average for new edges to run along the flow. */
const SHARE = 0.0015;
/** When they moved by more, a drawing that is all for stillness is tried, and taken if it moves so much less. */
const MOST = 0.002;
const STILLER = 0.5;

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

interface Placed {
  readonly placeables: readonly Placeable[];
  readonly loose: readonly LayoutEdge[];
}

function place(
  component: Component,
  total: number,
  options: LayoutOptions,
  previous: Previous | undefined,
  share: number,
): Placed {
  if (!previous || isMostlyNew(component, previous))
    return { placeables: [afresh(component, options, previous)], loose: [] };
  if (isUnchanged(component, previous)) {
    const known = component.nodes.length;
    return { placeables: [kept(recall(component, previous), true, known)], loose: [] };
  }
  const { pieces, loose, tightened } = loosen(component, previous, options, share);
  return {
    placeables: pieces.map((piece) => again(piece, total, previous, options, tightened)),
    loose,
  };
}

/**
 * Layered drawing, flow from left to right (Sugiyama). Each component goes through cycle removal, ranking, ordering,
 * coordinate assignment and routing; packing then puts the components together. What is too wide to be read in the
 * view is folded into bands.
 *
 * With `previous`, an unchanged component is taken over as it is, one that has grown keeps its ranks, bands, order
 * and places as far as it can (see `redraw`), and one of which more than half is new is drawn afresh, near its old place.
 */
export function layout(graph: LayoutGraph, options: LayoutOptions, previous?: Layout): Layout {
  const parts = components(graph);
  if (!previous) return assemble(parts, options, undefined, 0);
  const memory = remember(previous);
  const next = assemble(parts, options, memory, SHARE);
  const moved = meanMove(previous, next);
  if (moved <= MOST || previous.boxes.size <= FEW) return next;
  const stiller = assemble(parts, options, memory, 0);
  return meanMove(previous, stiller) < STILLER * moved ? stiller : next;
}

function assemble(
  parts: readonly Component[],
  options: LayoutOptions,
  memory: Previous | undefined,
  share: number,
): Layout {
  const total = parts.reduce((sum, { nodes }) => sum + nodes.length, 0);
  const whole = parts.map((component) => place(component, total, options, memory, share));
  const { placeables, places } = fitToView(
    whole.flatMap((part) => part.placeables),
    options,
  );
  const boxes = new Map<NodeId, Box>();
  const ranks = new Map<NodeId, number>();
  const bands = new Map<NodeId, number>();
  const routes: Route[] = [];
  const frame = frameOf();
  placeables.forEach(({ drawing, item }, index) => {
    const { x, y } = at(places, index);
    const placed = shifted(drawing, x - item.bounds.x, y - item.bounds.y);
    for (const [id, box] of placed.boxes) boxes.set(id, box);
    for (const [id, value] of placed.ranks) ranks.set(id, value);
    for (const [id, value] of placed.bands) bands.set(id, value);
    for (const route of placed.routes) routes.push(route);
    frame.include(placed.bounds);
  });
  if (memory) {
    const woven = weave(
      whole.flatMap(({ loose }) => loose),
      boxes,
      routes,
      memory,
      options,
    );
    if (woven.length) frame.include(bounds([], woven));
    routes.push(...woven);
  }
  return { boxes, routes, ...frame.size(), ranks, bands };
}

/** How far cards of both moved on average, as a share of the diagonal. */
function meanMove(before: Layout, after: Layout): number {
  let sum = 0;
  let count = 0;
  for (const [id, a] of before.boxes) {
    const b = after.boxes.get(id);
    if (!b) continue;
    sum += Math.hypot(a.x - b.x, a.y - b.y);
    count++;
  }
  return sum / Math.max(1, count) / Math.max(1, Math.hypot(before.width, before.height));
}

/** Grows with what it includes. */
function frameOf() {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  return {
    include({ x, y, width, height }: Rect) {
      left = Math.min(left, x);
      top = Math.min(top, y);
      right = Math.max(right, x + width);
      bottom = Math.max(bottom, y + height);
    },
    size: () => ({ left, top, width: right - left, height: bottom - top }),
  };
}
