import { at } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import type { Separation } from "./separation.ts";

/** How far from its neighbours' height, in pixels, a free place is better than one where others must move. */
const REACH = 240;
/** What it costs to lie below everything that was there, as a multiple of the distance. */
const BELOW = 2;

/**
 * Give new vertices (those without a height in `seeds`) the free place in their rank nearest to their neighbours'
 * height. Where there is none nearby they stay without. `extent` tells where a rank's drawing begins and ends.
 */
export function seat(
  { rankOf, ranks, before, after }: Layers,
  seeds: (number | undefined)[],
  apart: Separation,
  half: (vertex: number) => number,
  extent: (rank: number) => { readonly top: number; readonly bottom: number },
): void {
  const rows = new Map<number, number[]>();
  const y = (vertex: number) => seeds[vertex] as number;
  const rowOf = (rank: number): number[] => {
    const known = rows.get(rank);
    if (known) return known;
    const row = at(ranks, rank).filter((vertex) => seeds[vertex] !== undefined);
    row.sort((a, b) => y(a) - y(b) || a - b);
    rows.set(rank, row);
    return row;
  };
  const fresh = rankOf.flatMap((_, vertex) => (seeds[vertex] === undefined ? [vertex] : []));
  fresh.sort((a, b) => at(rankOf, a) - at(rankOf, b) || a - b);
  for (const vertex of fresh) {
    const around = [...at(before, vertex), ...at(after, vertex)].filter(
      (other) => seeds[other] !== undefined,
    );
    if (!around.length) continue;
    const wanted = around.reduce((sum, other) => sum + y(other), 0) / around.length;
    const rank = at(rankOf, vertex);
    const row = rowOf(rank);
    const { top, bottom } = extent(rank);
    let place = -1;
    let height = 0;
    let least = REACH;
    for (let i = 0; i <= row.length; i++) {
      const low = i ? y(at(row, i - 1)) + apart(at(row, i - 1), vertex) : top + half(vertex);
      const high = i < row.length ? y(at(row, i)) - apart(vertex, at(row, i)) : Infinity;
      if (low > high) continue;
      const here = Math.min(Math.max(wanted, low), high);
      const cost = Math.abs(here - wanted) + BELOW * Math.max(0, here + half(vertex) - bottom);
      if (cost >= least) continue;
      [place, height, least] = [i, here, cost];
    }
    if (place < 0) continue;
    seeds[vertex] = height;
    row.splice(place, 0, vertex);
  }
}
