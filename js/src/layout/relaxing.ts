import { float, int } from "./arrays.ts";
import type { Placing, Side } from "./placing.ts";

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

const SWEEPS = 8;
/** How strongly a piece of an edge pulls, by how many of its ends are dummies: long edges are to be straight. */
const PULLS = Float64Array.of(1, 2, 8);
/** A vertex without edges would rather stay where it is. */
const ALONE = 0.01;

/** For each vertex the sum of its neighbours' heights, each weighted, and of the weights. */
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

/** Heights of a row nearest to where it is pulled, by weighted squares, in order and apart (pool adjacent violators). */
function settle(row: Int32Array, { sum, weight }: Pulls, { y, gap }: Standing, pool: Pool): void {
  const { offset, total, mass, size } = pool;
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
    const height = float(total, block) / float(mass, block);
    for (let end = index + int(size, block); index < end; index++)
      y[int(row, index)] = height + float(offset, index);
  }
}

interface Pool {
  readonly offset: Float64Array;
  readonly total: Float64Array;
  readonly mass: Float64Array;
  readonly size: Int32Array;
}

/** Draw each vertex to the mean of its neighbours, rank after rank: at first of those before it, then of all. */
export function relax(stood: Standing): void {
  const { placed, y } = stood;
  const { rows, before, after } = placed;
  const widest = rows.reduce((most, row) => Math.max(most, row.length), 0);
  const pool: Pool = {
    offset: new Float64Array(widest),
    total: new Float64Array(widest),
    mass: new Float64Array(widest),
    size: new Int32Array(widest),
  };
  const felt = pulls(y.length);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const forward = sweep % 2 === 0;
    felt.sum.fill(0);
    felt.weight.fill(0);
    for (let step = 0; step < rows.length; step++) {
      const row = rows[forward ? step : rows.length - 1 - step] as Int32Array;
      for (let index = 0; index < row.length; index++) {
        const vertex = int(row, index);
        if (sweep > 1 || forward) addPulls(felt, vertex, stood, before, vertex);
        if (sweep > 1 || !forward) addPulls(felt, vertex, stood, after, vertex);
        if (float(felt.weight, vertex)) continue;
        felt.sum[vertex] = ALONE * float(y, vertex);
        felt.weight[vertex] = ALONE;
      }
      settle(row, felt, stood, pool);
    }
  }
}
