/** From what is shown to what shall be shown, in a moment. */
import type { Box, Layout, NodeId, Point, Route } from "../layout/graph.ts";
import type { Camera } from "./camera.ts";

export const GLIDE_MS = 180;

/** 0 at the start, 1 at the end, calm at both. */
export function ease(elapsedMs: number, glideMs: number): number {
  if (!(glideMs > 0) || elapsedMs >= glideMs) return 1;
  const t = Math.max(0, elapsedMs / glideMs);
  return 1 - (1 - t) ** 3;
}

const mix = (a: number, b: number, t: number) => a + (b - a) * t;

const mixPoint = (a: Point, b: Point, t: number): Point => ({ x: mix(a.x, b.x, t), y: mix(a.y, b.y, t) });

export const glideCamera = (from: Camera, to: Camera, t: number): Camera => ({
  ...mixPoint(from, to, t),
  k: mix(from.k, to.k, t),
});

/** A layout under way. New boxes stand at their place and fade in; what stays is the same object. */
export function glideLayout(from: Layout, to: Layout, t: number): Layout {
  if (t >= 1) return to;
  const boxes = new Map<NodeId, Box>();
  const shifts = new Map<NodeId, Point>();
  for (const [id, box] of to.boxes) {
    const old = from.boxes.get(id);
    const stays = !old || (old.x === box.x && old.y === box.y);
    const now = stays ? box : { ...box, ...mixPoint(old, box, t) };
    if (now !== box) shifts.set(id, { x: now.x - box.x, y: now.y - box.y });
    boxes.set(id, now);
  }
  if (shifts.size === 0) return to;
  if (shifts.size > MANY || to.routes.length > MANY) return { ...to, boxes };
  return { ...to, boxes, routes: to.routes.map((route) => glideRoute(route, shifts)) };
}

/** When more boxes than this move, or there are more edges, the edges stand where they shall be at once. */
const MANY = 2_000;
const STAYS: Point = { x: 0, y: 0 };

/** A route whose ends follow the boxes; what is between moves in proportion. */
function glideRoute(route: Route, shifts: ReadonlyMap<NodeId, Point>): Route {
  const source = shifts.get(route.source) ?? STAYS;
  const target = shifts.get(route.target) ?? STAYS;
  if (source === STAYS && target === STAYS) return route;
  const last = Math.max(1, route.points.length - 1);
  const points = route.points.map((point, at) => {
    const by = mixPoint(source, target, at / last);
    return { x: point.x + by.x, y: point.y + by.y };
  });
  return { ...route, points };
}
