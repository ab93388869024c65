import { at } from "./arrays.ts";
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
