import { at } from "./arrays.ts";
import { crossings, places } from "./crossings.ts";
import type { Layers } from "./layers.ts";
import { copy, type Order, polish, reachFor, SIFT_ROUNDS, SWEEPS, sift, sweep } from "./ordering.ts";

/** Worse than a little effort could make it by this much: then order gives way to clarity. */
const tolerable = (kept: number, possible: number): boolean => kept <= 1.5 * possible + 6;

/**
 * Keep the order of the vertices that have a height `seed`, and put the others where they cross least. When the
 * result has many more crossings than improving it would leave, it is improved.
 */
export function keepOrder(layers: Layers, seed: readonly (number | undefined)[]): Order {
  const order = layers.ranks.map((row) =>
    row
      .filter((vertex) => seed[vertex] !== undefined)
      .sort((a, b) => (seed[a] as number) - (seed[b] as number) || a - b),
  );
  const isNew = (vertex: number) => seed[vertex] === undefined;
  const place = places(order, layers.rankOf.length);
  const placed = seed.map((y) => y !== undefined);
  layers.ranks.forEach((row, r) => {
    const target = at(order, r);
    for (const vertex of row.filter(isNew)) {
      const near = [...at(layers.before, vertex), ...at(layers.after, vertex)].filter(
        (other) => placed[other],
      );
      const heights = near.map(
        (other) => (at(place, other) + 0.5) / at(order, at(layers.rankOf, other)).length,
      );
      const height = heights.length ? heights.reduce((sum, y) => sum + y, 0) / heights.length : 1;
      target.splice(Math.round(height * target.length), 0, vertex);
      placed[vertex] = true;
      target.forEach((other, index) => {
        place[other] = index;
      });
    }
  });
  const loose = (vertex: number) => vertex >= layers.cards || isNew(vertex);
  const reach = reachFor(layers.rankOf.filter((_, vertex) => loose(vertex)).length);
  for (let round = 0; round < SIFT_ROUNDS && sift(order, layers, place, loose, reach); round++);
  const kept = crossings(order, layers);
  if (kept <= 6) return order;
  const improved = sweep(copy(order), layers, SWEEPS / 2);
  polish(improved, layers);
  return tolerable(kept, crossings(improved, layers)) ? order : improved;
}
