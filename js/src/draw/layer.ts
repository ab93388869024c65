/** What is too much for each frame, kept as pixels: moved along with the camera, and drawn anew when it stands still. */
import type { Bounds, Camera, Size } from "../scene/camera.ts";
import type { Ink } from "./ink.ts";

/** A canvas that nobody sees. */
export interface Layer {
  readonly ctx: CanvasRenderingContext2D;
  /** What it holds, if anything. */
  filled: Filled | null;
  /** What it was last asked to show. */
  asked: object | null;
}

export interface Layers {
  readonly edges: Layer;
  readonly blocks: Layer;
}

interface Filled {
  readonly subject: object;
  readonly palette: Ink["palette"];
  readonly pixelRatio: number;
  readonly size: Size;
  readonly margin: Size;
  /** That it was drawn for. */
  readonly camera: Camera;
  /** Of the latest frame. */
  shownZoom: number;
}

export interface Frame {
  readonly camera: Camera;
  readonly size: Size;
  readonly ink: Ink;
}

/** On each side of the view, as a share of it: how far one may move before it is drawn anew. */
const MARGIN = 0.5;
const MOST_PIXELS = 16_000_000;
const LONGEST_SIDE = 8192;
/** A picture that was stretched more than this says nothing any more. */
const STRETCH = 1.6;

/** Whether a subject is that of the frame before: what is another in each frame, as while cards glide, is not kept. */
export function isSteady(layer: Layer, subject: object): boolean {
  const steady = layer.asked === subject;
  layer.asked = subject;
  return steady;
}

/** The pixels of a layer may be large: they are let go when they are not needed. */
export function empty({ ctx: { canvas }, filled }: Layer): null {
  if (filled) Object.assign(canvas, { width: 1, height: 1 });
  return null;
}

/**
 * Shows `subject`, as `paint` draws what of it lies in a part of the world. As long as it is the same object the pixels
 * of before serve. True when they are not sharp.
 */
export function drawThrough(
  layer: Layer,
  ctx: CanvasRenderingContext2D,
  subject: object,
  frame: Frame,
  paint: (ctx: CanvasRenderingContext2D, part: Bounds) => void,
): boolean {
  const old = layer.filled;
  const kept = old && serves(old, subject, frame) ? old : fill(layer, subject, frame, paint);
  const { camera } = frame;
  kept.shownZoom = camera.k;
  layer.filled = kept;
  const k = camera.k / kept.camera.k;
  const shift = (now: number, then: number, side: number) =>
    Math.round((now - k * (then + side)) * kept.pixelRatio);
  const x = shift(camera.x, kept.camera.x, kept.margin.width);
  const y = shift(camera.y, kept.camera.y, kept.margin.height);
  ctx.setTransform(k, 0, 0, k, x, y);
  ctx.drawImage(layer.ctx.canvas, 0, 0);
  return k !== 1;
}

/** Makes of what is kept the picture of another subject, by drawing over it. */
export function drawOver(
  layer: Layer,
  subject: object,
  paint: (ctx: CanvasRenderingContext2D, zoom: number) => void,
): void {
  const { filled, ctx } = layer;
  if (!filled) return;
  place(ctx, filled);
  paint(ctx, filled.camera.k);
  layer.filled = { ...filled, subject };
  layer.asked = subject;
}

function place(
  ctx: CanvasRenderingContext2D,
  { camera, margin, pixelRatio }: Pick<Filled, "camera" | "margin" | "pixelRatio">,
): void {
  const zoom = camera.k * pixelRatio;
  const left = Math.round((camera.x + margin.width) * pixelRatio);
  const top = Math.round((camera.y + margin.height) * pixelRatio);
  ctx.setTransform(zoom, 0, 0, zoom, left, top);
}

function serves(old: Filled, subject: object, { camera, size, ink }: Frame): boolean {
  if (old.subject !== subject || old.palette !== ink.palette || old.pixelRatio !== ink.pixelRatio)
    return false;
  if (old.size.width !== size.width || old.size.height !== size.height) return false;
  const k = camera.k / old.camera.k;
  const stopped = k !== 1 && camera.k === old.shownZoom;
  if (stopped || Math.max(k, 1 / k) > STRETCH) return false;
  const covers = (now: number, then: number, room: number, margin: number) => {
    const low = now - k * (then + margin);
    return low <= 0 && low + k * (room + 2 * margin) >= room;
  };
  return (
    covers(camera.x, old.camera.x, size.width, old.margin.width) &&
    covers(camera.y, old.camera.y, size.height, old.margin.height)
  );
}

export function marginOf({ width, height }: Size, pixelRatio: number): number {
  const affordable = Math.min(
    Math.sqrt(MOST_PIXELS / (width * height)) / pixelRatio,
    LONGEST_SIDE / Math.max(width, height) / pixelRatio,
  );
  return Math.max(0, Math.min(MARGIN, (affordable - 1) / 2));
}

function fill(
  { ctx }: Layer,
  subject: object,
  { camera, size, ink }: Frame,
  paint: (ctx: CanvasRenderingContext2D, part: Bounds) => void,
): Filled {
  const { pixelRatio, palette } = ink;
  const share = marginOf(size, pixelRatio);
  const margin = { width: Math.round(share * size.width), height: Math.round(share * size.height) };
  const width = Math.ceil((size.width + 2 * margin.width) * pixelRatio);
  const height = Math.ceil((size.height + 2 * margin.height) * pixelRatio);
  const { canvas } = ctx;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, width, height);
  place(ctx, { camera, margin, pixelRatio });
  const { x, y, k } = camera;
  paint(ctx, {
    left: -(x + margin.width) / k,
    top: -(y + margin.height) / k,
    right: (size.width + margin.width - x) / k,
    bottom: (size.height + margin.height - y) / k,
  });
  return { subject, palette, pixelRatio, size, margin, camera, shownZoom: k };
}
