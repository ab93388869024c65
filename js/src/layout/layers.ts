import { type Arc, type Neighbours, neighbours } from "./arcs.ts";
import { at, lists, most, sum } from "./arrays.ts";

/** How an edge runs. Vertices stand from the lower to the higher rank. */
export interface Path extends Arc {
  /** `from` has the higher rank: a turned edge, or a self edge when both are one. */
  readonly turned: boolean;
  /** Cards and dummies, or dummies alone when turned. */
  readonly vertices: number[];
  /** Too long for dummies: it runs below the component. */
  readonly detour: boolean;
}

/** Cards (vertices `0 … cards - 1`, as the component's nodes) and dummy nodes in ranks, with neighbours along paths. */
export interface Layers extends Neighbours {
  readonly cards: number;
  readonly rankOf: number[];
  /** Vertices of each rank from top to bottom. */
  readonly ranks: number[][];
  readonly paths: Path[];
}

/** A picture with more is not readable anyway. */
const dummyBudget = (cards: number): number => Math.max(3_000, 20 * cards);

/** Cut arcs into pieces from rank to rank. Ranks must be 0 or more; `turned` tells which arcs run against them. */
export function layers(ranks: readonly number[], arcs: readonly Arc[], turned: readonly boolean[]): Layers {
  const rankOf = [...ranks];
  const span = ({ from, to }: Arc) => Math.abs(at(ranks, to) - at(ranks, from));
  const detours = new Set<number>();
  let dummies = sum(arcs.map(span)) - arcs.length;
  const budget = dummyBudget(ranks.length);
  if (dummies > budget) {
    const longest = arcs
      .map((_, index) => index)
      .sort((a, b) => span(at(arcs, b)) - span(at(arcs, a)) || a - b);
    for (const index of longest) {
      if (dummies <= budget) break;
      detours.add(index);
      dummies -= span(at(arcs, index)) - 1;
    }
  }
  const paths = arcs.map(({ from, to }, index): Path => {
    const isTurned = turned[index] === true;
    const [low, high] = isTurned ? [to, from] : [from, to];
    const vertices = [low];
    if (!detours.has(index))
      for (let r = at(ranks, low) + 1; r < at(ranks, high); r++) vertices.push(rankOf.push(r) - 1);
    vertices.push(high);
    return { from, to, turned: isTurned, vertices, detour: detours.has(index) };
  });
  const rows = lists<number>(most(rankOf, 0) + 1);
  rankOf.forEach((r, vertex) => {
    at(rows, r).push(vertex);
  });
  return { cards: ranks.length, rankOf, ranks: rows, paths, ...linked(rankOf.length, paths) };
}

/** Neighbours along paths. */
export function linked(count: number, paths: readonly Path[]): Neighbours {
  const near = neighbours(count, []);
  for (const { vertices, detour } of paths)
    for (let step = 1; step < vertices.length && !detour; step++) {
      const [from, to] = [at(vertices, step - 1), at(vertices, step)];
      at(near.after, from).push(to);
      at(near.before, to).push(from);
    }
  return near;
}
