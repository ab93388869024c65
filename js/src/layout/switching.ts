import { int } from "./arrays.ts";
import { crossingsOf, look, number, type Placing, surplus } from "./placing.ts";

/** When each rank changed, and was last tried (and, apart, tried with moves that change nothing): others need not be tried again. */
export interface Changes {
  readonly changed: Int32Array;
  readonly tried: Int32Array;
  readonly triedEven: Int32Array;
  clock: number;
}

export const changes = (ranks: number): Changes => ({
  changed: new Int32Array(ranks).fill(1),
  tried: new Int32Array(ranks),
  triedEven: new Int32Array(ranks),
  clock: 1,
});

export function changeAll(since: Changes): void {
  since.changed.fill(++since.clock);
}

function mayMove({ changed, tried, triedEven }: Changes, rank: number, even: boolean): boolean {
  const since = int(even ? triedEven : tried, rank);
  return (changed[rank - 1] ?? 0) > since || int(changed, rank) > since || (changed[rank + 1] ?? 0) > since;
}

function note(since: Changes, rank: number, even: boolean, isChanged: boolean): void {
  since.tried[rank] = since.clock;
  if (even) since.triedEven[rank] = since.clock;
  since.clock++;
  if (isChanged) since.changed[rank] = since.clock;
}

const PASSES = 8;

/** Swap neighbours in each rank as long as that removes crossings; `even`: also where it changes nothing, once. Returns the crossings removed. */
export function transpose(placed: Placing, since: Changes, even: boolean): number {
  const { rows, before, after, place } = placed;
  let gain = 0;
  for (let rank = 0; rank < rows.length; rank++) {
    if (!mayMove(since, rank, even)) continue;
    const row = rows[rank] as Int32Array;
    look(row, before, place);
    look(row, after, place);
    let isChanged = false;
    for (let pass = 0, again = true; again && pass < PASSES; pass++) {
      again = false;
      for (let index = 0; index + 1 < row.length; index++) {
        const upper = int(row, index);
        const lower = int(row, index + 1);
        const fewer = surplus(before, upper, lower) + surplus(after, upper, lower);
        if (fewer < 0 || (fewer === 0 && !(even && pass === 0))) continue;
        if (fewer === 0 && !(crossingsOf(before, upper, lower) + crossingsOf(after, upper, lower))) continue;
        row[index] = lower;
        row[index + 1] = upper;
        gain += fewer;
        isChanged = true;
        if (fewer) again = true;
      }
    }
    if (isChanged) number(row, place);
    note(since, rank, even, isChanged);
  }
  return gain;
}

/**
 * Move single vertices to the place in their rank where they cross least, at most `reach` places away
 * (sifting, Matuszewski et al. 1999). `even`: also to the nearest other place that is as good. Returns the crossings removed.
 */
export function siftRanks(
  placed: Placing,
  since: Changes,
  {
    even = false,
    down = false,
    reach = Infinity,
    movable,
  }: { even?: boolean; down?: boolean; reach?: number; movable?: (vertex: number) => boolean },
): number {
  const { rows, before, after, place } = placed;
  let gain = 0;
  for (let step = 0; step < rows.length; step++) {
    const rank = down ? rows.length - 1 - step : step;
    const row = rows[rank] as Int32Array;
    if (row.length < 2 || !mayMove(since, rank, even)) continue;
    if (movable && !row.some(movable)) continue;
    look(row, before, place);
    look(row, after, place);
    let isChanged = false;
    for (const vertex of row.slice()) {
      if (movable && !movable(vertex)) continue;
      const here = int(place, vertex);
      const top = Math.max(0, here - reach);
      const bottom = Math.min(row.length - 1, here + reach);
      let best = here;
      let least = 0;
      let cost = 0;
      for (let index = here - 1; index >= top; index--) {
        const other = int(row, index);
        cost += surplus(before, vertex, other) + surplus(after, vertex, other);
        if (cost > least || (cost === least && !(even && best === here))) continue;
        least = cost;
        best = index;
      }
      cost = 0;
      for (let index = here + 1; index <= bottom; index++) {
        const other = int(row, index);
        cost -= surplus(before, vertex, other) + surplus(after, vertex, other);
        const isNearer = best !== here && index - here < here - best;
        if (cost > least || (cost === least && !isNearer && !(even && best === here))) continue;
        least = cost;
        best = index;
      }
      if (best === here) continue;
      gain -= least;
      isChanged = true;
      if (best < here) row.copyWithin(best + 1, best, here);
      else row.copyWithin(here, here + 1, best + 1);
      row[best] = vertex;
      for (let index = Math.min(best, here); index <= Math.max(best, here); index++)
        place[int(row, index)] = index;
    }
    note(since, rank, even, isChanged);
  }
  return gain;
}
