/** The whole graph, small, and what of it is seen. */
import { type Bounds, type Camera, type Size, toScreen } from "../scene/camera.ts";
import type { Card } from "../scene/scene.ts";
import { drawBlocks } from "./blocks.ts";
import type { Brush } from "./ink.ts";

const PADDING = 4;
const LARGEST: Size = { width: 160, height: 96 };
const LEAST_SIDE = 28;

/** As large as the map of such a graph needs to be. */
export function mapSize({ left, top, right, bottom }: Bounds): Size {
  const k = Math.min(LARGEST.width / Math.max(1, right - left), LARGEST.height / Math.max(1, bottom - top));
  const side = (length: number) => Math.max(LEAST_SIDE, Math.round(k * length));
  return { width: side(right - left), height: side(bottom - top) };
}

/** The camera under which `bounds` fill a map of this size. */
export function mapCamera(bounds: Bounds, { width, height }: Size): Camera {
  const across = Math.max(1, bounds.right - bounds.left);
  const down = Math.max(1, bounds.bottom - bounds.top);
  const k = Math.min((width - 2 * PADDING) / across, (height - 2 * PADDING) / down);
  return {
    k,
    x: width / 2 - (k * (bounds.left + bounds.right)) / 2,
    y: height / 2 - (k * (bounds.top + bounds.bottom)) / 2,
  };
}

export function drawMap(
  ctx: CanvasRenderingContext2D,
  cards: readonly Card[],
  camera: Camera,
  size: Size,
  brush: Brush,
): void {
  const { pixelRatio } = brush;
  const zoom = camera.k * pixelRatio;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, Math.ceil(size.width * pixelRatio), Math.ceil(size.height * pixelRatio));
  ctx.setTransform(zoom, 0, 0, zoom, camera.x * pixelRatio, camera.y * pixelRatio);
  drawBlocks(ctx, cards, camera.k, brush);
}

/** What the main camera sees, on the map, as far as the map reaches. */
export function frameOnMap(view: Bounds, camera: Camera, { width, height }: Size): Bounds {
  const low = toScreen(camera, { x: view.left, y: view.top });
  const high = toScreen(camera, { x: view.right, y: view.bottom });
  const within = (value: number, most: number) => Math.max(0, Math.min(most, value));
  return {
    left: within(low.x, width),
    top: within(low.y, height),
    right: within(high.x, width),
    bottom: within(high.y, height),
  };
}

export const isInside = (part: Bounds, whole: Bounds): boolean =>
  part.left >= whole.left &&
  part.right <= whole.right &&
  part.top >= whole.top &&
  part.bottom <= whole.bottom;
