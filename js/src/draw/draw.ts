/** `draw(ctx, scene, camera)`: nothing else puts anything on the canvas. */
import { type Bounds, type Camera, grown, type Size, viewed } from "../scene/camera.ts";
import type { Scene } from "../scene/scene.ts";
import { cardsIn, edgesIn } from "../scene/seen.ts";
import { drawCards, drawCardsThrough } from "./cards.ts";
import { drawEdges, drawInLight } from "./edge.ts";
import { overhangAt } from "./face.ts";
import { type Brush, DIMMED } from "./ink.ts";
import {
  empty,
  type Frame,
  inPortions,
  isSteady,
  keep,
  type Layer,
  type Layers,
  MOST,
  place,
  show,
} from "./layer.ts";
import type { Pen } from "./pen.ts";

/** So many edges are drawn in each frame; more are kept in a layer. */
const FEW = 400;

/**
 * Without layers everything is drawn in each frame, however much it is. True when it wants another frame, to be sharp.
 */
export function draw(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  size: Size,
  brush: Brush,
  layers: Layers | null = null,
): boolean {
  const { pixelRatio } = brush;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, Math.ceil(size.width * pixelRatio), Math.ceil(size.height * pixelRatio));
  place(ctx, camera, pixelRatio);
  const view = seenBy(camera, size);
  if (!layers) {
    drawPart(ctx, scene, view, camera.k, brush);
    return false;
  }
  const frame = { camera, size, ink: brush };
  const { filled } = layers.edges;
  const isBlurred = drawEdgesThrough(layers.edges, ctx, scene, view, frame);
  // One frame has time for one of them.
  const mayBegin = layers.edges.filling === null && layers.edges.filled === filled;
  return drawCardsThrough(layers.cards, ctx, scene, cardsIn(scene, view), frame, mayBegin) || isBlurred;
}

/** True when they are not sharp, or not all. */
function drawEdgesThrough(
  layer: Layer,
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  view: Bounds,
  frame: Frame<Brush>,
): boolean {
  const { camera, ink: brush } = frame;
  const zoom = camera.k;
  const edges = edgesIn(scene, view);
  if (edges.length <= FEW) empty(layer);
  if (edges.length <= FEW || !(isSteady(layer, scene.ground) || edges.length > MOST)) {
    drawEdges(ctx, edges, zoom, brush);
    return false;
  }
  const bright = edges.filter(({ light }) => light !== "dimmed");
  const someDimmed = bright.length < edges.length;
  const isSharp = keep(layer, scene.ground, frame, (part) =>
    inPortions(edgesIn(scene, part), MOST, (on, some) => drawInLight(on, some, "normal", zoom, brush)),
  );
  ctx.globalAlpha = someDimmed ? DIMMED.edge : 1;
  show(layer, ctx, camera);
  ctx.globalAlpha = 1;
  place(ctx, camera, brush.pixelRatio);
  drawEdges(ctx, someDimmed ? bright : bright.filter(({ light }) => light === "lit"), zoom, brush);
  return !isSharp;
}

/** What lies in a part of the world, on a pen that is at the world's scale. */
export function drawPart(pen: Pen, scene: Scene, part: Bounds, zoom: number, brush: Brush): void {
  drawEdges(pen, edgesIn(scene, part), zoom, brush);
  drawCards(pen, cardsIn(scene, part), zoom, brush);
}

export const seenBy = (camera: Camera, size: Size): Bounds =>
  grown(viewed(camera, size), overhangAt(camera.k));
