import { type Arc, directed, neighbours } from "./arcs.ts";
import { at, last, lists } from "./arrays.ts";

const REACHABILITY_BUDGET = 1_000_000;

/** The strongly connected component of every node (Tarjan 1972, without recursion). */
export function strongComponents(count: number, arcs: readonly Arc[]): Int32Array {
  const { after } = neighbours(count, arcs);
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
      const node = last(path);
      const edge = at(next, node);
      if (edge < at(after, node).length) {
        next[node] = edge + 1;
        const to = at(at(after, node), edge);
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

/**
 * A node order with few arcs that point backwards (after Eades, Lin and Smyth 1993): the next is a source, or else the
 * node with most arcs out beyond those in. Ties: the smaller first.
 */
function greedyOrder(members: readonly number[], arcs: readonly Arc[]): number[] {
  const local = new Map(members.map((node, index) => [node, index]));
  const index = (node: number) => local.get(node) as number;
  const { before, after } = neighbours(
    members.length,
    arcs.map(({ from, to }) => ({ from: index(from), to: index(to) })),
  );
  const out = after.map((list) => list.length);
  const into = before.map((list) => list.length);
  const surplus = (node: number) => at(out, node) - at(into, node);
  const left = new Set(members.keys());
  const sources: number[] = [];
  const order: number[] = [];
  while (left.size) {
    let next = sources.pop();
    if (next === undefined)
      for (const node of left) if (next === undefined || surplus(node) > surplus(next)) next = node;
    const taken = next as number;
    left.delete(taken);
    order.push(at(members, taken));
    for (const from of at(before, taken)) out[from] = at(out, from) - 1;
    for (const to of at(after, taken)) {
      into[to] = at(into, to) - 1;
      if (!into[to] && left.has(to)) sources.push(to);
    }
  }
  return order;
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
    const known = inside.filter((index) => earlier[index] !== undefined);
    const fresh = inside.filter((index) => earlier[index] === undefined);
    if (known.length && fresh.length * inside.length <= REACHABILITY_BUDGET) {
      const successors = lists<number>(count);
      const add = (index: number) => {
        const { from, to } = directed(at(arcs, index), turned[index]);
        at(successors, from).push(to);
      };
      for (const index of known) {
        turned[index] = earlier[index] === true;
        add(index);
      }
      for (const index of fresh) {
        const { from, to } = at(arcs, index);
        turned[index] = reaches(successors, to, from);
        add(index);
      }
    } else if (inside.length) {
      const own = inside.map((index) => at(arcs, index));
      const members = [...new Set(own.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
      const place = new Map(greedyOrder(members, own).map((node, index) => [node, index]));
      for (const index of inside) {
        const { from, to } = at(arcs, index);
        turned[index] = (place.get(from) as number) > (place.get(to) as number);
      }
    }
  }
  return turned;
}
