import type { Arc } from "./arcs.ts";
import { least } from "./arrays.ts";
import { networkSimplex } from "./simplex.ts";

/** A rank for every node of a connected acyclic graph: arcs go forward and are short in sum. The least is 0. */
export function rank(count: number, arcs: readonly Arc[]): number[] {
  const ranks = networkSimplex(
    count,
    arcs.map(({ from, to }) => ({ from, to, length: 1 })),
  );
  if (!ranks) throw new Error("ranking: the graph has a cycle");
  const first = least(ranks);
  return Array.from(ranks, (value) => value - first);
}
