import { at, countBefore } from "./arrays.ts";
import type { Box, Route } from "./graph.ts";

/** By its top left corner. */
export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function bounds(boxes: Iterable<Box>, routes: readonly Route[] = []): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number) => {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  };
  for (const { x, y, width, height } of boxes) {
    include(x - width / 2, y - height / 2);
    include(x + width / 2, y + height / 2);
  }
  for (const { points } of routes)
    for (let i = 0; i < points.length; i++) include(at(points, i).x, at(points, i).y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Slices of a drawing, each as high as what it holds. */
export function parts(boxes: readonly Box[], routes: readonly Route[]): Rect[] {
  const lefts = Float64Array.from(boxes, ({ x, width }) => x - width / 2).sort();
  const edges = lefts.filter((x, index) => !index || x !== lefts[index - 1]);
  const whole = bounds(boxes, routes);
  const tops = new Float64Array(edges.length).fill(Infinity);
  const bottoms = new Float64Array(edges.length).fill(-Infinity);
  const include = (from: number, to: number, top: number, bottom: number) => {
    let slice = Math.max(0, countBefore(edges, (x) => x > from) - 1);
    do {
      if (top < at(tops, slice)) tops[slice] = top;
      if (bottom > at(bottoms, slice)) bottoms[slice] = bottom;
      slice++;
    } while (slice < edges.length && at(edges, slice) < to);
  };
  for (const { x, y, width, height } of boxes)
    include(x - width / 2, x + width / 2, y - height / 2, y + height / 2);
  for (const { points } of routes) {
    for (let i = 3; i < points.length; i += 3) {
      const [a, b, c, d] = [at(points, i - 3), at(points, i - 2), at(points, i - 1), at(points, i)];
      include(
        Math.min(a.x, b.x, c.x, d.x),
        Math.max(a.x, b.x, c.x, d.x),
        Math.min(a.y, b.y, c.y, d.y),
        Math.max(a.y, b.y, c.y, d.y),
      );
    }
  }
  return Array.from(tops, (top, slice) => {
    const x = slice ? at(edges, slice) : whole.x;
    return {
      x,
      y: top,
      width: (edges[slice + 1] ?? whole.x + whole.width) - x,
      height: at(bottoms, slice) - top,
    };
  });
}
