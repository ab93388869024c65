import type { Layers } from "./layers.ts";
import { countCrossings, placing } from "./placing.ts";

/** Places of the vertices in their rank. */
export function places(order: readonly (readonly number[])[], count: number): Int32Array {
  const place = new Int32Array(count);
  for (const row of order)
    row.forEach((vertex, index) => {
      place[vertex] = index;
    });
  return place;
}

/** Crossings of edges between neighbouring ranks. */
export const crossings = (
  order: readonly (readonly number[])[],
  layers: Pick<Layers, "before" | "after">,
): number => countCrossings(placing(order, layers));
