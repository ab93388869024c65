import { float, int } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import { addPulls, pooling, pulls, type Standing, standing } from "./pooling.ts";
import type { Separation } from "./separation.ts";

/** How firmly what was there holds: much more than new edges pull. */
const CARD = 10_000;
const EDGE = 200;
const ROUNDS = 6;
const SLACK = 1e-6;

/** Nothing new is in it, and everything has the room that it needs where it was. */
function isSettled(row: Int32Array, earlier: Earlier, { gap }: Standing, top: Top): boolean {
  let above: number | undefined;
  for (const vertex of row) {
    const y = earlier[vertex];
    if (y === undefined || y < top(vertex) - SLACK) return false;
    if (above !== undefined && y - above < float(gap, vertex) - SLACK) return false;
    above = y;
  }
  return true;
}

type Earlier = readonly (number | undefined)[];
type Top = (vertex: number) => number;

/**
 * Heights that stay at `earlier` as far as the order allows. Cards hold firmest; the course of an edge gives way to
 * them; what is new goes where its neighbours are. No vertex is above its `top`.
 */
export function settleHeights(layers: Layers, earlier: Earlier, apart: Separation, top: Top): number[] {
  const stood = standing(layers, apart);
  const { placed, cards, y, gap } = stood;
  const { before, after } = placed;
  const felt = pulls(y.length);
  const settle = pooling(stood, felt);
  for (const row of placed.rows) {
    let above = 0;
    for (const vertex of row) y[vertex] = above = earlier[vertex] ?? above;
  }
  const rows = placed.rows.filter((row) => !isSettled(row, earlier, stood, top));
  for (let round = 0; round < ROUNDS; round++) {
    for (const row of rows) {
      let offset = 0;
      let least = -Infinity;
      for (let index = 0; index < row.length; index++) {
        const vertex = int(row, index);
        offset += float(gap, vertex);
        least = Math.max(least, top(vertex) - offset);
        const was = earlier[vertex];
        const weight = was === undefined ? 0 : vertex < cards ? CARD : EDGE;
        felt.weight[vertex] = weight;
        felt.sum[vertex] = weight * (was ?? 0);
        if (weight) continue;
        addPulls(felt, vertex, stood, before, vertex);
        addPulls(felt, vertex, stood, after, vertex);
        if (float(felt.weight, vertex)) continue;
        felt.weight[vertex] = 1;
        felt.sum[vertex] = float(y, vertex);
      }
      settle(row, least);
    }
    rows.reverse();
  }
  return Array.from(y);
}
