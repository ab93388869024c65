import { at } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import type { Separation } from "./separation.ts";

interface Block {
  sum: number;
  weight: number;
  count: number;
}

/**
 * Heights in the given order that keep the separation and are nearest to the wanted ones, by weighted squares
 * (pool adjacent violators), none above `top`.
 */
export function settleRow(
  row: readonly number[],
  wanted: (vertex: number) => number,
  weight: (vertex: number) => number,
  apart: Separation,
  top: (vertex: number) => number,
): number[] {
  const offsets: number[] = [];
  const blocks: Block[] = [];
  let least = Number.NEGATIVE_INFINITY;
  row.forEach((vertex, index) => {
    const offset = index ? at(offsets, index - 1) + apart(at(row, index - 1), vertex) : 0;
    offsets.push(offset);
    least = Math.max(least, top(vertex) - offset);
    let block: Block = { sum: (wanted(vertex) - offset) * weight(vertex), weight: weight(vertex), count: 1 };
    for (let above = blocks.at(-1); above; above = blocks.at(-1)) {
      if (above.sum / above.weight <= block.sum / block.weight) break;
      blocks.pop();
      block = {
        sum: above.sum + block.sum,
        weight: above.weight + block.weight,
        count: above.count + block.count,
      };
    }
    blocks.push(block);
  });
  const heights: number[] = [];
  for (const { sum, weight: total, count } of blocks)
    for (let i = 0; i < count; i++) heights.push(Math.max(sum / total, least) + at(offsets, heights.length));
  return heights;
}

const CARD = 1000;
const EDGE = 10;
const NEW = 1;
const ROUNDS = 6;
const SLACK = 1e-6;

/** Nothing new is in it, and everything has the room that it needs where it was. */
function isSettled(
  row: readonly number[],
  earlier: readonly (number | undefined)[],
  apart: Separation,
  top: (vertex: number) => number,
): boolean {
  for (let i = 0; i < row.length; i++) {
    const vertex = at(row, i);
    const y = earlier[vertex];
    if (y === undefined || y < top(vertex) - SLACK) return false;
    if (i && y - (earlier[at(row, i - 1)] as number) < apart(at(row, i - 1), vertex) - SLACK) return false;
  }
  return true;
}

/**
 * Heights that stay at `earlier` as far as the order allows. Cards hold firmest; the course of an edge gives way to
 * them; what is new goes where its neighbours are.
 */
export function settleHeights(
  layers: Layers,
  earlier: readonly (number | undefined)[],
  apart: Separation,
  top: (vertex: number) => number,
): number[] {
  const { before, after, cards, rankOf } = layers;
  const ranks = layers.ranks.filter((row) => !isSettled(row, earlier, apart, top));
  const y: (number | undefined)[] = [...earlier];
  const weight = (vertex: number) => {
    if (earlier[vertex] === undefined) return NEW;
    return vertex < cards ? CARD : EDGE;
  };
  const around = (vertex: number): number | undefined => {
    let sum = 0;
    let count = 0;
    for (const near of [at(before, vertex), at(after, vertex)])
      for (const other of near) {
        const height = y[other];
        if (height === undefined) continue;
        sum += height;
        count++;
      }
    return count ? sum / count : undefined;
  };
  const goal = new Float64Array(rankOf.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (let step = 0; step < ranks.length; step++) {
      const row = at(ranks, round % 2 ? ranks.length - 1 - step : step);
      let above = row.map((vertex) => earlier[vertex]).find((height) => height !== undefined) ?? 0;
      for (const vertex of row) {
        above = earlier[vertex] ?? around(vertex) ?? above;
        goal[vertex] = above;
      }
      const heights = settleRow(row, (vertex) => at(goal, vertex), weight, apart, top);
      row.forEach((vertex, index) => {
        y[vertex] = at(heights, index);
      });
    }
  }
  return rankOf.map((_, vertex) => y[vertex] ?? 0);
}
