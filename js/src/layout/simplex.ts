import { at, lists } from "./arrays.ts";
import type { Arc } from "./components.ts";

/** `to` must stand at least `length` ranks after `from`. */
export interface Constraint extends Arc {
  readonly length: number;
}

const WORK_BUDGET = 12_000_000;

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

function longestPath(count: number, arcs: readonly Constraint[], order: readonly number[]): Int32Array {
  const outgoing = lists<Constraint>(count);
  for (const arc of arcs) at(outgoing, arc.from).push(arc);
  const rank = new Int32Array(count);
  for (const node of order)
    for (const { to, length } of at(outgoing, node))
      rank[to] = Math.max(at(rank, to), at(rank, node) + length);
  return rank;
}

/** A spanning tree of arcs without slack; moves ranks until there is one. Returns the tree's arcs. */
function tightTree(count: number, arcs: readonly Constraint[], rank: Int32Array): Set<number> {
  const slack = ({ from, to, length }: Constraint) => at(rank, to) - at(rank, from) - length;
  const incident = lists<number>(count);
  arcs.forEach(({ from, to }, index) => {
    at(incident, from).push(index);
    at(incident, to).push(index);
  });
  const tree = new Set<number>();
  const inside = new Uint8Array(count);
  const members = [0];
  inside[0] = 1;
  let scanned = 0;
  for (;;) {
    for (; scanned < members.length; scanned++) {
      for (const index of at(incident, at(members, scanned))) {
        const arc = at(arcs, index);
        const other = inside[arc.from] ? arc.to : arc.from;
        if (inside[other] || slack(arc) !== 0) continue;
        inside[other] = 1;
        members.push(other);
        tree.add(index);
      }
    }
    if (members.length === count) return tree;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < arcs.length; index++) {
      const arc = at(arcs, index);
      if (inside[arc.from] === inside[arc.to] || slack(arc) >= least) continue;
      least = slack(arc);
      best = index;
    }
    if (best < 0) throw new Error("network simplex: the graph is not connected");
    const shift = inside[at(arcs, best).from] ? least : -least;
    for (const member of members) rank[member] = at(rank, member) + shift;
    scanned = 0;
  }
}

interface RootedTree {
  /** Nodes, children before parents. */
  readonly postorder: Int32Array;
  /** Arc to the parent, -1 at the root. */
  readonly parentArc: Int32Array;
  /** The subtree of a node has the postorder numbers `low … number`. */
  readonly low: Int32Array;
  readonly number: Int32Array;
}

function rootTree(count: number, arcs: readonly Constraint[], tree: Iterable<number>): RootedTree {
  const incident = lists<number>(count);
  for (const index of tree) {
    at(incident, at(arcs, index).from).push(index);
    at(incident, at(arcs, index).to).push(index);
  }
  const parentArc = new Int32Array(count).fill(-1);
  const low = new Int32Array(count);
  const number = new Int32Array(count);
  const postorder = new Int32Array(count);
  const next = new Int32Array(count);
  const path = [0];
  let clock = 0;
  while (path.length) {
    const node = at(path, path.length - 1);
    const step = at(next, node);
    if (step === 0) low[node] = clock;
    if (step < at(incident, node).length) {
      next[node] = step + 1;
      const index = at(at(incident, node), step);
      if (index === at(parentArc, node)) continue;
      const { from, to } = at(arcs, index);
      const child = from === node ? to : from;
      parentArc[child] = index;
      path.push(child);
      continue;
    }
    postorder[clock] = node;
    number[node] = clock++;
    path.pop();
  }
  return { postorder, parentArc, low, number };
}

/**
 * Ranks that keep all constraints with the least sum of arc lengths (Gansner et al. 1993); undefined when the
 * constraints form a cycle. The graph must be connected. Very large graphs stop early, at a feasible ranking.
 *
 * All arcs weigh the same, so an arc's cut value is the sum over one side of out-degree minus in-degree.
 */
export function networkSimplex(count: number, arcs: readonly Constraint[]): Int32Array | undefined {
  const order = topologicalOrder(count, arcs);
  if (!order) return undefined;
  const rank = longestPath(count, arcs, order);
  const surplus = new Int32Array(count);
  for (const { from, to } of arcs) {
    surplus[from] = at(surplus, from) + 1;
    surplus[to] = at(surplus, to) - 1;
  }
  const tree = tightTree(count, arcs, rank);
  const sum = new Int32Array(count);
  for (let work = 0; work < WORK_BUDGET; work += 2 * count + arcs.length) {
    const { postorder, parentArc, low, number } = rootTree(count, arcs, tree);
    sum.set(surplus);
    let leaving = -1;
    let below = -1;
    let worst = 0;
    for (const node of postorder) {
      const index = at(parentArc, node);
      if (index < 0) continue;
      const { from, to } = at(arcs, index);
      const cut = from === node ? at(sum, node) : -at(sum, node);
      if (cut < worst) {
        worst = cut;
        leaving = index;
        below = node;
      }
      const parent = from === node ? to : from;
      sum[parent] = at(sum, parent) + at(sum, node);
    }
    if (leaving < 0) break;
    const first = at(low, below);
    const final = at(number, below);
    const isBelow = (node: number) => at(number, node) >= first && at(number, node) <= final;
    const tailBelow = at(arcs, leaving).from === below;
    let entering = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < arcs.length; index++) {
      const { from, to, length } = at(arcs, index);
      if (isBelow(to) !== tailBelow || isBelow(from) === tailBelow) continue;
      const slack = at(rank, to) - at(rank, from) - length;
      if (slack < least) {
        least = slack;
        entering = index;
      }
    }
    if (entering < 0) break;
    const shift = tailBelow ? -least : least;
    for (let place = first; place <= final; place++) {
      const node = at(postorder, place);
      rank[node] = at(rank, node) + shift;
    }
    tree.delete(leaving);
    tree.add(entering);
  }
  return rank;
}
