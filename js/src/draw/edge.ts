/** Edges: quiet curves with a small arrowhead. */
import type { Bounds, Camera } from "../scene/camera.ts";
import type { Edge, Light } from "../scene/scene.ts";
import { DIMMED, type Ink } from "./ink.ts";

const ARROW = { length: 6, half: 2.8 } as const;
const ARROWS_FROM_ZOOM = 0.3;
const DASH = [4, 3] as const;

/** Drawn in this order: what is lit lies on top. */
const LIGHTS: readonly Light[] = ["dimmed", "normal", "lit"];

export function drawEdges(
  ctx: CanvasRenderingContext2D,
  edges: readonly Edge[],
  camera: Camera,
  view: Bounds,
  ink: Ink,
): void {
  // Lines keep their width on the screen, within reason.
  const pixel = Math.min(2.5, 1 / camera.k) || 1;
  for (const light of LIGHTS) {
    const colour = light === "lit" ? ink.palette.accent : ink.palette.edge;
    ctx.strokeStyle = colour;
    ctx.fillStyle = colour;
    ctx.lineWidth = (light === "lit" ? 1.6 : 1.1) * pixel;
    for (const edge of edges) {
      if (edge.light !== light || !touches(edge, view)) continue;
      ctx.globalAlpha = edge.opacity * (light === "dimmed" ? DIMMED.edge : 1);
      drawEdge(ctx, edge, camera.k >= ARROWS_FROM_ZOOM, pixel);
    }
  }
  ctx.globalAlpha = 1;
}

/** Conservative: a curve lies within the hull of its points. */
function touches({ points }: Edge, view: Bounds): boolean {
  let left = Infinity;
  let right = -Infinity;
  let top = Infinity;
  let bottom = -Infinity;
  for (const { x, y } of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return left <= view.right && right >= view.left && top <= view.bottom && bottom >= view.top;
}

function drawEdge(ctx: CanvasRenderingContext2D, edge: Edge, arrow: boolean, pixel: number): void {
  const { points } = edge;
  const start = points[0];
  const end = points.at(-1);
  if (!start || !end) return;
  if (edge.reversed) ctx.setLineDash(DASH.map((length) => length * pixel));
  ctx.beginPath();
  ctx.moveTo(start.x, start.y);
  for (let at = 1; at + 2 < points.length; at += 3) {
    const [c1, c2, to] = [points[at], points[at + 1], points[at + 2]];
    if (c1 && c2 && to) ctx.bezierCurveTo(c1.x, c1.y, c2.x, c2.y, to.x, to.y);
  }
  ctx.stroke();
  if (edge.reversed) ctx.setLineDash([]);
  if (!arrow) return;
  const size = Math.min(1.4, pixel);
  ctx.beginPath();
  ctx.moveTo(end.x, end.y);
  ctx.lineTo(end.x - ARROW.length * size, end.y - ARROW.half * size);
  ctx.lineTo(end.x - ARROW.length * size, end.y + ARROW.half * size);
  ctx.closePath();
  ctx.fill();
}
