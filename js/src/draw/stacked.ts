/** A stacked bar by state: where its parts lie, and how they are drawn. */
import type { Segment } from "../progress.ts";
import { stateColour, statePattern } from "../theme.ts";
import type { Ink } from "./ink.ts";
import type { Pen } from "./pen.ts";

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
export function partsOf(
  bar: readonly Segment[],
  { x, y, width, height }: Rect,
  loudWidth = LOUD_WIDTH,
): Part[] {
  const total = bar.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [];
  const least = ({ state }: Segment) => (LOUD.has(state) ? Math.min(loudWidth, width / bar.length) : 0);
  const raised = bar.map((segment) => Math.max(least(segment), (width * segment.count) / total));
  const scale = width / raised.reduce((sum, part) => sum + part, 0);
  let from = x;
  return bar.map(({ state }, at) => {
    const part = { state, x: from, y, width: (raised[at] ?? 0) * scale, height };
    from += part.width;
    return part;
  });
}

/** `radius` rounds the ends of the bar; 0 leaves them as they are. */
export function drawParts(pen: Pen, parts: readonly Part[], ink: Ink, hatchGap: number, radius = 0): void {
  parts.forEach((part, at) => {
    pen.fillStyle = stateColour(part.state, ink.theme);
    const left = at === 0 ? radius : 0;
    const right = at === parts.length - 1 ? radius : 0;
    if (left === 0 && right === 0) pen.fillRect(part.x, part.y, part.width, part.height);
    else {
      pen.beginPath();
      pen.roundRect(part.x, part.y, part.width, part.height, [left, right, right, left]);
      pen.fill();
    }
    if (statePattern(part.state) !== "hatched") return;
    pen.beginPath();
    hatch(pen, part, hatchGap);
    pen.strokeStyle = ink.palette.card;
    pen.lineWidth = HATCH_WIDTH * hatchGap;
    pen.stroke();
  });
}

export const HATCH_WIDTH = 0.3;

/** Adds slanting lines over a part to the path. They are cut here: clipping takes a canvas far longer. */
export function hatch(pen: Pick<Pen, "moveTo" | "lineTo">, { x, y, width, height }: Rect, gap: number): void {
  const right = x + width;
  const bottom = y + height;
  const first = Math.ceil((x + bottom - height) / gap) * gap;
  for (let sum = first; sum < right + bottom; sum += gap) {
    const from = Math.max(x, sum - bottom);
    const to = Math.min(right, sum - y);
    if (to <= from) continue;
    pen.moveTo(from, sum - from);
    pen.lineTo(to, sum - to);
  }
}
