/**
 * The blocks of a group as cells of a plane: which task stands where, and in which state it is. Everything is taken in
 * slice by slice, and what is known is not read again.
 */
import type { Size } from "../../scene/camera.ts";
import type { Study } from "../../study.ts";
import { cellOf, type Plane, type Wrapping, wrapping } from "./wrapping.ts";

/** Cells that are drawn at most. */
const MOST_CELLS = 4_000_000;
/** Collections of which less than this share has tasks are no grid. */
const LEAST_FILL = 0.05;
/** A grid that grows is laid out anew when it has so many times more tasks. */
const GROWTH = 1.25;
/** Tasks that are taken in before looking at the clock. */
const PORTION = 4096;
export const MOST_PX = 26;

/** In `cells`: where the task stands is not known yet, or is not in what is shown. */
const UNKNOWN = -2;
const ELSEWHERE = -1;
/** In `shown`: nothing has been drawn. */
const NOTHING = 255;

/** What the plane shows: two axes at most, at one place on each of the others. */
export interface Slice {
  /** -1: there is none. */
  readonly rows: number;
  readonly columns: number;
  /** Axes that are longer than one and not in the plane. */
  readonly others: readonly number[];
  /** One for each axis. */
  readonly at: readonly number[];
}

export type Refusal =
  | { readonly type: "sparse"; readonly fill: number; readonly sizes: readonly number[] }
  | { readonly type: "too-large"; readonly sizes: readonly number[] };

export interface Grid {
  readonly dimensions: number;
  /** The length of each axis, as far as is known. */
  sizes: number[];
  /** The lengths that it is laid out for. */
  laid: readonly number[];
  slice: Slice;
  wrapped: Wrapping | null;
  refusal: Refusal | null;
  /** Tasks that have a place. */
  placed: number;
  laidPlaced: number;
  /** So many tasks, all that there are, have got a cell; -1: not all of them. */
  settled: number;
  /** By place: a cell, or one of the above. */
  cells: Int32Array;
  /** By place: the state as drawn. */
  shown: Uint8Array;
  /** By cell: the place of its task, or -1. */
  places: Int32Array;
  /** By cell: its colour, 0 for none. */
  pixels: Uint32Array<ArrayBuffer>;
  /** By cell: not 0 where something is wrong; empty until then. */
  alarms: Uint32Array<ArrayBuffer>;
  /** Cells in which something is wrong. */
  wrong: number;
  /** By state. */
  readonly counts: Uint32Array;
  /** The pass under way. */
  readonly pass: { at: number; placed: number; grown: boolean };
}

/** Colours by number of the state, as pixels, and whether something is wrong with it. */
export interface Colours {
  readonly pixels: Uint32Array;
  readonly wrong: Uint8Array;
}

const NO_SLICE: Slice = { rows: -1, columns: -1, others: [], at: [] };

export const newGrid = (dimensions: number): Grid => ({
  dimensions,
  sizes: new Array<number>(dimensions).fill(0),
  laid: [],
  slice: NO_SLICE,
  wrapped: null,
  refusal: null,
  placed: 0,
  laidPlaced: 0,
  settled: -1,
  cells: new Int32Array(),
  shown: new Uint8Array(),
  places: new Int32Array(),
  pixels: new Uint32Array(),
  alarms: new Uint32Array(),
  wrong: 0,
  counts: new Uint32Array(256),
  pass: newPass(),
});

const newPass = () => ({ at: 0, placed: 0, grown: false });

/** The last two axes that are longer than one make the plane. */
export function sliceOf(sizes: readonly number[], at: readonly number[]): Slice {
  const long = sizes.flatMap((size, axis) => (size > 1 ? [axis] : []));
  const [rows = -1, columns = -1] = long.length > 1 ? long.slice(-2) : [-1, ...long];
  return {
    rows,
    columns,
    others: long.slice(0, -2),
    at: sizes.map((size, axis) => Math.max(0, Math.min(size - 1, at[axis] ?? 0))),
  };
}

export const planeOf = (sizes: readonly number[], { rows, columns }: Slice): Plane => ({
  rows: Math.max(1, sizes[rows] ?? 1),
  columns: Math.max(1, sizes[columns] ?? 1),
});

const fillOf = (sizes: readonly number[], placed: number): number =>
  placed / sizes.reduce((product, size) => product * Math.max(1, size), 1);

function refusalOf(sizes: readonly number[], placed: number, complete: boolean, plane: Plane) {
  const fill = fillOf(sizes, placed);
  if (complete && fill < LEAST_FILL) return { type: "sparse", fill, sizes: [...sizes] } as const;
  if (plane.rows * plane.columns > MOST_CELLS) return { type: "too-large", sizes: [...sizes] } as const;
  return null;
}

type Told = Pick<Study, "blocks" | "count" | "complete" | "states">;

/** Take in where tasks stand; true when nothing is left to do. Call again with the same study until then. */
export function settle(grid: Grid, study: Told, room: Size, isLate: () => boolean): boolean {
  if (grid.settled === study.count && !isRewrapped(grid, room)) return true;
  while (!placeTasks(grid, study, isLate)) if (isLate()) return false;
  const { pass } = grid;
  grid.placed = pass.placed;
  const { grown } = pass;
  Object.assign(pass, newPass());
  const isMuch = study.complete || grid.placed >= GROWTH * grid.laidPlaced;
  const isOther = grown || (grid.refusal !== null && grid.placed > grid.laidPlaced);
  const isSparse = study.complete && grid.wrapped !== null && fillOf(grid.laid, grid.placed) < LEAST_FILL;
  if ((isOther && isMuch) || isSparse || isRewrapped(grid, room)) {
    layOut(grid, study, room);
    return settle(grid, study, room, isLate);
  }
  grid.settled = grown || !study.complete || grid.placed < study.count ? -1 : study.count;
  return true;
}

const isRewrapped = ({ wrapped }: Grid, room: Size): boolean => {
  if (!wrapped) return false;
  const now = wrapping(wrapped, room, MOST_PX);
  return now.length !== wrapped.length || now.along !== wrapped.along;
};

/** Show another slice: to be settled again. */
export function cutAt(grid: Grid, at: readonly number[], study: Told, room: Size): void {
  grid.slice = { ...grid.slice, at };
  Object.assign(grid.pass, newPass());
  layOut(grid, study, room);
}

function layOut(grid: Grid, study: Told, room: Size): void {
  grid.laid = [...grid.sizes];
  grid.laidPlaced = grid.placed;
  grid.settled = -1;
  grid.slice = sliceOf(grid.laid, grid.slice.at);
  const plane = planeOf(grid.laid, grid.slice);
  grid.refusal = refusalOf(grid.laid, grid.placed, study.complete, plane);
  grid.wrapped = grid.refusal ? null : wrapping(plane, room, MOST_PX);
  const { width, height } = grid.wrapped ?? { width: 0, height: 0 };
  const cells = width * height;
  if (grid.pixels.length === cells) {
    grid.pixels.fill(0);
    grid.alarms.fill(0);
  } else {
    grid.places = new Int32Array(cells);
    grid.pixels = new Uint32Array(cells);
    grid.alarms = new Uint32Array();
  }
  grid.places.fill(-1);
  grid.cells.fill(UNKNOWN);
  grid.shown.fill(NOTHING);
  grid.counts.fill(0);
  grid.wrong = 0;
}

function longer(column: Int32Array | Uint8Array, length: number, fill: number) {
  const made = new (column.constructor as Int32ArrayConstructor)(Math.max(length, column.length * 2));
  made.fill(fill);
  made.set(column);
  return made;
}

function makeRoom(grid: Grid, count: number): void {
  if (grid.cells.length >= count) return;
  grid.cells = longer(grid.cells, count, UNKNOWN) as Int32Array;
  grid.shown = longer(grid.shown, count, NOTHING) as unknown as Uint8Array;
}

/** A portion of a pass over the tasks that have no cell yet; true at its end. */
function placeTasks(grid: Grid, { blocks, count }: Told, isLate: () => boolean): boolean {
  makeRoom(grid, count);
  const { cells, dimensions, pass } = grid;
  const known = dimensions > 0 ? Math.min(count, Math.floor(blocks.length / dimensions)) : 0;
  while (pass.at < known) {
    const end = Math.min(known, pass.at + PORTION);
    for (let place = pass.at; place < end; place++) {
      if (cells[place] !== UNKNOWN) pass.placed++;
      else if (isTold(blocks, place * dimensions, dimensions)) putTask(grid, blocks, place);
    }
    pass.at = end;
    if (pass.at < known && isLate()) return false;
  }
  return true;
}

function isTold(blocks: Int32Array, first: number, dimensions: number): boolean {
  for (let at = first; at < first + dimensions; at++) if ((blocks[at] ?? -1) < 0) return false;
  return true;
}

function putTask(grid: Grid, blocks: Int32Array, place: number): void {
  const { dimensions, sizes, laid, slice, pass, wrapped } = grid;
  const first = place * dimensions;
  pass.placed++;
  let fits = true;
  let inSlice = true;
  for (let axis = 0; axis < dimensions; axis++) {
    const at = blocks[first + axis] ?? 0;
    if (at >= (sizes[axis] ?? 0)) sizes[axis] = at + 1;
    if (at >= (laid[axis] ?? 0)) fits = false;
    if (axis !== slice.rows && axis !== slice.columns && at !== slice.at[axis]) inSlice = false;
  }
  if (!fits) {
    pass.grown = true;
    return;
  }
  grid.shown[place] = NOTHING;
  if (!wrapped || !inSlice) {
    grid.cells[place] = ELSEWHERE;
    return;
  }
  const row = slice.rows < 0 ? 0 : (blocks[first + slice.rows] ?? 0);
  const column = slice.columns < 0 ? 0 : (blocks[first + slice.columns] ?? 0);
  const { x, y } = cellOf(wrapped, row, column);
  const cell = y * wrapped.width + x;
  grid.cells[place] = cell;
  grid.places[cell] = place;
}

/** The rows of cells that were painted, `to` excluded; none: `to` is not greater than `from`. */
export interface Painted {
  readonly from: number;
  readonly to: number;
}

/** Bring the pixels up to date: only of tasks whose state is another than was painted. */
export function paintStates(grid: Grid, { states, count }: Told, colours: Colours): Painted {
  const { cells, shown, pixels, counts } = grid;
  const width = grid.wrapped?.width ?? 1;
  const known = Math.min(count, states.length, shown.length);
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (let place = 0; place < known; place++) {
    const state = states[place] ?? 0;
    const before = shown[place] ?? NOTHING;
    if (state === before) continue;
    const cell = cells[place] ?? UNKNOWN;
    if (cell < 0) continue;
    shown[place] = state;
    if (before !== NOTHING) counts[before] = (counts[before] ?? 0) - 1;
    counts[state] = (counts[state] ?? 0) + 1;
    pixels[cell] = colours.pixels[state] ?? 0;
    alarm(grid, cell, colours.wrong[state] === 1);
    if (cell < first) first = cell;
    if (cell > last) last = cell;
  }
  return last < 0
    ? { from: 0, to: 0 }
    : { from: Math.floor(first / width), to: Math.floor(last / width) + 1 };
}

function alarm(grid: Grid, cell: number, wrong: boolean): void {
  if (wrong && grid.alarms.length === 0) grid.alarms = new Uint32Array(grid.pixels.length);
  if (grid.alarms.length === 0) return;
  const before = grid.alarms[cell] !== 0;
  if (before === wrong) return;
  grid.alarms[cell] = wrong ? 0xffffffff : 0;
  grid.wrong += wrong ? 1 : -1;
}

/** Have everything painted again: in other colours, say. */
export function forgetPaint(grid: Grid): void {
  grid.shown.fill(NOTHING);
  grid.counts.fill(0);
}

/** The cells in which something is wrong, when there are no more than `most`. */
export function wrongCells(grid: Grid, most: number): number[] {
  if (grid.wrong === 0 || grid.wrong > most) return [];
  const found: number[] = [];
  for (
    let cell = grid.alarms.indexOf(0xffffffff);
    cell >= 0;
    cell = grid.alarms.indexOf(0xffffffff, cell + 1)
  )
    found.push(cell);
  return found;
}
