/** Edges that are too many for each frame, kept as pixels: moved along with the camera, and drawn anew when it stands still. */
import type { Camera, Size } from "../scene/camera.ts";
import type { Edge, Scene } from "../scene/scene.ts";
import { edgesIn } from "../scene/seen.ts";
import { drawEdges } from "./edge.ts";
import type { Brush, Ink } from "./ink.ts";

/** A canvas that nobody sees. */
export interface Layer {
  readonly ctx: CanvasRenderingContext2D;
  /** What it holds, if anything. */
  filled: Filled | null;
}

interface Filled {
  readonly edges: readonly Edge[];
  readonly palette: Ink["palette"];
  readonly pixelRatio: number;
  readonly size: Size;
  readonly margin: Size;
  /** That it was drawn for, and the latest that it was shown for. */
  readonly camera: Camera;
  shownZoom: number;
}

/** Fewer edges than this are drawn in each frame. */
const MANY = 400;
/** On each side of the view, as a share of it: how far one may move before the edges are drawn anew. */
const MARGIN = 0.5;
const MOST_PIXELS = 16_000_000;
/** A picture that was stretched more than this says nothing any more. */
const STRETCH = 1.6;

/** True when what it shows is not sharp. Does nothing, and leaves the layer empty, when the edges seen are few. */
export function drawEdgesThrough(
  layer: Layer,
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  seen: readonly Edge[],
  camera: Camera,
  size: Size,
  brush: Brush,
): boolean {
  if (seen.length < MANY) {
    if (layer.filled) Object.assign(layer.ctx.canvas, { width: 1, height: 1 });
    layer.filled = null;
    return false;
  }
  const old = layer.filled;
  const kept = old && serves(old, scene, camera, size, brush) ? old : fill(layer, scene, camera, size, brush);
  kept.shownZoom = camera.k;
  layer.filled = kept;
  const { pixelRatio, margin } = kept;
  const k = camera.k / kept.camera.k;
  const at = (now: number, then: number, side: number) => (now - k * (then + side)) * pixelRatio;
  ctx.setTransform(
    k,
    0,
    0,
    k,
    Math.round(at(camera.x, kept.camera.x, margin.width)),
    Math.round(at(camera.y, kept.camera.y, margin.height)),
  );
  ctx.drawImage(layer.ctx.canvas, 0, 0);
  return k !== 1;
}

function serves(old: Filled, { edges }: Scene, camera: Camera, size: Size, brush: Brush): boolean {
  if (old.edges !== edges || old.palette !== brush.palette || old.pixelRatio !== brush.pixelRatio)
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

function marginOf({ width, height }: Size, pixelRatio: number): number {
  const pixels = width * height * pixelRatio ** 2;
  return Math.max(0, Math.min(MARGIN, (Math.sqrt(MOST_PIXELS / pixels) - 1) / 2));
}

function fill({ ctx }: Layer, scene: Scene, camera: Camera, size: Size, brush: Brush): Filled {
  const { pixelRatio, palette } = brush;
  const share = marginOf(size, pixelRatio);
  const margin = { width: Math.round(share * size.width), height: Math.round(share * size.height) };
  const width = Math.ceil((size.width + 2 * margin.width) * pixelRatio);
  const height = Math.ceil((size.height + 2 * margin.height) * pixelRatio);
  const { canvas } = ctx;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, width, height);
  const { k } = camera;
  const left = Math.round((camera.x + margin.width) * pixelRatio);
  const top = Math.round((camera.y + margin.height) * pixelRatio);
  ctx.setTransform(k * pixelRatio, 0, 0, k * pixelRatio, left, top);
  const part = {
    left: -(camera.x + margin.width) / k,
    top: -(camera.y + margin.height) / k,
    right: (size.width + margin.width - camera.x) / k,
    bottom: (size.height + margin.height - camera.y) / k,
  };
  drawEdges(ctx, edgesIn(scene, part), k, brush);
  return { edges: scene.edges, palette, pixelRatio, size, margin, camera, shownZoom: k };
}
