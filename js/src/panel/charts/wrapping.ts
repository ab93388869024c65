/** How a plane of blocks lies in the room that there is: as it is, or a long one cut into bands like lines of text. */
import type { Size } from "../../scene/camera.ts";

export interface Plane {
  readonly rows: number;
  readonly columns: number;
}

export interface Wrapping extends Plane {
  /** The axis that is cut. */
  readonly along: "columns" | "rows";
  /** Blocks along it to a band; all of them: nothing is cut. */
  readonly length: number;
  /** Empty cells between two bands. */
  readonly gap: number;
  /** In cells, of all bands together. */
  readonly width: number;
  readonly height: number;
}

/** Where a block lies, in cells. */
export interface Cell {
  readonly x: number;
  readonly y: number;
}

/** Blocks of so many pixels can be told apart without any cutting. */
const LEGIBLE_PX = 3;
/** Cutting has to make blocks larger by this. */
const WORTH = 2;

function cut({ rows, columns }: Plane, along: Wrapping["along"], length: number): Wrapping {
  const [long, short] = along === "columns" ? [columns, rows] : [rows, columns];
  const bands = Math.max(1, Math.ceil(long / length));
  const gap = short > 1 && bands > 1 ? 1 : 0;
  const across = bands * short + (bands - 1) * gap;
  const [width, height] = along === "columns" ? [length, across] : [across, length];
  return { rows, columns, along, length, gap, width, height };
}

/** Pixels to a cell when all of it is to be seen. */
export const cellPx = ({ width, height }: Size, room: Size): number =>
  Math.min(room.width / Math.max(1, width), room.height / Math.max(1, height));

/** 1, 2 or 5 times a power of ten, and not less than asked for. */
export function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return power * ([1, 2, 5].find((step) => step * power >= value) ?? 10);
}

/** One row is a strip, in lines of a round number of blocks; of others only what could not be seen otherwise is cut. */
export function wrapping(plane: Plane, room: Size, mostPx: number): Wrapping {
  const { rows, columns } = plane;
  const along = columns >= rows ? "columns" : "rows";
  const [long, short] = along === "columns" ? [columns, rows] : [rows, columns];
  const whole = cut(plane, along, Math.max(1, long));
  const px = cellPx(whole, room);
  if (px >= (short === 1 ? mostPx : LEGIBLE_PX)) return whole;
  const [forward, across] = along === "columns" ? [room.width, room.height] : [room.height, room.width];
  const thick = short > 1 ? short + 1 : 1;
  const ideal = Math.sqrt((long * thick * forward) / Math.max(1, across));
  const length = Math.min(long, Math.max(1, Math.floor(forward / mostPx), Math.ceil(ideal)));
  const banded = cut(plane, along, short === 1 ? lineLength(length, long) : length);
  return short === 1 || cellPx(banded, room) >= WORTH * px ? banded : whole;
}

/** Lines begin with round numbers. */
function lineLength(length: number, long: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(1, length / 2)));
  return Math.min(long, Math.floor(length / unit) * unit);
}

export function cellOf({ along, length, gap, rows, columns }: Wrapping, row: number, column: number): Cell {
  if (along === "columns") {
    const band = Math.floor(column / length);
    return { x: column - band * length, y: band * (rows + gap) + row };
  }
  const band = Math.floor(row / length);
  return { x: band * (columns + gap) + column, y: row - band * length };
}

/** Null between bands, and behind the last block. */
export function blockAt(wrapped: Wrapping, { x, y }: Cell): { row: number; column: number } | null {
  const { along, length, gap, rows, columns, width, height } = wrapped;
  if (x < 0 || y < 0 || x >= width || y >= height) return null;
  const thick = (along === "columns" ? rows : columns) + gap;
  const band = Math.floor((along === "columns" ? y : x) / thick);
  const row = along === "columns" ? y - band * thick : band * length + y;
  const column = along === "columns" ? band * length + x : x - band * thick;
  return row < rows && column < columns ? { row, column } : null;
}
