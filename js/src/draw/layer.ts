/**
 * What is too much for each frame, kept as pixels: moved along with the camera, and drawn anew when it stands still. What
 * is too much for one frame is drawn in portions; until the last is, the pixels of before are shown.
 */
import type { Point } from "../layout/graph.ts";
import type { Bounds, Camera, Size } from "../scene/camera.ts";
import type { Ink } from "./ink.ts";
import type { Pen } from "./pen.ts";

/** Canvases that nobody sees. */
export interface Layer {
  ctx: CanvasRenderingContext2D;
  /** To draw on while what `ctx` holds is shown. */
  spare: CanvasRenderingContext2D;
  /** What `ctx` holds, if anything. */
  filled: Filled | null;
  filling: Filling | null;
  /** What it was last asked to show, and at which zoom. */
  asked: object | null;
  zoom: number;
}

export interface Layers {
  readonly edges: Layer;
  readonly cards: Layer;
}

export const layerOn = (ctx: CanvasRenderingContext2D, spare: CanvasRenderingContext2D): Layer => ({
  ctx,
  spare,
  filled: null,
  filling: null,
  asked: null,
  zoom: 0,
});

interface Filled {
  readonly subject: object;
  readonly palette: Ink["palette"];
  readonly pixelRatio: number;
  readonly size: Size;
  readonly margin: Size;
  /** That it was drawn for. */
  readonly camera: Camera;
  /** Of the world. */
  readonly part: Bounds;
  /** What of the subject has been drawn, where only what was seen is; null: all. */
  readonly drawn: Set<object> | null;
}

export type Portion = (ctx: CanvasRenderingContext2D) => void;

interface Filling extends Filled {
  readonly onto: CanvasRenderingContext2D;
  /** To be drawn, from the last to the first. */
  readonly left: Portion[];
}

export interface Frame<Kind extends Ink = Ink> {
  readonly camera: Camera;
  readonly size: Size;
  readonly ink: Kind;
}

/** More edges or blocks are never drawn in one frame. */
export const MOST = 4_000;

/** The fewest portions of no more than `most`. */
export const inPortions = <Item>(
  items: readonly Item[],
  most: number,
  paint: (on: Pen, some: readonly Item[]) => void,
): Portion[] =>
  Array.from({ length: Math.ceil(items.length / most) }, (_, at) => (on) => {
    paint(on, items.slice(at * most, (at + 1) * most));
  });

/** On each side of the view, as a share of it: how far one may move before it is drawn anew. */
const MARGIN = 0.5;
const MOST_PIXELS = 16_000_000;
const LONGEST_SIDE = 8192;
/** A picture that was stretched more than this says nothing any more. */
const STRETCH = 1.6;
const NO_MARGIN: Size = { width: 0, height: 0 };

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
 * Works for a frame on the pixels of `subject`, of which `portionsIn` gives what lies in a part of the world; nothing, if
 * it is completed as it is seen. As long as it is the same object the pixels of before serve, and for as long as it may
 * not begin anew. True when all portions are there, and sharp.
 */
export function keep(
  layer: Layer,
  subject: object,
  frame: Frame,
  portionsIn: (part: Bounds) => Portion[],
  mayBegin = true,
): boolean {
  const isDone = layer.filled !== null && serves(layer, layer.filled, subject, frame);
  if (isDone || (layer.filling && !reaches(layer.filling, subject, frame))) layer.filling = null;
  if (!isDone && mayBegin) layer.filling ??= begun(layer, subject, frame, portionsIn);
  if (layer.filling) advance(layer, layer.filling);
  layer.zoom = frame.camera.k;
  const { filled, filling } = layer;
  return !filling && filled?.camera.k === frame.camera.k && reaches(filled, subject, frame);
}

/** There are pixels to show, be they what they are. */
export const isSomething = ({ filled, filling }: Layer): boolean => (filled ?? filling) !== null;

/** Puts what is kept where the camera has it, be it stretched, of before, or not yet all. */
export function show(layer: Layer, ctx: CanvasRenderingContext2D, { x, y, k }: Camera): void {
  const kept = layer.filled ?? layer.filling;
  if (!kept) return;
  const stretch = k / kept.camera.k;
  const now = originOf({ x, y }, kept.pixelRatio, NO_MARGIN);
  const then = originOf(kept.camera, kept.pixelRatio, kept.margin);
  const [left, top] = [now.left - stretch * then.left, now.top - stretch * then.top];
  ctx.setTransform(stretch, 0, 0, stretch, Math.round(left), Math.round(top));
  ctx.drawImage(layer.ctx.canvas, 0, 0);
}

/** Makes of what is kept the picture of another subject, by drawing on it. */
export function alter(layer: Layer, subject: object, paint: (ctx: CanvasRenderingContext2D) => void): void {
  const { filled, filling, ctx } = layer;
  if (!filled || filling) return;
  place(ctx, filled.camera, filled.pixelRatio, filled.margin);
  paint(ctx);
  layer.filled = { ...filled, subject };
  layer.asked = subject;
}

/** Draws those of the items that are not there yet. */
export function complete<Item extends object>(
  { filled, ctx }: Layer,
  items: readonly Item[],
  paint: (ctx: CanvasRenderingContext2D, some: readonly Item[]) => void,
): void {
  const drawn = filled?.drawn;
  if (!filled || !drawn) return;
  const missing = items.filter((item) => !drawn.has(item));
  if (missing.length === 0) return;
  place(ctx, filled.camera, filled.pixelRatio, filled.margin);
  paint(ctx, missing);
  for (const item of missing) drawn.add(item);
}

/** Draws a part of the world anew, and nothing beside it; `pixels` of the screen are a world pixel wide. */
export function drawAnew(
  ctx: CanvasRenderingContext2D,
  { left, top, right, bottom }: Bounds,
  pixels: number,
  paint: () => void,
): void {
  const from = (value: number) => Math.floor(value * pixels) / pixels;
  const upTo = (value: number) => Math.ceil(value * pixels) / pixels;
  const rect = [from(left), from(top), upTo(right) - from(left), upTo(bottom) - from(top)] as const;
  ctx.save();
  ctx.beginPath();
  ctx.rect(...rect);
  ctx.clip();
  ctx.clearRect(...rect);
  paint();
  ctx.restore();
}

/** Whole device pixels, so that what is sharp stays sharp. */
export function place(
  ctx: CanvasRenderingContext2D,
  { x, y, k }: Camera,
  pixelRatio: number,
  margin: Size = NO_MARGIN,
): void {
  const { left, top } = originOf({ x, y }, pixelRatio, margin);
  ctx.setTransform(k * pixelRatio, 0, 0, k * pixelRatio, left, top);
}

/** Where the world begins, in device pixels. */
function originOf({ x, y }: Point, pixelRatio: number, margin: Size) {
  const whole = (length: number) => Math.round(length * pixelRatio);
  return { left: whole(x) + whole(margin.width), top: whole(y) + whole(margin.height) };
}

/** It is drawn as it would be now, but for where the camera is. */
const isAlike = (old: Filled, { size, ink }: Frame): boolean =>
  old.palette === ink.palette &&
  old.pixelRatio === ink.pixelRatio &&
  old.size.width === size.width &&
  old.size.height === size.height;

/** Once the camera no longer zooms, what was stretched is drawn anew. */
const serves = ({ zoom }: Layer, old: Filled, subject: object, frame: Frame): boolean =>
  reaches(old, subject, frame) && (frame.camera.k === old.camera.k || frame.camera.k !== zoom);

function reaches(old: Filled, subject: object, frame: Frame): boolean {
  const { camera, size } = frame;
  const k = camera.k / old.camera.k;
  const most = old.drawn ? 1 : STRETCH;
  if (old.subject !== subject || !isAlike(old, frame) || Math.max(k, 1 / k) > most) return false;
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
  const part = {
    left: -(x + margin.width) / k,
    top: -(y + margin.height) / k,
    right: (size.width + margin.width - x) / k,
    bottom: (size.height + margin.height - y) / k,
  };
  const left = portionsIn(part).reverse();
  if (left.length <= 1 || (layer.filled && !isAlike(layer.filled, frame))) layer.filled = null;
  const onto = layer.filled ? layer.spare : layer.ctx;
  const { canvas } = onto;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  else {
    onto.setTransform(1, 0, 0, 1, 0, 0);
    onto.clearRect(0, 0, width, height);
  }
  place(onto, camera, pixelRatio, margin);
  const drawn = left.length > 0 ? null : new Set<object>();
  return { subject, palette, pixelRatio, size, margin, camera, part, drawn, onto, left };
}
