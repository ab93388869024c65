/** The picture as SVG: the same drawing, on a pen that writes. It has no scripts and needs nothing from elsewhere. */
import type { Scene } from "../scene/scene.ts";
import { drawPart, seenBy } from "./draw.ts";
import { type Framing, framingOf } from "./framing.ts";
import { drawHeading } from "./heading.ts";
import type { Brush } from "./ink.ts";
import { attribute, escaped, rounded } from "./markup.ts";
import { svgPen } from "./svg-pen.ts";

/** All of a scene, or what is seen of it in a frame. */
export function svgOf(
  scene: Scene,
  title: string,
  brush: Brush,
  framing: Framing = framingOf(scene),
): string {
  const { camera, size } = framing;
  const [width, height] = [rounded(size.width), rounded(size.height)];
  const pen = svgPen(brush.measure);
  const above = svgPen(brush.measure);
  drawHeading(above, framing, brush);
  drawPart(pen, scene, seenBy(camera, size), camera.k, brush);
  const shift = `translate(${rounded(camera.x)} ${rounded(camera.y)})`;
  const transform = camera.k === 1 ? shift : `${shift} scale(${camera.k})`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"${attribute("font-family", brush.fontFamily)} xml:space="preserve">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}"${attribute("fill", brush.palette.background)}/>`,
    ...above.lines(),
    `<g transform="${transform}">`,
    ...pen.lines(),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}
