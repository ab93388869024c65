import { at, float, int } from "./arrays.ts";
import type { Layers } from "./layers.ts";

/** Edges in a bundle, from one card or to one card, count for this much once the first is counted. */
const BUNDLED = 0.25;
/** A cut through more than this is never made. */
const MOST_MESS = 5;
/** And a growing band is not cut through more than this. */
const MOST_GROWN_MESS = 1.5;
const RAGGED = 1;
const MESS = 0.06;

/** How much a cut before each rank tangles: 0 for one edge, 1 more for each other that is not in a bundle with it. */
export function messes({ ranks, rankOf, paths }: Layers): number[] {
  const sources = ranks.map(() => new Set<number>());
  const targets = ranks.map(() => new Set<number>());
  const edges = new Int32Array(ranks.length);
  for (const { from, to, vertices } of paths) {
    const [low, high] = [at(rankOf, at(vertices, 0)), at(rankOf, vertices[vertices.length - 1] as number)];
    for (let cut = low + 1; cut <= high; cut++) {
      at(sources, cut).add(from);
      at(targets, cut).add(to);
      edges[cut] = at(edges, cut) + 1;
    }
  }
  return ranks.map((_, cut) => {
    const bundles = Math.min(at(sources, cut).size, at(targets, cut).size);
    return Math.max(0, bundles - 1 + BUNDLED * (at(edges, cut) - bundles));
  });
}

/**
 * The ranks that begin a new band, so that bands are no wider than `limit`, much alike, and few edges run from one
 * to another: the least sum of squared raggedness and mess, as a paragraph is broken into lines (Knuth and Plass
 * 1981). A band is wider only where it cannot be cut.
 */
export function cutsFor(
  widths: readonly number[],
  mess: readonly number[],
  rankGap: number,
  limit: number,
): number[] {
  const count = widths.length;
  const total = widths.reduce((sum, width) => sum + width + rankGap, -rankGap);
  if (total <= limit) return [];
  const goal = total / Math.ceil(total / limit);
  const own = Float64Array.from(widths);
  const tangle = Float64Array.from(mess);
  const cost = new Float64Array(count + 1).fill(Infinity);
  const start = new Int32Array(count + 1);
  cost[0] = 0;
  for (let end = 1; end <= count; end++) {
    if (end < count && float(tangle, end) > MOST_MESS) continue;
    let width = -rankGap;
    let found = false;
    for (let from = end - 1; from >= 0; from--) {
      width += float(own, from) + rankGap;
      if (found && width > limit) break;
      const ragged = ((width - goal) / goal) ** 2;
      const value = float(cost, from) + RAGGED * ragged + (from ? MESS * float(tangle, from) : 0);
      if (value === Infinity) continue;
      found = true;
      if (value >= float(cost, end)) continue;
      cost[end] = value;
      start[end] = from;
    }
  }
  const cuts: number[] = [];
  for (let from = int(start, count); from > 0; from = int(start, from)) cuts.unshift(from);
  return cuts;
}

/**
 * Earlier cuts kept: `bands` tells the band of each rank that was there. What is new before, between or after joins
 * the band beside it; after the last rank a new band begins where the last one would grow beyond `limit`.
 */
export function keepCuts(
  bands: readonly (number | undefined)[],
  widths: readonly number[],
  mess: () => readonly number[],
  rankGap: number,
  limit: number,
): number[] {
  const lastKnown = bands.findLastIndex((band) => band !== undefined);
  const cuts: number[] = [];
  let current = bands.find((band) => band !== undefined) ?? 0;
  let width = -rankGap;
  widths.forEach((own, rank) => {
    const band = bands[rank];
    const moves = band !== undefined && band > current;
    const grows = rank > lastKnown && width + rankGap + own > limit && at(mess(), rank) <= MOST_GROWN_MESS;
    if (rank && (moves || grows)) {
      cuts.push(rank);
      width = -rankGap;
    }
    if (moves) current = band;
    width += rankGap + own;
  });
  return cuts;
}
