import { float, int } from "./arrays.ts";
import type { Layers } from "./layers.ts";
import { type Placing, placing, type Side } from "./placing.ts";
import type { Separation } from "./separation.ts";

/** Vertices in ranks and the heights that they have. */
export interface Standing {
  readonly placed: Placing;
  /** The first vertices are cards, the others dummies. */
  readonly cards: number;
  readonly rankOf: readonly number[];
  readonly y: Float64Array;
  /** The least distance to the vertex above, 0 for the first. */
  readonly gap: Float64Array;
}

/** Every rank as close as it gets, about the middle. */
export function standing(layers: Layers, apart: Separation): Standing {
  const placed = placing(layers.ranks, layers);
  const y = new Float64Array(layers.rankOf.length);
  const gap = new Float64Array(layers.rankOf.length);
  for (const row of placed.rows) {
    let bottom = 0;
    for (let index = 1; index < row.length; index++) {
      const vertex = int(row, index);
      gap[vertex] = apart(int(row, index - 1), vertex);
      bottom += float(gap, vertex);
      y[vertex] = bottom;
    }
    for (const vertex of row) y[vertex] = float(y, vertex) - bottom / 2;
  }
  return { placed, cards: layers.cards, rankOf: layers.rankOf, y, gap };
}

/** How strongly a piece of an edge pulls, by how many of its ends are dummies: long edges are to be straight. */
const PULLS = Float64Array.of(1, 2, 8);

/** For each vertex the sum of the heights that it is drawn to, each weighted, and of the weights. */
export interface Pulls {
  readonly sum: Float64Array;
  readonly weight: Float64Array;
}

export const pulls = (count: number): Pulls => ({
  sum: new Float64Array(count),
  weight: new Float64Array(count),
});

/** Add the pull of a vertex's neighbours on one side, but for the neighbour `except`, to those of `on`. */
export function addPulls(
  { sum, weight }: Pulls,
  on: number,
  { cards, y }: Standing,
  { start, list }: Side,
  vertex: number,
  except = -1,
): void {
  for (let k = int(start, vertex); k < int(start, vertex + 1); k++) {
    const other = int(list, k);
    if (other === except) continue;
    const strength = float(PULLS, Number(vertex >= cards) + Number(other >= cards));
    sum[on] = float(sum, on) + strength * float(y, other);
    weight[on] = float(weight, on) + strength;
  }
}

/**
 * Gives the vertices of a row the heights nearest to where they are drawn, by weighted squares, in order and apart
 * (pool adjacent violators). The first is not above `top`.
 */
export function pooling({ placed: { widest }, y, gap }: Standing, { sum, weight }: Pulls) {
  const offset = new Float64Array(widest);
  const total = new Float64Array(widest);
  const mass = new Float64Array(widest);
  const size = new Int32Array(widest);
  return (row: Int32Array, top = -Infinity): void => {
    let count = 0;
    let bottom = 0;
    for (let index = 0; index < row.length; index++) {
      const vertex = int(row, index);
      bottom += float(gap, vertex);
      offset[index] = bottom;
      total[count] = float(sum, vertex) - bottom * float(weight, vertex);
      mass[count] = float(weight, vertex);
      size[count] = 1;
      for (; count; count--) {
        const above = count - 1;
        if (float(total, above) * float(mass, count) <= float(total, count) * float(mass, above)) break;
        total[above] = float(total, above) + float(total, count);
        mass[above] = float(mass, above) + float(mass, count);
        size[above] = int(size, above) + int(size, count);
      }
      count++;
    }
    let index = 0;
    for (let block = 0; block < count; block++) {
      const height = Math.max(top, float(total, block) / float(mass, block));
      for (let end = index + int(size, block); index < end; index++)
        y[int(row, index)] = height + float(offset, index);
    }
  };
}
