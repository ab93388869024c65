import { at, lists } from "./arrays.ts";
import type { Arc } from "./components.ts";

const REACHABILITY_BUDGET = 1_000_000;

/** The strongly connected component of every node (Tarjan 1972, without recursion). */
export function strongComponents(count: number, arcs: readonly Arc[]): Int32Array {
  const successors = lists<number>(count);
  for (const { from, to } of arcs) at(successors, from).push(to);
  const found = new Int32Array(count);
  const low = new Int32Array(count);
  const next = new Int32Array(count);
  const component = new Int32Array(count).fill(-1);
  const open: number[] = [];
  let clock = 0;
  for (let start = 0; start < count; start++) {
    if (at(found, start)) continue;
    const path = [start];
    found[start] = low[start] = ++clock;
    open.push(start);
    while (path.length) {
      const node = at(path, path.length - 1);
      const edge = at(next, node);
      if (edge < at(successors, node).length) {
        next[node] = edge + 1;
        const to = at(at(successors, node), edge);
        if (!at(found, to)) {
          found[to] = low[to] = ++clock;
          open.push(to);
          path.push(to);
        } else if (at(component, to) < 0) low[node] = Math.min(at(low, node), at(found, to));
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(at(low, parent), at(low, node));
      if (at(low, node) !== at(found, node)) continue;
      for (let member = -1; member !== node; ) {
        member = open.pop() as number;
        component[member] = node;
      }
    }
  }
  return component;
}

/** A node order with few arcs that point backwards (Eades, Lin and Smyth 1993). Ties: the smaller index first. */
export function greedyOrder(members: readonly number[], arcs: readonly Arc[]): number[] {
  const position = new Map(members.map((node, index) => [node, index]));
  const local = arcs.map(({ from, to }) => ({
    from: position.get(from) as number,
    to: position.get(to) as number,
  }));
  const successors = lists<number>(members.length);
  const predecessors = lists<number>(members.length);
  for (const { from, to } of local) {
    at(successors, from).push(to);
    at(predecessors, to).push(from);
  }
  const out = successors.map((list) => list.length);
  const into = predecessors.map((list) => list.length);
  const left = new Set(members.keys());
  const head: number[] = [];
  const tail: number[] = [];
  const sources = [...left].filter((node) => !at(into, node));
  const sinks = [...left].filter((node) => !at(out, node));
  const take = (node: number, place: number[]) => {
    left.delete(node);
    place.push(node);
    for (const to of at(successors, node)) {
      into[to] = at(into, to) - 1;
      if (!at(into, to) && left.has(to)) sources.push(to);
    }
    for (const from of at(predecessors, node)) {
      out[from] = at(out, from) - 1;
      if (!at(out, from) && left.has(from)) sinks.push(from);
    }
  };
  while (left.size) {
    const source = sources.pop();
    if (source !== undefined) {
      if (left.has(source)) take(source, head);
      continue;
    }
    const sink = sinks.pop();
    if (sink !== undefined) {
      if (left.has(sink)) take(sink, tail);
      continue;
    }
    let best = -1;
    for (const node of left)
      if (best < 0 || at(out, node) - at(into, node) > at(out, best) - at(into, best)) best = node;
    take(best, head);
  }
  return [...head, ...tail.reverse()].map((node) => at(members, node));
}

function reaches(successors: readonly number[][], from: number, goal: number): boolean {
  const seen = new Set([from]);
  const stack = [from];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node === goal) return true;
    for (const to of at(successors, node)) {
      if (seen.has(to)) continue;
      seen.add(to);
      stack.push(to);
    }
  }
  return false;
}

/**
 * Which arcs to turn round so that no cycle is left. Only arcs on a cycle are turned, and those that `earlier`
 * knows stay as they were (true: turned); a new arc gives way to them.
 */
export function turnedArcs(
  count: number,
  arcs: readonly Arc[],
  earlier: readonly (boolean | undefined)[] = [],
): boolean[] {
  const strong = strongComponents(count, arcs);
  const cyclic = lists<number>(count);
  arcs.forEach(({ from, to }, index) => {
    if (at(strong, from) === at(strong, to)) at(cyclic, at(strong, from)).push(index);
  });
  const turned = arcs.map(() => false);
  for (const inside of cyclic) {
    if (!inside.length) continue;
    const fresh = inside.filter((index) => earlier[index] === undefined);
    if (fresh.length < inside.length && fresh.length * inside.length <= REACHABILITY_BUDGET) {
      const successors = lists<number>(count);
      const add = (index: number) => {
        const { from, to } = at(arcs, index);
        if (turned[index]) at(successors, to).push(from);
        else at(successors, from).push(to);
      };
      for (const index of inside) {
        if (earlier[index] === undefined) continue;
        turned[index] = earlier[index] === true;
        add(index);
      }
      for (const index of fresh) {
        const { from, to } = at(arcs, index);
        turned[index] = reaches(successors, to, from);
        add(index);
      }
      continue;
    }
    const members = [...new Set(inside.flatMap((index) => [at(arcs, index).from, at(arcs, index).to]))];
    const order = greedyOrder(
      members.sort((a, b) => a - b),
      inside.map((index) => at(arcs, index)),
    );
    const place = new Map(order.map((node, index) => [node, index]));
    for (const index of inside) {
      const { from, to } = at(arcs, index);
      turned[index] = (place.get(from) as number) > (place.get(to) as number);
    }
  }
  return turned;
}
