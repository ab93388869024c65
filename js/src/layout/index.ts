import { at, least, most, sum } from "./arrays.ts";
import { bounds, type Rect } from "./bounds.ts";
import { components } from "./components.ts";
import type { Drawing } from "./drawing.ts";
import { fitToView } from "./fitting.ts";
import type { Box, Layout, LayoutGraph, LayoutOptions, NodeId, Point, Route } from "./graph.ts";
import { FEW } from "./loosening.ts";
import { type Previous, remember } from "./previous.ts";
import { type Placed, place } from "./renewal.ts";
import { weave } from "./weaving.ts";

/** Old cards may move by this share of the diagonal on average for new edges to run along the flow. */
const SHARE = 0.0015;
/** When they moved by more, a drawing that is all for stillness is tried, and taken if it moves so much less. */
const MOST = 0.002;
const STILLER = 0.5;

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

/**
 * Layered drawing, flow from left to right (Sugiyama). Each component goes through cycle removal, ranking, ordering,
 * coordinate assignment and routing; packing then puts the components together. What is too wide to be read in the
 * view is folded into bands.
 *
 * With `previous`, an unchanged component is taken over as it is, one that has grown keeps its ranks, bands, order
 * and places as far as it can (see `loosen` and `redraw`), and one of which more than half is new is drawn afresh,
 * near its old place. Nothing moves for an edge between old groups that the flow has no room for: it is loose.
 */
export function layout(graph: LayoutGraph, options: LayoutOptions, previous?: Layout): Layout {
  const parts = components(graph);
  const total = sum(parts.map(({ nodes }) => nodes.length));
  const memory = previous && remember(previous);
  const drawn = (share: number) => parts.map((part) => place(part, total, options, memory, share));
  const placed = drawn(SHARE);
  const next = assemble(placed, options, memory);
  if (!previous || previous.boxes.size <= FEW) return next;
  const moved = meanMove(previous, next);
  if (moved <= MOST || !placed.some(({ yielding }) => yielding)) return next;
  const stiller = assemble(drawn(0), options, memory);
  return meanMove(previous, stiller) < STILLER * moved ? stiller : next;
}

/** Components packed into one picture, with the loose edges between them. */
function assemble(whole: readonly Placed[], options: LayoutOptions, memory: Previous | undefined): Layout {
  const { placeables, places } = fitToView(
    whole.flatMap((part) => part.placeables),
    options,
  );
  const boxes = new Map<NodeId, Box>();
  const ranks = new Map<NodeId, number>();
  const bands = new Map<NodeId, number>();
  const routes: Route[] = [];
  const extents: Rect[] = [];
  placeables.forEach(({ drawing, item }, index) => {
    const { x, y } = at(places, index);
    const placed = shifted(drawing, x - item.bounds.x, y - item.bounds.y);
    for (const [id, box] of placed.boxes) boxes.set(id, box);
    for (const [id, value] of placed.ranks) ranks.set(id, value);
    for (const [id, value] of placed.bands) bands.set(id, value);
    for (const route of placed.routes) routes.push(route);
    extents.push(placed.bounds);
  });
  if (memory) {
    const woven = weave(
      whole.flatMap(({ loose }) => loose),
      boxes,
      routes,
      memory,
      options,
    );
    if (woven.length) extents.push(bounds([], woven));
    routes.push(...woven);
  }
  const left = least(
    extents.map(({ x }) => x),
    0,
  );
  const top = least(
    extents.map(({ y }) => y),
    0,
  );
  const width =
    most(
      extents.map((each) => each.x + each.width),
      0,
    ) - left;
  const height =
    most(
      extents.map((each) => each.y + each.height),
      0,
    ) - top;
  return { boxes, routes, left, top, width, height, ranks, bands };
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
