/** Edges: quiet curves with a small arrowhead. */
import type { Edge, Light } from "../scene/scene.ts";
import { DIMMED, type Ink } from "./ink.ts";
import type { Pen } from "./pen.ts";

const ARROW = { length: 6, half: 2.8 } as const;
const ARROWS_FROM_ZOOM = 0.3;
/** Farther away a curve is a broken line. */
const CURVES_FROM_ZOOM = 0.06;
const DASH = [4, 3] as const;
/** Curves stroked at once: few of them cost calls, too many are slow to rasterise. */
const AT_ONCE = 64;

/** Drawn in this order: what is lit lies on top. */
const LIGHTS: readonly Light[] = ["dimmed", "normal", "lit"];

export function drawEdges(pen: Pen, edges: readonly Edge[], zoom: number, ink: Ink): void {
  for (const light of LIGHTS) {
    drawInLight(
      pen,
      edges.filter((edge) => edge.light === light),
      light,
      zoom,
      ink,
    );
  }
}

/** All of them in one light, whatever theirs is. */
export function drawInLight(pen: Pen, edges: readonly Edge[], light: Light, zoom: number, ink: Ink): void {
  if (edges.length === 0) return;
  // Lines keep their width on the screen; far away, where they are many, they are half as wide.
  const pixel = Math.min(1, Math.max(0.5, 2.5 * zoom)) / zoom;
  const colour = light === "lit" ? ink.palette.accent : ink.palette.edge;
  pen.strokeStyle = colour;
  pen.fillStyle = colour;
  pen.lineWidth = (light === "lit" ? 1.6 : 1) * pixel;
  for (const [opacity, alike] of grouped(edges, (edge) => edge.opacity)) {
    pen.globalAlpha = opacity * (light === "dimmed" ? DIMMED.edge : 1);
    drawAlike(pen, alike, zoom, pixel);
  }
  pen.globalAlpha = 1;
}

function drawAlike(pen: Pen, edges: readonly Edge[], zoom: number, pixel: number): void {
  const curved = zoom >= CURVES_FROM_ZOOM;
  for (const [reversed, alike] of grouped(edges, (edge) => edge.reversed)) {
    if (reversed) pen.setLineDash(DASH.map((length) => length * pixel));
    for (let from = 0; from < alike.length; from += AT_ONCE) {
      pen.beginPath();
      for (let at = from; at < Math.min(alike.length, from + AT_ONCE); at++) trace(pen, alike[at], curved);
      pen.stroke();
    }
    if (reversed) pen.setLineDash([]);
  }
  if (zoom < ARROWS_FROM_ZOOM) return;
  pen.beginPath();
  for (const edge of edges) arrowhead(pen, edge, Math.min(1.4, pixel));
  pen.fill();
}

function grouped<Key>(edges: readonly Edge[], keyOf: (edge: Edge) => Key): Map<Key, Edge[]> {
  const groups = new Map<Key, Edge[]>();
  for (const edge of edges) {
    const group = groups.get(keyOf(edge));
    if (group) group.push(edge);
    else groups.set(keyOf(edge), [edge]);
  }
  return groups;
}

function trace(pen: Pen, edge: Edge | undefined, curved: boolean): void {
  const points = edge?.points ?? [];
  const start = points[0];
  if (!start) return;
  pen.moveTo(start.x, start.y);
  for (let at = 1; at + 2 < points.length; at += 3) {
    const [c1, c2, to] = [points[at], points[at + 1], points[at + 2]];
    if (!c1 || !c2 || !to) continue;
    if (curved && (c1.y !== to.y || c2.y !== to.y)) pen.bezierCurveTo(c1.x, c1.y, c2.x, c2.y, to.x, to.y);
    else pen.lineTo(to.x, to.y);
  }
}

function arrowhead(pen: Pen, { points }: Edge, size: number): void {
  const end = points.at(-1);
  if (!end) return;
  pen.moveTo(end.x, end.y);
  pen.lineTo(end.x - ARROW.length * size, end.y - ARROW.half * size);
  pen.lineTo(end.x - ARROW.length * size, end.y + ARROW.half * size);
  pen.closePath();
}
