/** The camera is a value: screen = world · k + (x, y). */
import type { Box, Point } from "../layout/graph.ts";

export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Bounds {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Pixels of a view that something else lies over. */
export interface Covered {
  readonly top: number;
  readonly bottom: number;
}

export const UNCOVERED: Covered = { top: 0, bottom: 0 };

export const MAX_ZOOM = 3;
const MIN_ZOOM = 0.005;
const MARGIN = 20;

export function boundsOf(boxes: Iterable<Box>): Bounds | null {
  const bounds = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const box of boxes) {
    const { left, top, right, bottom } = edgesOf(box);
    bounds.left = Math.min(bounds.left, left);
    bounds.top = Math.min(bounds.top, top);
    bounds.right = Math.max(bounds.right, right);
    bounds.bottom = Math.max(bounds.bottom, bottom);
  }
  return bounds.left > bounds.right ? null : bounds;
}

export const edgesOf = ({ x, y, width, height }: Box): Bounds => ({
  left: x - width / 2,
  top: y - height / 2,
  right: x + width / 2,
  bottom: y + height / 2,
});

/** The whole of `bounds` in the middle of what is not `covered`, never larger than life. */
export function fitTo(
  bounds: Bounds | null,
  { width, height }: Size,
  { top, bottom }: Covered = UNCOVERED,
): Camera {
  if (!bounds || width <= 0 || height <= 0) return { x: width / 2, y: height / 2, k: 1 };
  const across = Math.max(1, bounds.right - bounds.left);
  const down = Math.max(1, bounds.bottom - bounds.top);
  const room = {
    width: Math.max(1, width - 2 * MARGIN),
    height: Math.max(1, height - top - bottom - 2 * MARGIN),
  };
  const k = Math.max(MIN_ZOOM, Math.min(1, room.width / across, room.height / down));
  return {
    k,
    x: width / 2 - (k * (bounds.left + bounds.right)) / 2,
    y: (height + top - bottom) / 2 - (k * (bounds.top + bounds.bottom)) / 2,
  };
}

/** A point in the middle of the view. */
export const centredOn = ({ x, y }: Point, k: number, { width, height }: Size): Camera => ({
  k,
  x: width / 2 - k * x,
  y: height / 2 - k * y,
});

/** Life size, with a point of the world in the middle. */
export const lifeSize = (point: Point, size: Size): Camera => centredOn(point, 1, size);

export const toWorld = ({ x, y, k }: Camera, point: Point): Point => ({
  x: (point.x - x) / k,
  y: (point.y - y) / k,
});

export const toScreen = ({ x, y, k }: Camera, point: Point): Point => ({
  x: point.x * k + x,
  y: point.y * k + y,
});

export function edgesOnScreen(camera: Camera, box: Box): Bounds {
  const { left, top, right, bottom } = edgesOf(box);
  const low = toScreen(camera, { x: left, y: top });
  const high = toScreen(camera, { x: right, y: bottom });
  return { left: low.x, top: low.y, right: high.x, bottom: high.y };
}

/** The part of the world that is seen. */
export function viewed(camera: Camera, { width, height }: Size): Bounds {
  const topLeft = toWorld(camera, { x: 0, y: 0 });
  const bottomRight = toWorld(camera, { x: width, y: height });
  return { left: topLeft.x, top: topLeft.y, right: bottomRight.x, bottom: bottomRight.y };
}

export const overlap = (a: Bounds, b: Bounds): boolean =>
  a.left <= b.right && b.left <= a.right && a.top <= b.bottom && b.top <= a.bottom;

export const grown = ({ left, top, right, bottom }: Bounds, by: number): Bounds => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** The least that holds both. */
export const united = (a: Bounds, b: Bounds): Bounds => ({
  left: Math.min(a.left, b.left),
  top: Math.min(a.top, b.top),
  right: Math.max(a.right, b.right),
  bottom: Math.max(a.bottom, b.bottom),
});

/** The camera moved by the least that shows `box` whole, where nothing covers it. */
export function reveal(
  camera: Camera,
  box: Box,
  size: Size,
  { top: up, bottom: down }: Covered = UNCOVERED,
): Camera {
  const shift = (low: number, high: number, from: number, to: number) => {
    if (low < from + MARGIN) return from + MARGIN - low;
    return high > to - MARGIN ? to - MARGIN - high : 0;
  };
  const { left, top, right, bottom } = edgesOnScreen(camera, box);
  return {
    k: camera.k,
    x: camera.x + shift(left, right, 0, size.width),
    y: camera.y + shift(top, bottom, up, size.height - down),
  };
}
