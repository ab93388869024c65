/** The picture as PNG. */
import { draw } from "../draw/draw.ts";
import { type Framing, framingOf, shrunk } from "../draw/framing.ts";
import { drawHeading } from "../draw/heading.ts";
import type { Brush } from "../draw/ink.ts";
import type { Scene } from "../scene/scene.ts";
import { affordableRatio, sizeCanvas } from "./canvas.ts";
import { element } from "./element.ts";

/** Pixels for one of the picture: sharp on any screen. */
const FINE = 2;

/** All of a scene, or what is seen of it in a frame, as fine as a canvas can be. Fails where there is no canvas. */
export async function pngOf(scene: Scene, brush: Brush, framing: Framing = framingOf(scene)): Promise<Blob> {
  const canvas = element("canvas");
  const ctx = canvas.getContext("2d");
  if (!ctx) throw new Error("this page cannot draw");
  const ratio = affordableRatio(framing.size, FINE);
  const framed = ratio < 1 ? shrunk(framing, ratio) : framing;
  const { camera, size } = framed;
  const pixelRatio = Math.max(1, ratio);
  sizeCanvas(canvas, size, pixelRatio);
  draw(ctx, scene, camera, size, { ...brush, pixelRatio });
  ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  drawHeading(ctx, framed, brush);
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalCompositeOperation = "destination-over";
  ctx.fillStyle = brush.palette.background;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("the picture is too large"))));
  });
}
