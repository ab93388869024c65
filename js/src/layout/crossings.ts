import { at, last } from "./arrays.ts";
import type { Layers } from "./layers.ts";

/** Places of the vertices in their rank. */
export function places(order: readonly (readonly number[])[], count: number): Int32Array {
  const place = new Int32Array(count);
  for (const row of order)
    row.forEach((vertex, index) => {
      place[vertex] = index;
    });
  return place;
}

export const sortedPlaces = (vertices: readonly number[], place: Int32Array): number[] =>
  vertices.length < 2
    ? vertices.map((vertex) => at(place, vertex))
    : vertices.map((vertex) => at(place, vertex)).sort((a, b) => a - b);

/** Pairs (a, b) of two sorted lists with a > b. */
export function inversions(above: readonly number[], below: readonly number[]): number {
  if (!above.length || !below.length || last(above) <= at(below, 0)) return 0;
  let total = 0;
  let smaller = 0;
  for (const value of above) {
    while (smaller < below.length && at(below, smaller) < value) smaller++;
    total += smaller;
  }
  return total;
}

/** Crossings of edges between neighbouring ranks, by a Fenwick tree: O(E log V) (Barth, Jünger and Mutzel 2002). */
export function crossings(
  order: readonly (readonly number[])[],
  { after, rankOf }: Pick<Layers, "after" | "rankOf">,
): number {
  const place = places(order, rankOf.length);
  let total = 0;
  for (let r = 0; r + 1 < order.length; r++) {
    const size = at(order, r + 1).length;
    const tree = new Int32Array(size + 1);
    let seen = 0;
    for (const vertex of at(order, r)) {
      const targets = sortedPlaces(at(after, vertex), place);
      for (const target of targets) {
        let notBelow = 0;
        for (let i = target + 1; i > 0; i -= i & -i) notBelow += at(tree, i);
        total += seen - notBelow;
      }
      for (const target of targets) {
        seen++;
        for (let i = target + 1; i <= size; i += i & -i) tree[i] = at(tree, i) + 1;
      }
    }
  }
  return total;
}
