import { at } from "./arrays.ts";
import { crossings, places } from "./crossings.ts";
import type { Layers } from "./layers.ts";
import { copy, type Order, polish, reachFor, SIFT_ROUNDS, SWEEPS, sift, sweep } from "./ordering.ts";

/** Worse than a little effort could make it by this much: then order gives way to clarity. */
const tolerable = (kept: number, possible: number): boolean => kept <= 1.5 * possible + 6;

/** Each time that a picture has grown by this, its order is looked at as a whole. */
const GROWTH = 1.1;

/** A picture of so many cards and edges is due for that; `known` of them were there before. */
export const isDue = (known: number, total: number): boolean => {
  const times = (count: number) => Math.floor(Math.log(Math.max(1, count)) / Math.log(GROWTH));
  return times(total) > times(known);
};

/**
 * Keep the order of the vertices that have a height `seed`, and put the others where they cross least. When it is
 * `due` and has many more crossings than improving it would leave, it is improved.
 */
export function keepOrder(layers: Layers, seed: readonly (number | undefined)[], due: boolean): Order {
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
  const movable = (vertex: number) => isNew(vertex) || (due && vertex >= layers.cards);
  const movables = layers.rankOf.filter((_, vertex) => movable(vertex)).length;
  const reach = reachFor(movables);
  for (let round = 0; movables && round < SIFT_ROUNDS; round++)
    if (!sift(order, layers, place, movable, reach)) break;
  if (!due) return order;
  const kept = crossings(order, layers);
  if (kept <= 6) return order;
  const improved = sweep(copy(order), layers, SWEEPS / 2);
  polish(improved, layers);
  return tolerable(kept, crossings(improved, layers)) ? order : improved;
}
