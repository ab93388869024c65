import { at, lists } from "./arrays.ts";
import type { Arc } from "./components.ts";
import { type Constraint, networkSimplex, topologicalOrder } from "./simplex.ts";

/** A rank for every node of a connected acyclic graph: arcs go forward and are short in sum. The least is 0. */
export function rank(count: number, arcs: readonly Arc[]): number[] {
  const ranks = networkSimplex(
    count,
    arcs.map(({ from, to }) => ({ from, to, length: 1 })),
  );
  if (!ranks) throw new Error("ranking: the graph has a cycle");
  const least = ranks.reduce((a, b) => Math.min(a, b), 0);
  return Array.from(ranks, (value) => value - least);
}

/** What a node was in the layout before: its rank, and which component it belonged to. */
export interface Earlier {
  readonly rank: number;
  readonly component: number;
}

/**
 * Ranks that keep what was there: nodes that were one component move only as a whole, new ones stand where the
 * arcs are shortest. When that is impossible, nodes of component `anchor` are pushed forward as far as they must.
 * Ranks of `anchor` do not shift, so that new ranks before them are negative.
 */
export function keepRanks(
  count: number,
  arcs: readonly Arc[],
  earlier: readonly (Earlier | undefined)[],
  anchor: number,
): number[] {
  return keepRigid(count, arcs, earlier, anchor) ?? push(count, arcs, earlier, anchor);
}

function keepRigid(
  count: number,
  arcs: readonly Arc[],
  earlier: readonly (Earlier | undefined)[],
  anchor: number,
): number[] | undefined {
  const bodies = new Map<number, number>();
  let bodyCount = 0;
  const body = earlier.map((was) => {
    if (!was) return bodyCount++;
    const known = bodies.get(was.component) ?? bodyCount++;
    bodies.set(was.component, known);
    return known;
  });
  const offset = (node: number) => earlier[node]?.rank ?? 0;
  const constraints: Constraint[] = [];
  for (const { from, to } of arcs) {
    const length = 1 + offset(from) - offset(to);
    if (at(body, from) !== at(body, to)) constraints.push({ from: at(body, from), to: at(body, to), length });
    else if (length > 0) return undefined;
  }
  const place = networkSimplex(bodyCount, constraints);
  const fixed = bodies.get(anchor);
  if (!place || fixed === undefined) return undefined;
  return Array.from(
    { length: count },
    (_, node) => at(place, at(body, node)) - at(place, fixed) + offset(node),
  );
}

function push(
  count: number,
  arcs: readonly Arc[],
  earlier: readonly (Earlier | undefined)[],
  anchor: number,
): number[] {
  const order = topologicalOrder(count, arcs);
  if (!order) throw new Error("ranking: the graph has a cycle");
  const before = lists<number>(count);
  const after = lists<number>(count);
  for (const { from, to } of arcs) {
    at(before, to).push(from);
    at(after, from).push(to);
  }
  const ranks: (number | undefined)[] = earlier.map((was) =>
    was?.component === anchor ? was.rank : undefined,
  );
  const known = (nodes: readonly number[]) =>
    nodes.map((node) => ranks[node]).filter((value) => value !== undefined);
  const forward = () => {
    for (const node of order) {
      const least = known(at(before, node)).reduce((a, b) => Math.max(a, b + 1), Number.NEGATIVE_INFINITY);
      if (least > (ranks[node] ?? Number.NEGATIVE_INFINITY)) ranks[node] = least;
    }
  };
  const backward = () => {
    for (const node of [...order].reverse()) {
      if (ranks[node] !== undefined) continue;
      const following = known(at(after, node));
      if (following.length) ranks[node] = following.reduce((a, b) => Math.min(a, b)) - 1;
    }
  };
  forward();
  for (let unknown = count; unknown; ) {
    backward();
    forward();
    const left = ranks.filter((value) => value === undefined).length;
    if (left === unknown) break;
    unknown = left;
  }
  return ranks.map((value) => value ?? 0);
}
