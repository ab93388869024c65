import { at, int, lists } from "./arrays.ts";
import type { Arc } from "./components.ts";
import { type Incidence, incidence, tightTree } from "./tight-tree.ts";

/** `to` must stand at least `length` ranks after `from`. */
export interface Constraint extends Arc {
  readonly length: number;
}

/** Arcs looked at: a very large graph keeps the ranks that it has by then. */
const WORK_BUDGET = 12_000_000;
/** Of so many arcs that may leave the tree, the one that gains most does. */
const SEARCHED = 30;

/** Nodes so that every arc points forward, or undefined when there is a cycle. */
export function topologicalOrder(count: number, arcs: readonly Arc[]): number[] | undefined {
  const successors = lists<number>(count);
  const waiting = new Int32Array(count);
  for (const { from, to } of arcs) {
    at(successors, from).push(to);
    waiting[to] = at(waiting, to) + 1;
  }
  const order = Array.from({ length: count }, (_, node) => node).filter((node) => !waiting[node]);
  for (let next = 0; next < order.length; next++) {
    for (const to of at(successors, at(order, next))) {
      waiting[to] = at(waiting, to) - 1;
      if (!waiting[to]) order.push(to);
    }
  }
  return order.length === count ? order : undefined;
}

/** As early as possible; then nodes with more arcs out than in as late as possible. */
function feasibleRanks(order: readonly number[], { start, arc, from, to, length }: Incidence): Int32Array {
  const rank = new Int32Array(order.length);
  for (const node of order)
    for (let k = int(start, node); k < int(start, node + 1); k++) {
      const own = int(arc, k);
      const head = int(to, own);
      if (int(from, own) === node) rank[head] = Math.max(int(rank, head), int(rank, node) + int(length, own));
    }
  for (const node of [...order].reverse()) {
    let surplus = 0;
    let latest = Infinity;
    for (let k = int(start, node); k < int(start, node + 1); k++) {
      const own = int(arc, k);
      if (int(from, own) === node) {
        surplus++;
        latest = Math.min(latest, int(rank, int(to, own)) - int(length, own));
      } else surplus--;
    }
    if (surplus > 0) rank[node] = latest;
  }
  return rank;
}

/**
 * Ranks that keep all constraints with the least sum of arc lengths (Gansner et al. 1993); undefined when the
 * constraints form a cycle. The graph must be connected. Very large graphs stop early, at a feasible ranking.
 *
 * All arcs weigh the same, so the cut value of a tree arc is the sum over the subtree below it of out-degree minus
 * in-degree.
 */
export function networkSimplex(count: number, arcs: readonly Constraint[]): Int32Array | undefined {
  const order = topologicalOrder(count, arcs);
  if (!order) return undefined;
  const graph = incidence(count, arcs);
  const { start, arc, from, to, length } = graph;
  const rank = feasibleRanks(order, graph);
  const { parentArc, found } = tightTree(count, graph, rank);
  const otherEnd = (own: number, node: number) => (int(from, own) === node ? int(to, own) : int(from, own));
  const parent = (node: number) => otherEnd(int(parentArc, node), node);

  const sum = new Int32Array(count);
  for (let own = 0; own < arcs.length; own++) {
    sum[int(from, own)] = int(sum, int(from, own)) + 1;
    sum[int(to, own)] = int(sum, int(to, own)) - 1;
  }
  for (let k = count - 1; k > 0; k--) {
    const node = int(found, k);
    sum[parent(node)] = int(sum, parent(node)) + int(sum, node);
  }

  const child = new Int32Array(count).fill(-1);
  const next = new Int32Array(count).fill(-1);
  const hang = (node: number) => {
    const above = parent(node);
    next[node] = int(child, above);
    child[above] = node;
  };
  const unhang = (node: number) => {
    const above = parent(node);
    if (int(child, above) === node) child[above] = int(next, node);
    else {
      let other = int(child, above);
      while (int(next, other) !== node) other = int(next, other);
      next[other] = int(next, node);
    }
  };
  for (let k = count - 1; k > 0; k--) hang(int(found, k));

  const mark = new Int32Array(count);
  const below = new Int32Array(count);
  let clock = 0;
  let cursor = 0;
  let work = 0;
  while (work < WORK_BUDGET) {
    let leaving = -1;
    let worst = 0;
    for (let step = 0, seen = 0; step < count && seen < SEARCHED; step++, cursor = (cursor + 1) % count) {
      const own = int(parentArc, cursor);
      if (own < 0) continue;
      const cut = int(from, own) === cursor ? int(sum, cursor) : -int(sum, cursor);
      if (cut >= 0) continue;
      seen++;
      if (cut >= worst) continue;
      worst = cut;
      leaving = cursor;
    }
    if (leaving < 0) break;

    clock++;
    let size = 0;
    below[size++] = leaving;
    mark[leaving] = clock;
    for (let k = 0; k < size; k++)
      for (let node = int(child, int(below, k)); node >= 0; node = int(next, node)) {
        mark[node] = clock;
        below[size++] = node;
      }
    const isTailBelow = int(from, int(parentArc, leaving)) === leaving;
    let entering = -1;
    let least = Infinity;
    for (let k = 0; k < size; k++) {
      const node = int(below, k);
      work += int(start, node + 1) - int(start, node);
      for (let i = int(start, node); i < int(start, node + 1); i++) {
        const own = int(arc, i);
        if ((int(from, own) === node) === isTailBelow) continue;
        if (int(mark, otherEnd(own, node)) === clock) continue;
        const slack = int(rank, int(to, own)) - int(rank, int(from, own)) - int(length, own);
        if (slack >= least) continue;
        least = slack;
        entering = own;
      }
    }
    if (entering < 0) break;
    const shift = isTailBelow ? -least : least;
    if (shift) for (let k = 0; k < size; k++) rank[int(below, k)] = int(rank, int(below, k)) + shift;

    const total = int(sum, leaving);
    for (let node = parent(leaving); ; node = parent(node)) {
      sum[node] = int(sum, node) - total;
      if (int(parentArc, node) < 0) break;
    }
    const inner = int(mark, int(from, entering)) === clock ? int(from, entering) : int(to, entering);
    let carried = 0;
    for (let node = inner, joined = entering; ; ) {
      const above = int(parentArc, node);
      const was = int(sum, node);
      const up = parent(node);
      unhang(node);
      parentArc[node] = joined;
      hang(node);
      sum[node] = total - carried;
      carried = was;
      if (node === leaving) break;
      joined = above;
      node = up;
    }
    for (let node = parent(inner); ; node = parent(node)) {
      sum[node] = int(sum, node) + total;
      if (int(parentArc, node) < 0) break;
    }
  }
  return rank;
}
