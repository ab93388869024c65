import { float, int } from "./arrays.ts";
import { addPulls, pooling, pulls, type Standing } from "./pooling.ts";

const SWEEPS = 8;
/** A vertex without edges would rather stay where it is. */
const ALONE = 0.01;

/** Draw each vertex to the mean of its neighbours, rank after rank: at first of those before it, then of all. */
export function relax(stood: Standing): void {
  const { placed, y } = stood;
  const { rows, before, after } = placed;
  const felt = pulls(y.length);
  const settle = pooling(stood, felt);
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
      settle(row);
    }
  }
}
