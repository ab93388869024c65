/** `draw(ctx, scene, camera)`: nothing else puts anything on the canvas. */
import { type Bounds, type Camera, type Size, viewed } from "../scene/camera.ts";
import { scaleOf } from "../scene/card.ts";
import type { Card, Scene } from "../scene/scene.ts";
import { cardsIn, edgesIn } from "../scene/seen.ts";
import { drawBlocks, drawnOver } from "./blocks.ts";
import { drawCard, drawRing } from "./card.ts";
import { detailAt } from "./detail.ts";
import { drawEdges, drawInLight } from "./edge.ts";
import { isMarked } from "./face.ts";
import { type Brush, DIMMED } from "./ink.ts";
import { drawOver, drawThrough, empty, isSteady, type Layer, type Layers, type Portion } from "./layer.ts";
import type { Pen } from "./pen.ts";

/** Rings and badges reach beyond their card by this much on the screen. */
const OVERHANG = 16;
/** So many are drawn in each frame; more are kept in a layer. */
const FEW = { edges: 400, blocks: 1_500 } as const;
/** More are never drawn in one frame. */
const MOST = 4_000;

/** The fewest portions that are not too large for one frame. */
const inPortions = <Item>(
  items: readonly Item[],
  paint: (on: Pen, some: readonly Item[]) => void,
): Portion[] =>
  Array.from({ length: Math.ceil(items.length / MOST) }, (_, at) => (on) => {
    paint(on, items.slice(at * MOST, (at + 1) * MOST));
  });

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
  const zoom = camera.k;
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.clearRect(0, 0, Math.ceil(size.width * pixelRatio), Math.ceil(size.height * pixelRatio));
  const view = seenBy(camera, size);
  const frame = { camera, size, ink: brush };

  const edges = edgesIn(scene, view);
  let blurred = false;
  if (layers && edges.length > FEW.edges && (isSteady(layers.edges, scene.ground) || edges.length > MOST)) {
    const bright = edges.filter(({ light }) => light !== "dimmed");
    const someDimmed = bright.length < edges.length;
    ctx.globalAlpha = someDimmed ? DIMMED.edge : 1;
    blurred = drawThrough(layers.edges, ctx, scene.ground, frame, (part) =>
      inPortions(edgesIn(scene, part), (on, some) => drawInLight(on, some, "normal", zoom, brush)),
    );
    ctx.globalAlpha = 1;
    place(ctx, camera, pixelRatio);
    const above = someDimmed ? bright : bright.filter(({ light }) => light === "lit");
    drawEdges(ctx, above, zoom, brush);
  } else {
    if (layers && edges.length <= FEW.edges) empty(layers.edges);
    place(ctx, camera, pixelRatio);
    drawEdges(ctx, edges, zoom, brush);
  }

  const cards = cardsIn(scene, view);
  const marked = cards.filter(isMarked);
  const many = cards.length > FEW.blocks && cards.every((card) => isBlock(card, zoom));
  if (layers && many) refresh(layers.blocks, scene.cards, brush);
  if (layers && many && (isSteady(layers.blocks, scene.cards) || cards.length > MOST)) {
    const portionsIn = (part: Bounds) =>
      inPortions(cardsIn(scene, part), (on, some) => drawBlocks(on, some, zoom, brush));
    const mayBegin = layers.edges.filling === null;
    const soft = drawThrough(layers.blocks, ctx, scene.cards, frame, portionsIn, mayBegin);
    blurred ||= soft;
    place(ctx, camera, pixelRatio);
  } else {
    if (layers && !many) empty(layers.blocks);
    drawCards(ctx, marked.length > 0 ? cards.filter((card) => !isMarked(card)) : cards, zoom, brush);
  }
  drawCards(ctx, marked, zoom, brush);
  return blurred;
}

/** At an update most blocks are as before. */
function refresh(layer: Layer, cards: readonly Card[], brush: Brush): void {
  const before = layer.filled?.subject;
  if (!before || before === cards) return;
  const changed = drawnOver(before as readonly Card[], cards);
  if (changed) drawOver(layer, cards, (on, zoom) => drawBlocks(on, changed, zoom, brush));
}

/** What lies in a part of the world, on a pen that is at the world's scale. */
export function drawPart(pen: Pen, scene: Scene, part: Bounds, zoom: number, brush: Brush): void {
  const cards = cardsIn(scene, part);
  drawEdges(pen, edgesIn(scene, part), zoom, brush);
  drawCards(
    pen,
    cards.filter((card) => !isMarked(card)),
    zoom,
    brush,
  );
  drawCards(pen, cards.filter(isMarked), zoom, brush);
}

/** Whole device pixels, so that what is sharp stays sharp. */
function place(ctx: CanvasRenderingContext2D, { x, y, k }: Camera, pixelRatio: number): void {
  const zoom = k * pixelRatio;
  ctx.setTransform(zoom, 0, 0, zoom, Math.round(x * pixelRatio), Math.round(y * pixelRatio));
}

export function seenBy(camera: Camera, size: Size): Bounds {
  const { left, top, right, bottom } = viewed(camera, size);
  const by = OVERHANG / camera.k;
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

const isBlock = ({ node }: Card, zoom: number): boolean => detailAt(zoom * scaleOf(node)) === "block";

function drawCards(pen: Pen, cards: readonly Card[], zoom: number, brush: Brush): void {
  const blocks = cards.filter((card) => isBlock(card, zoom));
  if (blocks.length > 0) drawBlocks(pen, blocks, zoom, brush);
  for (const card of cards) {
    drawRing(pen, card, zoom, brush);
    if (blocks.length === 0 || !isBlock(card, zoom)) drawCard(pen, card, zoom, brush);
  }
}
