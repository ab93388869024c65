/** How far the user may move the camera: never so far that the graph is lost. */
import { type Bounds, type Camera, type Covered, fitTo, type Size, UNCOVERED } from "./camera.ts";

/** The smallest that the graph becomes, as a share of what it is when it fits. */
const SMALLEST = 0.5;
/** So much of the view, in each direction, that the graph's extent cannot be dragged out of. */
const KEPT = 1 / 3;

/** The least zoom; what is smaller already may stay so. */
export const leastZoom = (
  bounds: Bounds | null,
  size: Size,
  from: Camera,
  covered: Covered = UNCOVERED,
): number => Math.min(from.k, SMALLEST * fitTo(bounds, size, covered).k);

/** As near to `wanted` as leaves the graph in the view, or no further out of it than it is from `from`. */
export function heldIn(wanted: Camera, bounds: Bounds | null, size: Size, from: Camera): Camera {
  if (!bounds) return wanted;
  const along = (low: number, high: number, room: number, axis: "x" | "y") => {
    const kept = KEPT * room;
    const before = Math.min(kept, from.k * high + from[axis]);
    const behind = Math.max(room - kept, from.k * low + from[axis]);
    return Math.max(before - wanted.k * high, Math.min(behind - wanted.k * low, wanted[axis]));
  };
  return {
    k: wanted.k,
    x: along(bounds.left, bounds.right, size.width, "x"),
    y: along(bounds.top, bounds.bottom, size.height, "y"),
  };
}
