/** `draw(ctx, scene, camera)`: nothing else puts anything on the canvas. */
import { type Camera, edgesOf, overlap, type Size, viewed } from "../scene/camera.ts";
import type { Card, Scene } from "../scene/scene.ts";
import { drawCard } from "./card.ts";
import { detailAt } from "./detail.ts";
import { drawEdges } from "./edge.ts";
import type { Ink } from "./ink.ts";

/** Rings and badges reach beyond their card by this much on the screen. */
const OVERHANG = 16;

export function draw(
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  camera: Camera,
  size: Size,
  ink: Ink,
): void {
  const { pixelRatio } = ink;
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  ctx.clearRect(0, 0, size.width, size.height);
  ctx.setTransform(
    camera.k * pixelRatio,
    0,
    0,
    camera.k * pixelRatio,
    camera.x * pixelRatio,
    camera.y * pixelRatio,
  );
  const view = grown(viewed(camera, size), OVERHANG / camera.k);
  drawEdges(ctx, scene.edges, camera, view, ink);
  const detail = detailAt(camera.k);
  const seen = scene.cards.filter(({ box }) => overlap(edgesOf(box), view));
  for (const card of [...seen.filter((card) => !onTop(card)), ...seen.filter(onTop)]) {
    drawCard(ctx, card, detail, camera.k, ink);
  }
}

const onTop = ({ hovered, selected, focused }: Card) => hovered || selected || focused;

const grown = ({ left, top, right, bottom }: ReturnType<typeof viewed>, by: number) => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});
