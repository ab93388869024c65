import { type Arc, topologicalOrder } from "./arcs.ts";
import { int } from "./arrays.ts";
import { type Incidence, incidence, type Tree, tightTree } from "./tight-tree.ts";

/** `to` must stand at least `length` ranks after `from`. */
export interface Constraint extends Arc {
  readonly length: number;
}

/** Arcs looked at: a very large graph keeps the ranks that it has by then. */
const WORK_BUDGET = 12_000_000;
/** Of so many arcs that may leave the tree, the one that gains most does. */
const SEARCHED = 30;

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

/** A spanning tree that hangs from node 0, and what is summed over the subtree of each node. */
interface Hanging {
  readonly graph: Incidence;
  /** -1 at the root. */
  readonly parentArc: Int32Array;
  /** Out-degree minus in-degree: all arcs weigh the same, so this is the cut value of the arc above, or its negative. */
  readonly sum: Int32Array;
  /** One of each node's children, and the next of its parent's: -1 when there is none. */
  readonly child: Int32Array;
  readonly next: Int32Array;
}

const otherEnd = ({ from, to }: Incidence, own: number, node: number): number =>
  int(from, own) === node ? int(to, own) : int(from, own);

const parent = ({ graph, parentArc }: Hanging, node: number): number =>
  otherEnd(graph, int(parentArc, node), node);

function hang(tree: Hanging, node: number): void {
  const above = parent(tree, node);
  tree.next[node] = int(tree.child, above);
  tree.child[above] = node;
}

function unhang(tree: Hanging, node: number): void {
  const { child, next } = tree;
  const above = parent(tree, node);
  if (int(child, above) === node) {
    child[above] = int(next, node);
    return;
  }
  let before = int(child, above);
  while (int(next, before) !== node) before = int(next, before);
  next[before] = int(next, node);
}

function hanging(graph: Incidence, { parentArc, found }: Tree): Hanging {
  const { from, to } = graph;
  const none = () => new Int32Array(found.length).fill(-1);
  const tree = { graph, parentArc, sum: new Int32Array(found.length), child: none(), next: none() };
  const { sum } = tree;
  for (let own = 0; own < from.length; own++) {
    sum[int(from, own)] = int(sum, int(from, own)) + 1;
    sum[int(to, own)] = int(sum, int(to, own)) - 1;
  }
  for (let k = found.length - 1; k > 0; k--) {
    const node = int(found, k);
    const above = parent(tree, node);
    sum[above] = int(sum, above) + int(sum, node);
    hang(tree, node);
  }
  return tree;
}

function addUpwards(tree: Hanging, start: number, value: number): void {
  for (let node = start; ; node = parent(tree, node)) {
    tree.sum[node] = int(tree.sum, node) + value;
    if (int(tree.parentArc, node) < 0) return;
  }
}

/** Cut the arc above `cut`, and hang what is below it by its node `inner` on the arc `entering`. */
function exchange(tree: Hanging, cut: number, inner: number, entering: number): void {
  const { parentArc, sum } = tree;
  const total = int(sum, cut);
  addUpwards(tree, parent(tree, cut), -total);
  let joined = entering;
  let carried = 0;
  for (let node = inner; ; ) {
    const arcAbove = int(parentArc, node);
    const above = parent(tree, node);
    const own = int(sum, node);
    unhang(tree, node);
    parentArc[node] = joined;
    hang(tree, node);
    sum[node] = total - carried;
    if (node === cut) break;
    carried = own;
    joined = arcAbove;
    node = above;
  }
  addUpwards(tree, parent(tree, inner), total);
}

/**
 * Ranks that keep all constraints with the least sum of arc lengths (Gansner et al. 1993); undefined when the
 * constraints form a cycle. The graph must be connected. Very large graphs stop early, at a feasible ranking.
 */
export function networkSimplex(count: number, arcs: readonly Constraint[]): Int32Array | undefined {
  const order = topologicalOrder(count, arcs);
  if (!order) return undefined;
  const graph = incidence(count, arcs);
  const { start, arc, from, to, length } = graph;
  const rank = feasibleRanks(order, graph);
  const tree = hanging(graph, tightTree(count, graph, rank));
  const { parentArc, sum, child, next } = tree;
  const below = new Int32Array(count);
  const seenAt = new Int32Array(count);
  let clock = 0;
  let cursor = 0;
  let work = 0;
  while (work < WORK_BUDGET) {
    let cut = -1;
    let worst = 0;
    for (let step = 0, found = 0; step < count && found < SEARCHED; step++) {
      cursor = cursor + 1 < count ? cursor + 1 : 0;
      const own = int(parentArc, cursor);
      if (own < 0) continue;
      const value = int(from, own) === cursor ? int(sum, cursor) : -int(sum, cursor);
      if (value >= 0) continue;
      found++;
      if (value >= worst) continue;
      worst = value;
      cut = cursor;
    }
    if (cut < 0) break;

    clock++;
    let size = 1;
    below[0] = cut;
    seenAt[cut] = clock;
    for (let k = 0; k < size; k++)
      for (let node = int(child, int(below, k)); node >= 0; node = int(next, node)) {
        seenAt[node] = clock;
        below[size++] = node;
      }

    const isTailBelow = int(from, int(parentArc, cut)) === cut;
    let entering = -1;
    let inner = -1;
    let least = Infinity;
    for (let k = 0; k < size; k++) {
      const node = int(below, k);
      work += int(start, node + 1) - int(start, node);
      for (let i = int(start, node); i < int(start, node + 1); i++) {
        const own = int(arc, i);
        if ((int(from, own) === node) === isTailBelow) continue;
        if (int(seenAt, otherEnd(graph, own, node)) === clock) continue;
        const slack = int(rank, int(to, own)) - int(rank, int(from, own)) - int(length, own);
        if (slack >= least) continue;
        least = slack;
        entering = own;
        inner = node;
      }
    }
    if (entering < 0) break;
    const shift = isTailBelow ? -least : least;
    for (let k = 0; k < size; k++) rank[int(below, k)] = int(rank, int(below, k)) + shift;
    exchange(tree, cut, inner, entering);
  }
  return rank;
}
