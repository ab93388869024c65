import { at } from "./arrays.ts";
import type { Box, NodeId, Route } from "./graph.ts";
import type { Rect } from "./packing.ts";

export type Placed = readonly [NodeId, Box];

export function bounds(boxes: readonly Placed[], routes: readonly Route[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  };
  for (const [, { x, y, width, height }] of boxes) {
    include(x - width / 2, y - height / 2);
    include(x + width / 2, y + height / 2);
  }
  for (const { points } of routes) for (const { x, y } of points) include(x, y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Slices of a drawing, each as high as what it holds. */
export function parts({ boxes, routes }: { boxes: readonly Placed[]; routes: readonly Route[] }): Rect[] {
  const edges = [...new Set(boxes.map(([, { x, width }]) => x - width / 2))].sort((a, b) => a - b);
  const whole = bounds(boxes, routes);
  const slices = edges.map(() => [Infinity, -Infinity] as [number, number]);
  const include = (from: number, to: number, top: number, bottom: number) => {
    let slice = sliceAt(edges, from);
    do {
      const [high, low] = at(slices, slice);
      slices[slice] = [Math.min(high, top), Math.max(low, bottom)];
      slice++;
    } while (slice < edges.length && at(edges, slice) < to);
  };
  for (const [, { x, y, width, height }] of boxes)
    include(x - width / 2, x + width / 2, y - height / 2, y + height / 2);
  for (const { points } of routes) {
    for (let i = 3; i < points.length; i += 3) {
      const hull = points.slice(i - 3, i + 1);
      const xs = hull.map(({ x }) => x);
      const ys = hull.map(({ y }) => y);
      include(Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys));
    }
  }
  return slices.map(([top, bottom], slice) => {
    const x = slice ? at(edges, slice) : whole.x;
    return { x, y: top, width: (edges[slice + 1] ?? whole.x + whole.width) - x, height: bottom - top };
  });
}

/** The last slice that begins at or before `x`, by bisection. */
function sliceAt(edges: readonly number[], x: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(edges, middle) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}
