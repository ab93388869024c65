/**
 * What is too much for each frame, kept as pixels: moved along with the camera, and drawn anew when it stands still. What
 * is too much for one frame is drawn in portions; until the last is, the pixels of before are shown.
 */
import type { Bounds, Camera, Size } from "../scene/camera.ts";
import type { Ink } from "./ink.ts";

/** Canvases that nobody sees. */
export interface Layer {
  ctx: CanvasRenderingContext2D;
  /** To draw on while what `ctx` holds is shown. */
  spare: CanvasRenderingContext2D;
  /** What `ctx` holds, if anything. */
  filled: Filled | null;
  filling: Filling | null;
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

export type Portion = (ctx: CanvasRenderingContext2D) => void;

interface Filling extends Filled {
  readonly onto: CanvasRenderingContext2D;
  /** To be drawn, from the last to the first. */
  readonly left: Portion[];
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
export function empty(layer: Layer): void {
  if (layer.filled || layer.filling) for (const { canvas } of [layer.ctx, layer.spare]) shrink(canvas);
  layer.filled = null;
  layer.filling = null;
}

const shrink = (canvas: HTMLCanvasElement) => Object.assign(canvas, { width: 1, height: 1 });

/**
 * Shows `subject`, of which `portionsIn` gives what lies in a part of the world. As long as it is the same object the
 * pixels of before serve, and for as long as it may not begin anew. True when they are not sharp, or not all.
 */
export function drawThrough(
  layer: Layer,
  ctx: CanvasRenderingContext2D,
  subject: object,
  frame: Frame,
  portionsIn: (part: Bounds) => Portion[],
  mayBegin = true,
): boolean {
  const isDone = layer.filled !== null && serves(layer.filled, subject, frame);
  if (isDone || (layer.filling && !reaches(layer.filling, subject, frame))) layer.filling = null;
  if (!isDone && mayBegin) layer.filling ??= begun(layer, subject, frame, portionsIn);
  if (layer.filling) advance(layer, layer.filling);
  const { filling } = layer;
  const kept = layer.filled ?? filling;
  if (!kept) return true;
  const { camera } = frame;
  kept.shownZoom = camera.k;
  const k = camera.k / kept.camera.k;
  const shift = (now: number, then: number, side: number) =>
    Math.round((now - k * (then + side)) * kept.pixelRatio);
  const x = shift(camera.x, kept.camera.x, kept.margin.width);
  const y = shift(camera.y, kept.camera.y, kept.margin.height);
  ctx.setTransform(k, 0, 0, k, x, y);
  ctx.drawImage(layer.ctx.canvas, 0, 0);
  return k !== 1 || filling !== null || kept.subject !== subject;
}

/** Makes of what is kept the picture of another subject, by drawing over it. */
export function drawOver(
  layer: Layer,
  subject: object,
  paint: (ctx: CanvasRenderingContext2D, zoom: number) => void,
): void {
  const { filled, filling, ctx } = layer;
  if (!filled || filling) return;
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

/** It is drawn as it would be now, but for where the camera is. */
const isAlike = (old: Filled, { size, ink }: Frame): boolean =>
  old.palette === ink.palette &&
  old.pixelRatio === ink.pixelRatio &&
  old.size.width === size.width &&
  old.size.height === size.height;

/** Once the camera no longer zooms, what was stretched is drawn anew. */
const serves = (old: Filled, subject: object, frame: Frame): boolean =>
  reaches(old, subject, frame) && (frame.camera.k === old.camera.k || frame.camera.k !== old.shownZoom);

function reaches(old: Filled, subject: object, frame: Frame): boolean {
  const { camera, size } = frame;
  const k = camera.k / old.camera.k;
  if (old.subject !== subject || !isAlike(old, frame) || Math.max(k, 1 / k) > STRETCH) return false;
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

function advance(layer: Layer, { onto, left, ...filled }: Filling): void {
  left.pop()?.(onto);
  if (left.length > 0) return;
  if (onto !== layer.ctx) {
    [layer.ctx, layer.spare] = [layer.spare, layer.ctx];
    shrink(layer.spare.canvas);
  }
  layer.filled = filled;
  layer.filling = null;
}

function begun(
  layer: Layer,
  subject: object,
  frame: Frame,
  portionsIn: (part: Bounds) => Portion[],
): Filling {
  const { camera, size, ink } = frame;
  const { pixelRatio, palette } = ink;
  const share = marginOf(size, pixelRatio);
  const margin = { width: Math.round(share * size.width), height: Math.round(share * size.height) };
  const width = Math.ceil((size.width + 2 * margin.width) * pixelRatio);
  const height = Math.ceil((size.height + 2 * margin.height) * pixelRatio);
  const { x, y, k } = camera;
  const left = portionsIn({
    left: -(x + margin.width) / k,
    top: -(y + margin.height) / k,
    right: (size.width + margin.width - x) / k,
    bottom: (size.height + margin.height - y) / k,
  }).reverse();
  if (left.length <= 1 || (layer.filled && !isAlike(layer.filled, frame))) layer.filled = null;
  const onto = layer.filled ? layer.spare : layer.ctx;
  const { canvas } = onto;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  else {
    onto.setTransform(1, 0, 0, 1, 0, 0);
    onto.clearRect(0, 0, width, height);
  }
  place(onto, { camera, margin, pixelRatio });
  return { subject, palette, pixelRatio, size, margin, camera, shownZoom: k, onto, left };
}
