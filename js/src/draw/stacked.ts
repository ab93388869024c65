/** A stacked bar by state: where its parts lie, and how they are drawn. */
import type { Segment } from "../progress.ts";
import { stateColour, statePattern } from "../theme.ts";
import type { Ink } from "./ink.ts";

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Part extends Rect {
  readonly state: string;
}

/** States of which one task is worth seeing, however thin its part would be. */
const LOUD = new Set(["erred", "no-worker"]);
const LOUD_WIDTH = 3;

/** Parts of a bar in proportion; what is wrong keeps a visible width at the others' cost. */
export function partsOf(bar: readonly Segment[], { x, y, width, height }: Rect): Part[] {
  const total = bar.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [];
  const least = ({ state }: Segment) => (LOUD.has(state) ? Math.min(LOUD_WIDTH, width / bar.length) : 0);
  const raised = bar.map((segment) => Math.max(least(segment), (width * segment.count) / total));
  const scale = width / raised.reduce((sum, part) => sum + part, 0);
  let from = x;
  return bar.map(({ state }, at) => {
    const part = { state, x: from, y, width: (raised[at] ?? 0) * scale, height };
    from += part.width;
    return part;
  });
}

export function drawParts(
  ctx: CanvasRenderingContext2D,
  parts: readonly Part[],
  ink: Ink,
  hatchGap: number,
): void {
  for (const part of parts) {
    ctx.fillStyle = stateColour(part.state, ink.theme);
    ctx.fillRect(part.x, part.y, part.width, part.height);
    if (statePattern(part.state) === "hatched") hatch(ctx, part, ink.palette.card, hatchGap);
  }
}

/** Slanting lines over a part. */
function hatch(
  ctx: CanvasRenderingContext2D,
  { x, y, width, height }: Rect,
  colour: string,
  gap: number,
): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, width, height);
  ctx.clip();
  ctx.beginPath();
  const first = Math.floor((x - height) / gap) * gap;
  for (let from = first; from < x + width; from += gap) {
    ctx.moveTo(from, y + height);
    ctx.lineTo(from + height, y);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = gap * 0.3;
  ctx.stroke();
  ctx.restore();
}
