import { at, sum } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import { improve, type Order } from "./ordering.ts";
import { countCrossings, orderOf, placing, shares } from "./placing.ts";
import { changes, siftRanks } from "./switching.ts";

/** So many times as many crossings as a little effort would leave, and a few: then order gives way to clarity. */
const MORE = 1.5;
const FEW = 6;

/** Rounds of sifting, and how many places new vertices look at in all of them. */
const ROUNDS = 8;
const WORK = 4_000_000;

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
  const height = shares(order, layers.rankOf.length);
  layers.ranks.forEach((row, r) => {
    const target = at(order, r);
    for (const vertex of row.filter(isNew)) {
      const heights = [...at(layers.before, vertex), ...at(layers.after, vertex)].flatMap(
        (other) => height[other] || [],
      );
      const mean = heights.length ? sum(heights) / heights.length : 1;
      target.splice(Math.round(mean * target.length), 0, vertex);
      height[vertex] = mean;
    }
  });
  const movable = (vertex: number) => isNew(vertex) || (due && vertex >= layers.cards);
  const movables = layers.rankOf.filter((_, vertex) => movable(vertex)).length;
  const reach = Math.floor(WORK / (2 * ROUNDS * movables + 1));
  const placed = placing(order, layers);
  const since = changes(order.length);
  for (let round = 0; movables && round < ROUNDS; round++)
    if (!siftRanks(placed, since, { movable, reach })) break;
  const kept = orderOf(placed);
  const count = due ? countCrossings(placed) : 0;
  if (count <= FEW) return kept;
  improve(placed);
  return count <= MORE * countCrossings(placed) + FEW ? kept : orderOf(placed);
}
