import { int } from "./arrays.ts";
import type { Layers } from "./layers.ts";

/** Neighbours on one side, in one row: those of `vertex` are `list[start[vertex]] … list[start[vertex + 1] - 1]`. */
export interface Side {
  readonly start: Int32Array;
  readonly list: Int32Array;
  /** Places of the neighbours, ascending for each vertex: as they were when `look` last saw its rank. */
  readonly sorted: Int32Array;
}

/** Ranks of vertices in an order, in flat arrays for the inner loops. */
export interface Placing {
  /** From top to bottom, rank after rank: those of `rank` from `first[rank]` on. */
  readonly vertices: Int32Array;
  readonly first: Int32Array;
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

export function placing(
  order: readonly (readonly number[])[],
  { before, after }: Pick<Layers, "before" | "after">,
): Placing {
  const first = new Int32Array(order.length + 1);
  order.forEach((row, rank) => {
    first[rank + 1] = int(first, rank) + row.length;
  });
  const placed = {
    vertices: new Int32Array(int(first, order.length)),
    first,
    place: new Int32Array(before.length),
    before: side(before),
    after: side(after),
  };
  put(placed, order.flat());
  return placed;
}

export const rankCount = ({ first }: Placing): number => first.length - 1;

export const rowOf = ({ vertices, first }: Placing, rank: number): Int32Array =>
  vertices.subarray(int(first, rank), int(first, rank + 1));

export function number(row: Int32Array, place: Int32Array): void {
  for (let index = 0; index < row.length; index++) place[int(row, index)] = index;
}

/** Take over another order of the same ranks. */
export function put(placed: Placing, vertices: ArrayLike<number>): void {
  placed.vertices.set(vertices);
  for (let rank = 0; rank < rankCount(placed); rank++) number(rowOf(placed, rank), placed.place);
}

/** The same vertices and edges, in another order. */
export function anew(placed: Placing, order: readonly (readonly number[])[]): Placing {
  const other = { ...placed, vertices: placed.vertices.slice(), place: placed.place.slice() };
  put(other, order.flat());
  return other;
}

export const orderOf = (placed: Placing): number[][] =>
  Array.from({ length: rankCount(placed) }, (_, rank) => Array.from(rowOf(placed, rank)));

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
export function countCrossings(placed: Placing): number {
  const { after, place } = placed;
  let total = 0;
  for (let rank = 0; rank + 1 < rankCount(placed); rank++) {
    const row = rowOf(placed, rank);
    const size = rowOf(placed, rank + 1).length;
    look(row, after, place);
    const tree = new Int32Array(size + 1);
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
