import type { Neighbours } from "./arcs.ts";
import { int, most } from "./arrays.ts";

/** Neighbours on one side, in one row: those of `vertex` are `list[start[vertex]] … list[start[vertex + 1] - 1]`. */
export interface Side {
  readonly start: Int32Array;
  readonly list: Int32Array;
  /** Places of the neighbours, ascending for each vertex: as they were when `look` last saw its rank. */
  readonly sorted: Int32Array;
}

/** Ranks of vertices in an order, in flat arrays for the inner loops. */
export interface Placing {
  /** From top to bottom, rank after rank. */
  readonly vertices: Int32Array;
  /** The parts of `vertices` that the ranks are. */
  readonly rows: readonly Int32Array[];
  readonly widest: number;
  readonly place: Int32Array;
  readonly before: Side;
  readonly after: Side;
}

const MANY = 24;

function side(near: readonly (readonly number[])[]): Side {
  const start = new Int32Array(near.length + 1);
  near.forEach((list, vertex) => {
    start[vertex + 1] = int(start, vertex) + list.length;
  });
  const list = new Int32Array(int(start, near.length));
  near.forEach((some, vertex) => {
    list.set(some, int(start, vertex));
  });
  return { start, list, sorted: new Int32Array(list.length) };
}

export function number(row: Int32Array, place: Int32Array): void {
  for (let index = 0; index < row.length; index++) place[int(row, index)] = index;
}

/** Take over another order of the same ranks. */
export function put({ vertices, rows, place }: Placing, other: ArrayLike<number>): void {
  vertices.set(other);
  for (const row of rows) number(row, place);
}

type Sides = Pick<Placing, "before" | "after">;

/** An order of vertices with known neighbours. */
export function arranged(order: readonly (readonly number[])[], { before, after }: Sides): Placing {
  const vertices = Int32Array.from(order.flat());
  let end = 0;
  const rows = order.map(({ length }) => {
    end += length;
    return vertices.subarray(end - length, end);
  });
  const widest = most(
    order.map(({ length }) => length),
    0,
  );
  const placed = { vertices, rows, widest, place: new Int32Array(before.start.length - 1), before, after };
  put(placed, vertices);
  return placed;
}

export const sides = ({ before, after }: Neighbours): Sides => ({
  before: side(before),
  after: side(after),
});

export const placing = (order: readonly (readonly number[])[], near: Neighbours): Placing =>
  arranged(order, sides(near));

export const orderOf = ({ rows }: Placing): number[][] => rows.map((row) => Array.from(row));

/** Note where the neighbours of a row's vertices are. */
export function look(row: Int32Array, { start, list, sorted }: Side, place: Int32Array): void {
  for (let index = 0; index < row.length; index++) {
    const from = int(start, int(row, index));
    const to = int(start, int(row, index) + 1);
    const isLong = to - from > MANY;
    for (let k = from; k < to; k++) {
      const value = int(place, int(list, k));
      let slot = k;
      if (!isLong)
        for (; slot > from && int(sorted, slot - 1) > value; slot--) sorted[slot] = int(sorted, slot - 1);
      sorted[slot] = value;
    }
    if (isLong) sorted.subarray(from, to).sort();
  }
}

/** Crossings on one side of two vertices of a rank, `upper` above `lower`. */
export function crossingsOf({ start, sorted }: Side, upper: number, lower: number): number {
  const from = int(start, lower);
  const to = int(start, lower + 1);
  let smaller = from;
  let total = 0;
  for (let k = int(start, upper); k < int(start, upper + 1); k++) {
    while (smaller < to && int(sorted, smaller) < int(sorted, k)) smaller++;
    total += smaller - from;
  }
  return total;
}

/** By how much those would be fewer with `upper` below `lower`. */
export function surplus({ start, sorted }: Side, upper: number, lower: number): number {
  const from = int(start, lower);
  const to = int(start, lower + 1);
  let smaller = from;
  let notGreater = from;
  let total = 0;
  for (let k = int(start, upper); k < int(start, upper + 1); k++) {
    const value = int(sorted, k);
    while (smaller < to && int(sorted, smaller) < value) smaller++;
    if (notGreater < smaller) notGreater = smaller;
    while (notGreater < to && int(sorted, notGreater) <= value) notGreater++;
    total += smaller - from - (to - notGreater);
  }
  return total;
}

/** Crossings of edges between neighbouring ranks, by a Fenwick tree: O(E log V) (Barth, Jünger and Mutzel 2002). */
export function countCrossings({ rows, widest, after, place }: Placing): number {
  const tree = new Int32Array(widest + 1);
  let total = 0;
  for (let rank = 0; rank + 1 < rows.length; rank++) {
    const row = rows[rank] as Int32Array;
    const size = (rows[rank + 1] as Int32Array).length;
    look(row, after, place);
    tree.fill(0, 0, size + 1);
    let seen = 0;
    for (let index = 0; index < row.length; index++) {
      const from = int(after.start, int(row, index));
      const to = int(after.start, int(row, index) + 1);
      for (let k = from; k < to; k++) {
        let notBelow = 0;
        for (let i = int(after.sorted, k) + 1; i > 0; i -= i & -i) notBelow += int(tree, i);
        total += seen - notBelow;
      }
      for (let k = from; k < to; k++) {
        seen++;
        for (let i = int(after.sorted, k) + 1; i <= size; i += i & -i) tree[i] = int(tree, i) + 1;
      }
    }
  }
  return total;
}

export const crossings = (order: readonly (readonly number[])[], near: Neighbours): number =>
  countCrossings(placing(order, near));

/** How far down its rank each vertex is: more than 0, less than 1. */
export function shares(order: readonly (readonly number[])[], count: number): Float64Array {
  const result = new Float64Array(count);
  for (const row of order)
    row.forEach((vertex, place) => {
      result[vertex] = (place + 0.5) / row.length;
    });
  return result;
}
