import { int } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import { placing } from "./placing.ts";
import { relax, type Standing } from "./relaxing.ts";
import type { Separation } from "./separation.ts";
import { straighten } from "./straightening.ts";

/** Every rank as close as it gets, about the middle. */
function standing(layers: Layers, apart: Separation): Standing {
  const placed = placing(layers.ranks, layers);
  const y = new Float64Array(layers.rankOf.length);
  const gap = new Float64Array(layers.rankOf.length);
  for (const row of placed.rows) {
    let bottom = 0;
    for (let index = 1; index < row.length; index++) {
      const vertex = int(row, index);
      gap[vertex] = apart(int(row, index - 1), vertex);
      bottom += gap[vertex] as number;
      y[vertex] = bottom;
    }
    for (const vertex of row) y[vertex] = (y[vertex] as number) - bottom / 2;
  }
  return { placed, cards: layers.cards, rankOf: layers.rankOf, y, gap };
}

/**
 * Heights of all vertices that keep the order of each rank and the separation. Edges are short, long ones shortest,
 * so that the picture is hardly higher than its fullest rank; then what can be straight is.
 */
export function assignHeights(layers: Layers, apart: Separation): number[] {
  const stood = standing(layers, apart);
  relax(stood);
  straighten(stood);
  return Array.from(stood.y);
}
