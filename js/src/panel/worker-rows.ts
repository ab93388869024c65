/** The spread over workers as drawn: a row each, a column for each measure, above them all at once where they are many. */
import type { Ink } from "../draw/ink.ts";
import { drawParts, partsOf, type Rect } from "../draw/stacked.ts";
import { bytes, count, duration } from "../format.ts";
import { cutToWidth, shortAddress } from "../names.ts";
import { displayOrder, type Segment } from "../progress.ts";
import type { Size } from "../scene/camera.ts";
import { texts } from "../texts.ts";
import { stateColour } from "../theme.ts";
import { MEASURES, type Measure, type Skew, type WorkerShare } from "./charts/spread.ts";

export const ROW_PX = 22;
export const PROFILE_PX = 48;
const BAR_PX = 10;
const NUMBER_PX = 58;
const GAP_PX = 10;
const HATCH_PX = 3;
const LABEL_PX = 8;
/** In a narrower panel there is room for one measure. */
const NARROW_PX = 460;
const WIDEST_NAME_PX = 160;
const NAME_SHARE = 0.3;
const SHARES: Readonly<Record<Measure, number>> = { tasks: 0.44, held: 0.28, seconds: 0.28 };

export const FORMATS: Readonly<Record<Measure, (value: number) => string>> = {
  tasks: (value) => count(Math.round(value)),
  held: bytes,
  seconds: duration,
};

export type Skews = Readonly<Record<Measure, Skew>>;

interface Column {
  readonly measure: Measure;
  readonly x: number;
  readonly width: number;
}

/** Names to the left, then a column for each measure that there is room for. */
export function columnsFor(
  width: number,
  by: Measure,
): { readonly name: number; readonly columns: Column[] } {
  const shown = width < NARROW_PX ? [by] : MEASURES;
  const name = Math.min(WIDEST_NAME_PX, Math.round(width * NAME_SHARE));
  const free = width - name - GAP_PX * shown.length;
  let x = name;
  const columns = shown.map((measure) => {
    const column = { measure, x: x + GAP_PX, width: free * (shown.length > 1 ? SHARES[measure] : 1) };
    x += GAP_PX + column.width;
    return column;
  });
  return { name, columns };
}

export const segmentsOf = ({ states }: WorkerShare, names: readonly string[]): Segment[] =>
  displayOrder(names).flatMap((name) => {
    const tasks = states[names.indexOf(name)] ?? 0;
    return tasks > 0 ? [{ state: name, count: tasks }] : [];
  });

export interface Rows {
  /** The most first. */
  readonly shares: readonly WorkerShare[];
  readonly by: Measure;
  readonly skews: Skews;
  readonly stateNames: readonly string[];
  readonly size: Size;
  readonly scrolled: number;
  /** A row, or -1. */
  readonly marked: number;
}

/** Pixels above the rows. */
export const profilePx = (rows: number, { height }: Size): number =>
  rows * ROW_PX > height ? PROFILE_PX : 0;

export function drawRows(pen: CanvasRenderingContext2D, rows: Rows, ink: Ink): void {
  const { shares, by, skews, size, scrolled, marked } = rows;
  const { name, columns } = columnsFor(size.width, by);
  const above = profilePx(shares.length, size);
  const first = Math.max(0, Math.floor(scrolled / ROW_PX) - 1);
  const last = Math.min(shares.length, Math.ceil((scrolled + size.height) / ROW_PX));
  const measure = (text: string) => pen.measureText(text).width;
  for (let row = first; row < last; row++) {
    const share = shares[row];
    if (!share) continue;
    const y = above + row * ROW_PX - scrolled;
    if (row === marked) {
      pen.fillStyle = ink.palette.background;
      pen.fillRect(0, y, size.width, ROW_PX);
    }
    pen.fillStyle = ink.palette.text;
    pen.textAlign = "left";
    pen.fillText(cutToWidth(shortAddress(share.name), name, measure), 0, y + ROW_PX / 2);
    for (const column of columns) drawMeasure(pen, rows, share, column, y, ink);
  }
  const bottom = Math.min(size.height, above + shares.length * ROW_PX - scrolled);
  pen.fillStyle = ink.palette.text;
  for (const { measure: each, x, width } of columns) {
    const { median, most } = skews[each];
    if (most > 0)
      pen.fillRect(x + NUMBER_PX + ((width - NUMBER_PX) * median) / most, above, 1, bottom - above);
  }
  if (above > 0) drawProfile(pen, rows, ink);
}

function drawMeasure(
  pen: CanvasRenderingContext2D,
  { skews, stateNames }: Rows,
  share: WorkerShare,
  { measure, x, width }: Column,
  y: number,
  ink: Ink,
): void {
  const value = share[measure];
  const { most } = skews[measure];
  pen.fillStyle = ink.palette.dim;
  pen.textAlign = "right";
  pen.fillText(FORMATS[measure](value), x + NUMBER_PX - 6, y + ROW_PX / 2);
  if (value <= 0 || most <= 0) return;
  const wide = Math.max(1, ((width - NUMBER_PX) * value) / most);
  const rect: Rect = { x: x + NUMBER_PX, y: y + (ROW_PX - BAR_PX) / 2, width: wide, height: BAR_PX };
  if (measure === "tasks") drawParts(pen, partsOf(segmentsOf(share, stateNames), rect), ink, HATCH_PX);
  else {
    pen.fillStyle = measure === "held" ? stateColour("memory", ink.theme) : ink.palette.edge;
    pen.fillRect(rect.x, rect.y, rect.width, rect.height);
  }
}

/** All workers, the most on the left, with the median across, and which of them the rows are. */
function drawProfile(pen: CanvasRenderingContext2D, rows: Rows, { palette }: Ink): void {
  const { shares, by, skews, size, scrolled } = rows;
  const { width } = size;
  const { median, most } = skews[by];
  const height = PROFILE_PX - 10;
  pen.fillStyle = palette.card;
  pen.fillRect(0, 0, width, PROFILE_PX);
  pen.fillStyle = palette.edge;
  const tall = (value: number) => (most > 0 ? (height * value) / most : 0);
  for (let x = 0; x < width; x++) {
    const up = tall(shares[Math.floor((x * shares.length) / width)]?.[by] ?? 0);
    pen.fillRect(x, height - up, 1, up);
  }
  const y = Math.round(height - tall(median));
  pen.fillStyle = palette.text;
  pen.fillRect(0, y, width, 1);
  pen.textAlign = "right";
  pen.fillText(
    texts.charts.median(FORMATS[by](median)),
    width - 2,
    y < 2 * LABEL_PX ? y + LABEL_PX : y - LABEL_PX,
  );
  const scale = width / (shares.length * ROW_PX);
  pen.fillStyle = palette.accent;
  pen.fillRect(scrolled * scale, height + 1, Math.max(3, (size.height - PROFILE_PX) * scale), 2);
}
