import { at } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import { sortRanks } from "./medians.ts";
import { arranged, countCrossings, orderOf, type Placing, put, sides } from "./placing.ts";
import { changeAll, changes, siftRanks, transpose } from "./switching.ts";
import { walkOrder } from "./walking.ts";

/** Vertices of each rank from top to bottom. */
export type Order = number[][];

/** Sorts of all ranks from each start; then from the best ones, until so many in a row have gained little. */
const FIRST_SORTS = 4;
const MOST_SORTS = 24;
const ROUGH_SORTS = 8;
const IDLE_SORTS = 4;
const LITTLE = 0.005;
const MOST_STARTS = 8;
const MOST_FOLLOWED = 5;
/** Vertices and edge pieces for all starts together, for those that are followed up, and for all sorts from one. */
const START_WORK = 28_000;
const FOLLOW_WORK = 10_000;
const SORT_WORK = 400_000;

/** Vertices and ends of edges that sifting looks at in all its rounds; it makes fewer, and looks less far, for that. */
const SIFT_WORK = 30_000_000;
const POLISH_ROUNDS = 30;
const IDLE_ROUNDS = 4;

const KEPT_SORTS = 7;

const size = ({ rankOf, after }: Layers): number =>
  after.reduce((sum, list) => sum + list.length, rankOf.length);

/** An order that is being sorted, and the best that it was. */
interface Search {
  readonly placed: Placing;
  best: Int32Array;
  crossings: number;
  sorts: number;
  idle: number;
}

const search = (placed: Placing): Search => ({
  placed,
  best: placed.vertices.slice(),
  crossings: countCrossings(placed),
  sorts: 0,
  idle: 0,
});

/** Sort by medians and switch neighbours, up and down in turn, as dot does (Gansner et al. 1993). */
function sort(found: Search, sorts: number): void {
  const { placed } = found;
  const since = changes(placed.rows.length);
  while (found.sorts < sorts && found.idle < IDLE_SORTS && found.crossings > 0) {
    const turnTies = found.sorts % 4 >= 2;
    sortRanks(placed, found.sorts % 2 === 0, turnTies);
    changeAll(since);
    while (transpose(placed, since, !turnTies) > LITTLE * found.crossings);
    const count = countCrossings(placed);
    found.sorts++;
    found.idle = count < (1 - LITTLE) * found.crossings ? 0 : found.idle + 1;
    if (count >= found.crossings) continue;
    found.crossings = count;
    found.best = placed.vertices.slice();
  }
}

/** Move single vertices until that gains nothing, every other time also where it makes no difference. */
function siftAll(placed: Placing): void {
  const since = changes(placed.rows.length);
  const { widest, before, after } = placed;
  const ends = before.list.length + after.list.length;
  const reach = Math.ceil(SIFT_WORK / 2 / (placed.vertices.length + ends));
  const work = (placed.vertices.length + ends) * Math.min(widest, reach);
  const rounds = Math.max(1, Math.min(POLISH_ROUNDS, Math.floor(SIFT_WORK / work)));
  for (let round = 0, idle = 0; round < rounds && idle < IDLE_ROUNDS; round++) {
    const even = round % 2 === 1;
    idle = siftRanks(placed, since, { even, down: even, reach }) ? 0 : idle + 1;
  }
}

/** About as many crossings as an order from scratch has, for a fraction of its work. */
export function roughCrossings(layers: Layers): number {
  const near = sides(layers);
  const counts = [true, false].map((along) => {
    const found = search(arranged(walkOrder(layers, along, true, false), near));
    sort(found, ROUGH_SORTS);
    return found.crossings;
  });
  return Math.min(...counts);
}

/** An order of each rank with few crossings, from scratch. */
export function orderRanks(layers: Layers): Order {
  const near = sides(layers);
  const within = (work: number, most: number) => Math.max(1, Math.min(most, Math.floor(work / size(layers))));
  const starts = within(START_WORK, MOST_STARTS);
  const searches: Search[] = [];
  for (let start = 0; start < starts && searches.at(-1)?.crossings !== 0; start++) {
    const [along, depthFirst, backwards] = [start % 2 === 0, start % 4 < 2, start >= 4];
    const found = search(arranged(walkOrder(layers, along, depthFirst, backwards), near));
    sort(found, FIRST_SORTS);
    searches.push(found);
  }
  const byCrossings = (a: Search, b: Search) => a.crossings - b.crossings;
  searches.sort(byCrossings);
  for (const found of searches.slice(0, within(FOLLOW_WORK, MOST_FOLLOWED)))
    sort(found, within(SORT_WORK, MOST_SORTS));
  searches.sort(byCrossings);
  const { placed, best, crossings } = at(searches, 0);
  put(placed, best);
  if (crossings) siftAll(placed);
  return orderOf(placed);
}

/** An order sorted and sifted from where it is. */
export function improve(placed: Placing): void {
  const found = search(placed);
  sort(found, KEPT_SORTS);
  put(placed, found.best);
  siftAll(placed);
}
