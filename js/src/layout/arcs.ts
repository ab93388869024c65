import { at, lists } from "./arrays.ts";

/** An edge by the indices of its ends. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

export const directed = ({ from, to }: Arc, isTurned: boolean | undefined): Arc =>
  isTurned ? { from: to, to: from } : { from, to };

/** Of each node. */
export interface Neighbours {
  readonly before: number[][];
  readonly after: number[][];
}

export function neighbours(count: number, arcs: Iterable<Arc>): Neighbours {
  const before = lists<number>(count);
  const after = lists<number>(count);
  for (const { from, to } of arcs) {
    at(after, from).push(to);
    at(before, to).push(from);
  }
  return { before, after };
}

/** The root of every element's set, for pairs that belong together: the smallest element. */
export function roots(count: number, pairs: Iterable<Arc>): Int32Array {
  const parent = Int32Array.from({ length: count }, (_, index) => index);
  const find = (index: number): number => {
    let root = index;
    while (at(parent, root) !== root) {
      parent[root] = at(parent, at(parent, root));
      root = at(parent, root);
    }
    return root;
  };
  for (const { from, to } of pairs) {
    const a = find(from);
    const b = find(to);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  return parent.map((_, index) => find(index));
}

/** Nodes so that every arc points forward, or undefined when there is a cycle. */
export function topologicalOrder(count: number, arcs: readonly Arc[]): number[] | undefined {
  const { before, after } = neighbours(count, arcs);
  const waiting = before.map((list) => list.length);
  const order = [...waiting.keys()].filter((node) => !waiting[node]);
  for (const node of order)
    for (const to of at(after, node)) {
      waiting[to] = at(waiting, to) - 1;
      if (!waiting[to]) order.push(to);
    }
  return order.length === count ? order : undefined;
}
