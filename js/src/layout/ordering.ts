import { at } from "./arrays.ts";
import { crossings, inversions, places, sortedPlaces } from "./crossings.ts";
import type { Layers } from "./layers.ts";

/** Vertices of each rank from top to bottom. */
export type Order = number[][];

export const SWEEPS = 14;
const SMALL = 12_000;
const SIFT_WORK = 4_000_000;
export const SIFT_ROUNDS = 8;

export const copy = (order: Order): Order => order.map((row) => [...row]);

const size = (layers: Layers): number =>
  layers.rankOf.length + layers.after.reduce((sum, list) => sum + list.length, 0);

/** Vertices in the order in which a depth-first walk along the flow (or against it) meets them. */
export function walkOrder({ ranks, rankOf, before, after }: Layers, along: boolean): Order {
  const [ahead, behind] = along ? [after, before] : [before, after];
  const order: Order = ranks.map(() => []);
  const seen = new Uint8Array(rankOf.length);
  const starts = rankOf.map((_, vertex) => vertex).filter((vertex) => !at(behind, vertex).length);
  for (const start of starts) {
    const stack = [start];
    while (stack.length) {
      const vertex = stack.pop() as number;
      if (seen[vertex]) continue;
      seen[vertex] = 1;
      at(order, at(rankOf, vertex)).push(vertex);
      const next = [...at(behind, vertex), ...at(ahead, vertex)];
      for (let i = next.length; i-- > 0; ) if (!seen[at(next, i)]) stack.push(at(next, i));
    }
  }
  return order;
}

function middle(values: readonly number[], weighted: boolean): number {
  const count = values.length;
  if (!weighted) return values.reduce((sum, value) => sum + value, 0) / count;
  const half = count >> 1;
  if (count % 2) return at(values, half);
  if (count === 2) return (at(values, 0) + at(values, 1)) / 2;
  const left = at(values, half - 1) - at(values, 0);
  const right = at(values, count - 1) - at(values, half);
  if (left + right === 0) return (at(values, half - 1) + at(values, half)) / 2;
  return (at(values, half - 1) * right + at(values, half) * left) / (left + right);
}

/** Sort one rank by the middle of its neighbours; vertices without any keep their place. */
function sortRow(row: number[], around: readonly number[][], place: Int32Array, median: boolean): number[] {
  const key = new Map<number, number>();
  for (const vertex of row) {
    const near = sortedPlaces(at(around, vertex), place);
    if (near.length) key.set(vertex, middle(near, median));
  }
  const moving = row.filter((vertex) => key.has(vertex));
  moving.sort((a, b) => (key.get(a) as number) - (key.get(b) as number) || at(place, a) - at(place, b));
  let next = 0;
  return row.map((vertex) => (key.has(vertex) ? at(moving, next++) : vertex));
}

/** Swap neighbours in a rank as long as that removes crossings. Returns how many it removed. */
export function transpose(order: Order, { before, after }: Layers, place: Int32Array): number {
  let gain = 0;
  for (const row of order) {
    const left = row.map((vertex) => sortedPlaces(at(before, vertex), place));
    const right = row.map((vertex) => sortedPlaces(at(after, vertex), place));
    for (let rounds = 0, swapped = true; swapped && rounds < 8; rounds++) {
      swapped = false;
      for (let i = 0; i + 1 < row.length; i++) {
        const now = inversions(at(left, i), at(left, i + 1)) + inversions(at(right, i), at(right, i + 1));
        if (!now) continue;
        const then = inversions(at(left, i + 1), at(left, i)) + inversions(at(right, i + 1), at(right, i));
        if (then >= now) continue;
        for (const list of [row, left, right] as unknown[][]) [list[i], list[i + 1]] = [list[i + 1], list[i]];
        gain += now - then;
        swapped = true;
      }
    }
    row.forEach((vertex, index) => {
      place[vertex] = index;
    });
  }
  return gain;
}

/**
 * Move single vertices to the place in their rank where they cross least, the nearest when several are as good
 * (sifting, Matuszewski et al. 1999). Returns the crossings removed.
 */
export function sift(
  order: Order,
  { before, after }: Layers,
  place: Int32Array,
  movable: (vertex: number) => boolean = () => true,
  reach = Number.POSITIVE_INFINITY,
): number {
  let gain = 0;
  for (const row of order) {
    if (row.length < 2) continue;
    const left = new Map(row.map((vertex) => [vertex, sortedPlaces(at(before, vertex), place)]));
    const right = new Map(row.map((vertex) => [vertex, sortedPlaces(at(after, vertex), place)]));
    for (const vertex of [...row]) {
      if (!movable(vertex)) continue;
      const here = row.indexOf(vertex);
      const l = left.get(vertex) as number[];
      const r = right.get(vertex) as number[];
      let best = here;
      let least = 0;
      for (const step of [-1, 1]) {
        let cost = 0;
        for (let i = here + step; i >= 0 && i < row.length && Math.abs(i - here) <= reach; i += step) {
          const otherLeft = left.get(at(row, i)) as number[];
          const otherRight = right.get(at(row, i)) as number[];
          const vertexAbove = inversions(l, otherLeft) + inversions(r, otherRight);
          const otherAbove = inversions(otherLeft, l) + inversions(otherRight, r);
          cost += step < 0 ? vertexAbove - otherAbove : otherAbove - vertexAbove;
          if (cost < least || (cost === least && cost < 0 && Math.abs(i - here) < Math.abs(best - here))) {
            least = cost;
            best = i;
          }
        }
      }
      if (best === here) continue;
      gain -= least;
      row.splice(here, 1);
      row.splice(best, 0, vertex);
    }
    row.forEach((vertex, index) => {
      place[vertex] = index;
    });
  }
  return gain;
}

/** How far vertices may look for a better place, so that sifting `movable` of them stays bounded. */
export const reachFor = (movable: number): number => Math.floor(SIFT_WORK / (movable * SIFT_ROUNDS * 2 + 1));

/** Improve an order by single moves until nothing is gained. */
export function polish(order: Order, layers: Layers): void {
  const place = places(order, layers.rankOf.length);
  const reach = reachFor(size(layers));
  for (let round = 0; round < SIFT_ROUNDS; round++) {
    const swapped = transpose(order, layers, place);
    const sifted = reach > 1 ? sift(order, layers, place, undefined, reach) : 0;
    if (swapped + sifted === 0) return;
  }
}

export function sweep(start: Order, layers: Layers, sweeps: number): Order {
  const { before, after } = layers;
  const order = start;
  let best = copy(order);
  let least = crossings(order, layers);
  let idle = 0;
  for (let round = 0; round < sweeps && least > 0 && idle < 5; round++) {
    const place = places(order, layers.rankOf.length);
    const forward = round % 2 === 0;
    const median = round % 4 < 2;
    for (let step = 1; step < order.length; step++) {
      const r = forward ? step : order.length - 1 - step;
      const row = sortRow(at(order, r), forward ? before : after, place, median);
      order[r] = row;
      row.forEach((vertex, index) => {
        place[vertex] = index;
      });
    }
    for (let i = 0; i < 3 && transpose(order, layers, place); i++);
    const count = crossings(order, layers);
    idle++;
    if (count < least) {
      least = count;
      best = copy(order);
      idle = 0;
    }
  }
  return best;
}

/** An order of each rank with few crossings, from scratch. */
export function orderRanks(layers: Layers): Order {
  const sweeps = size(layers) > SMALL ? 4 : SWEEPS;
  const candidates = [true, false].map((along) => {
    const order = sweep(walkOrder(layers, along), layers, sweeps);
    polish(order, layers);
    return order;
  });
  const [a, b] = candidates as [Order, Order];
  return crossings(b, layers) < crossings(a, layers) ? b : a;
}
