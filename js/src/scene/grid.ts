/** A grid over the world that finds what lies in a part of it without looking at everything. */
import type { Bounds } from "./camera.ts";

export interface Grid {
  /** Left, top, right and bottom of each item, one after the other. */
  readonly bounds: Float64Array;
  readonly left: number;
  readonly top: number;
  readonly columns: number;
  readonly rows: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Where the items of each cell begin in `items`. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

const ITEMS_PER_CELL = 4;
/** An item that reaches over more cells than this lies in the first list, which is always looked through. */
const MOST_CELLS = 24;

export function gridOf(all: readonly Bounds[]): Grid {
  const bounds = new Float64Array(4 * all.length);
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  all.forEach((item, at) => {
    bounds[4 * at] = item.left;
    bounds[4 * at + 1] = item.top;
    bounds[4 * at + 2] = item.right;
    bounds[4 * at + 3] = item.bottom;
    left = Math.min(left, item.left);
    top = Math.min(top, item.top);
    right = Math.max(right, item.right);
    bottom = Math.max(bottom, item.bottom);
  });
  const width = Math.max(1, right - left);
  const height = Math.max(1, bottom - top);
  const cells = Math.max(1, all.length / ITEMS_PER_CELL);
  const columns = Math.max(1, Math.min(cells, Math.ceil(Math.sqrt((cells * width) / height)))) | 0;
  const rows = Math.max(1, Math.ceil(cells / columns));
  const shape = { left, top, columns, rows, cellWidth: width / columns, cellHeight: height / rows };
  return { bounds, ...shape, ...sorted(all, shape) };
}

type Shape = Pick<Grid, "left" | "top" | "columns" | "rows" | "cellWidth" | "cellHeight">;

interface Cells {
  readonly from: number;
  readonly to: number;
  readonly first: number;
  readonly last: number;
}

/** The cells that a part of the world touches. */
function cellsIn({ left, top, columns, rows, cellWidth, cellHeight }: Shape, part: Bounds): Cells {
  const within = (cell: number, most: number) => Math.max(0, Math.min(most - 1, Math.floor(cell)));
  return {
    from: within((part.left - left) / cellWidth, columns),
    to: within((part.right - left) / cellWidth, columns),
    first: within((part.top - top) / cellHeight, rows),
    last: within((part.bottom - top) / cellHeight, rows),
  };
}

/** Counting sort by cell; cell 0 holds what is too large for the others. */
function sorted(all: readonly Bounds[], shape: Shape): Pick<Grid, "starts" | "items"> {
  const { columns, rows } = shape;
  const starts = new Int32Array(columns * rows + 2);
  const parts = all.map((item) => cellsIn(shape, item));
  const eachCell = ({ from, to, first, last }: Cells, visit: (cell: number) => void) => {
    if ((to - from + 1) * (last - first + 1) > MOST_CELLS) return visit(0);
    for (let row = first; row <= last; row++)
      for (let column = from; column <= to; column++) visit(1 + row * columns + column);
  };
  const count = (cell: number) => {
    starts[cell + 1] = (starts[cell + 1] ?? 0) + 1;
  };
  for (const part of parts) eachCell(part, count);
  for (let cell = 1; cell < starts.length; cell++)
    starts[cell] = (starts[cell] ?? 0) + (starts[cell - 1] ?? 0);
  const next = starts.slice();
  const items = new Int32Array(starts.at(-1) ?? 0);
  parts.forEach((part, at) => {
    eachCell(part, (cell) => {
      const place = next[cell] ?? 0;
      items[place] = at;
      next[cell] = place + 1;
    });
  });
  return { starts, items };
}

/** Places of the items that touch a part of the world, in their order. */
export function within(grid: Grid, part: Bounds): number[] {
  const { bounds, columns, starts, items } = grid;
  const count = bounds.length / 4;
  const found: number[] = [];
  const touches = (at: number) =>
    (bounds[at] ?? 0) <= part.right &&
    (bounds[at + 2] ?? 0) >= part.left &&
    (bounds[at + 1] ?? 0) <= part.bottom &&
    (bounds[at + 3] ?? 0) >= part.top;
  const { from, to, first, last } = cellsIn(grid, part);
  if (2 * (to - from + 1) * (last - first + 1) >= starts.length) {
    for (let item = 0; item < count; item++) if (touches(4 * item)) found.push(item);
    return found;
  }
  const seen = new Set<number>();
  const look = (cell: number) => {
    for (let at = starts[cell] ?? 0; at < (starts[cell + 1] ?? 0); at++) {
      const item = items[at] ?? 0;
      if (!seen.has(item) && touches(4 * item)) {
        seen.add(item);
        found.push(item);
      }
    }
  };
  look(0);
  for (let row = first; row <= last; row++)
    for (let column = from; column <= to; column++) look(1 + row * columns + column);
  return found.sort((a, b) => a - b);
}
