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

/** A layout under way. New boxes stand at their place and fade in: see `age`. */
export function glideLayout(from: Layout, to: Layout, t: number): Layout {
  if (t >= 1) return to;
  const boxes = new Map<NodeId, Box>();
  for (const [id, box] of to.boxes) {
    const old = from.boxes.get(id);
    boxes.set(id, old ? { ...box, ...mixPoint(old, box, t) } : box);
  }
  return { ...to, boxes, routes: to.routes.map((route) => glideRoute(route, to, boxes)) };
}

/** A route whose ends follow the boxes; what is between moves in proportion. */
function glideRoute(route: Route, to: Layout, boxes: ReadonlyMap<NodeId, Box>): Route {
  const shift = (id: NodeId): Point => {
    const end = to.boxes.get(id);
    const now = boxes.get(id);
    return end && now ? { x: now.x - end.x, y: now.y - end.y } : { x: 0, y: 0 };
  };
  const source = shift(route.source);
  const target = shift(route.target);
  if (source.x === 0 && source.y === 0 && target.x === 0 && target.y === 0) return route;
  const last = Math.max(1, route.points.length - 1);
  const points = route.points.map((point, at) => {
    const by = mixPoint(source, target, at / last);
    return { x: point.x + by.x, y: point.y + by.y };
  });
  return { ...route, points };
}
