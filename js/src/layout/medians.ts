import { at, int } from "./arrays.ts";
import { look, number, type Placing, rankCount, rowOf, type Side } from "./placing.ts";

/** The median of a vertex's places on one side; of an even number, between the middle two, nearer to the denser half. */
function median({ start, sorted }: Side, vertex: number): number {
  const from = int(start, vertex);
  const to = int(start, vertex + 1);
  const half = (from + to) >> 1;
  if ((to - from) % 2) return int(sorted, half);
  const [upper, lower] = [int(sorted, half - 1), int(sorted, half)];
  const above = upper - int(sorted, from);
  const below = int(sorted, to - 1) - lower;
  return above + below ? (upper * below + lower * above) / (above + below) : (upper + lower) / 2;
}

/** Sort one rank by the medians on one side; vertices without neighbours there keep their place. */
function sortRow(row: Int32Array, side: Side, place: Int32Array, key: Float64Array, turnTies: boolean): void {
  look(row, side, place);
  const moving = row.filter((vertex) => int(side.start, vertex + 1) > int(side.start, vertex));
  for (let index = 0; index < moving.length; index++) {
    const vertex = int(moving, index);
    key[vertex] = median(side, vertex);
  }
  const tie = turnTies ? -1 : 1;
  moving.sort((a, b) => at(key, a) - at(key, b) || tie * (int(place, a) - int(place, b)));
  let next = 0;
  for (let index = 0; index < row.length; index++) {
    const vertex = int(row, index);
    if (int(side.start, vertex + 1) > int(side.start, vertex)) row[index] = int(moving, next++);
  }
  number(row, place);
}

/** Sort rank after rank by weighted medians (Gansner et al. 1993), with the flow or against it. */
export function sortRanks(placed: Placing, forward: boolean, turnTies: boolean): void {
  const count = rankCount(placed);
  const key = new Float64Array(placed.place.length);
  for (let step = 1; step < count; step++) {
    const rank = forward ? step : count - 1 - step;
    sortRow(rowOf(placed, rank), forward ? placed.before : placed.after, placed.place, key, turnTies);
  }
}
