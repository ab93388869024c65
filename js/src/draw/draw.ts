/** `draw(pen, scene, camera)`: nothing else puts anything on the canvas. */
import { type Bounds, type Camera, type Size, viewed } from "../scene/camera.ts";
import { scaleOf } from "../scene/card.ts";
import type { Card, Scene } from "../scene/scene.ts";
import { cardsIn, edgesIn } from "../scene/seen.ts";
import { drawBlocks } from "./blocks.ts";
import { drawCard, drawRing } from "./card.ts";
import { detailAt } from "./detail.ts";
import { drawEdges } from "./edge.ts";
import { isMarked } from "./face.ts";
import type { Brush } from "./ink.ts";
import { drawEdgesThrough, type Layer } from "./layer.ts";
import type { Pen } from "./pen.ts";

/** Rings and badges reach beyond their card by this much on the screen. */
const OVERHANG = 16;

/**
 * With a layer, edges that are too many to be drawn in each frame are kept in it. True when it wants another frame, to
 * be sharp.
 */
export function draw(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  size: Size,
  brush: Brush,
  layer: Layer | null = null,
): boolean {
  const { pixelRatio } = brush;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, Math.ceil(size.width * pixelRatio), Math.ceil(size.height * pixelRatio));
  const view = seenBy(camera, size);
  const edges = edgesIn(scene, view);
  const blurred = layer ? drawEdgesThrough(layer, ctx, scene, edges, camera, size, brush) : false;
  place(ctx, camera, pixelRatio);
  if (!layer?.filled) drawEdges(ctx, edges, camera.k, brush);
  drawCards(ctx, cardsIn(scene, view), camera.k, brush);
  return blurred;
}

/** All that is seen by a camera, on a pen that is at the world's scale. */
export function drawWorld(pen: Pen, scene: Scene, view: Bounds, zoom: number, brush: Brush): void {
  drawEdges(pen, edgesIn(scene, view), zoom, brush);
  drawCards(pen, cardsIn(scene, view), zoom, brush);
}

/** Whole device pixels, so that what is sharp stays sharp. */
export function place(ctx: CanvasRenderingContext2D, { x, y, k }: Camera, pixelRatio: number): void {
  ctx.setTransform(
    k * pixelRatio,
    0,
    0,
    k * pixelRatio,
    Math.round(x * pixelRatio),
    Math.round(y * pixelRatio),
  );
}

export function seenBy(camera: Camera, size: Size): Bounds {
  const { left, top, right, bottom } = viewed(camera, size);
  const by = OVERHANG / camera.k;
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

function drawCards(pen: Pen, cards: readonly Card[], zoom: number, brush: Brush): void {
  const isBlock = ({ node }: Card) => detailAt(zoom * scaleOf(node)) === "block";
  const layers = [cards.filter((card) => !isMarked(card)), cards.filter(isMarked)];
  for (const layer of layers) {
    drawBlocks(pen, layer.filter(isBlock), zoom, brush);
    for (const card of layer) {
      if (!isBlock(card)) drawCard(pen, card, zoom, brush);
      drawRing(pen, card, zoom, brush);
    }
  }
}
