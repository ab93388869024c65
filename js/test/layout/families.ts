import type { LayoutGraph } from "../../src/layout/graph.ts";
import { random } from "./sample.ts";

type Pair = readonly [source: number, target: number];

function graphOf(count: number, pairs: readonly Pair[], next: () => number): LayoutGraph {
  const unique = new Map(pairs.map((pair) => [pair.join(" "), pair]));
  return {
    nodes: Array.from({ length: count }, (_, id) => ({
      id,
      width: 90 + Math.floor(next() * 60),
      height: 40,
    })),
    edges: [...unique.values()].map(([source, target]) => ({ source, target })),
  };
}

/**
 * As the sample graphs syn500 and syn2000: a group needs one or two of those before it, now and then four to seven,
 * near ones rather than far ones. One in eight needs none.
 */
export function grown(count: number, seed = 1): LayoutGraph {
  const next = random(seed);
  const pairs: Pair[] = [];
  for (let target = 1; target < count; target++) {
    const kind = next();
    const needs = kind < 0.12 ? 0 : kind < 0.61 ? 1 : kind < 0.97 ? 2 : 4 + Math.floor(next() * 4);
    for (let i = 0; i < needs; i++) {
      const back = 1 + Math.floor((-Math.log(1 - next()) * count) / 54);
      if (back <= target) pairs.push([target - back, target]);
    }
  }
  return graphOf(count, pairs, next);
}

/** Ranks of equal size; a group needs one or two of any group in the rank before, sometimes of one further back. */
export function layered(count: number, seed: number): LayoutGraph {
  const next = random(seed);
  const width = Math.round(Math.sqrt(count));
  const pairs: Pair[] = [];
  for (let target = width; target < count; target++) {
    for (let needs = 1 + Math.floor(next() * 2); needs > 0; needs--) {
      const back = next() < 0.15 ? 1 + Math.floor(next() * 4) : 1;
      const rank = Math.max(0, Math.floor(target / width) - back);
      pairs.push([rank * width + Math.floor(next() * width), target]);
    }
  }
  return graphOf(count, pairs, next);
}

/** Made from one edge by putting groups into edges and beside them. It can be drawn without crossings. */
export function seriesParallel(count: number, seed: number): LayoutGraph {
  const next = random(seed);
  const pairs: Pair[] = [[0, 1]];
  for (let group = 2; group < count; group++) {
    const index = Math.floor(next() * pairs.length);
    const [source, target] = pairs[index] as Pair;
    pairs.splice(index, next() < 0.5 ? 1 : 0, [source, group], [group, target]);
  }
  return graphOf(count, pairs, next);
}

/** Trees that reduce four to one, as `sum-tree` does; some of their leaves need the result of an earlier one. */
export function reductions(count: number, seed: number): LayoutGraph {
  const next = random(seed);
  const pairs: Pair[] = [];
  const results: number[] = [];
  let groups = 0;
  while (groups < count) {
    let row: number[] = [];
    for (let leaves = 4 + Math.floor(next() * 12); leaves > 0; leaves--) {
      const [load, leaf] = [groups++, groups++];
      pairs.push([load, leaf]);
      const earlier = results[Math.floor(next() * results.length)];
      if (earlier !== undefined && next() < 0.3) pairs.push([earlier, load]);
      row.push(leaf);
    }
    while (row.length > 1) {
      const reduced: number[] = [];
      for (let i = 0; i < row.length; i += 4) {
        for (const one of row.slice(i, i + 4)) pairs.push([one, groups]);
        reduced.push(groups++);
      }
      row = reduced;
    }
    results.push(row[0] as number);
  }
  return graphOf(groups, pairs, next);
}

/** Branches of a few groups each between a fork and a join; a fork follows any earlier join. */
export function diamonds(count: number, seed: number): LayoutGraph {
  const next = random(seed);
  const pairs: Pair[] = [];
  const joins: number[] = [];
  let groups = 0;
  const anyJoin = () => joins[Math.floor(next() * joins.length)] as number;
  while (groups < count) {
    const fork = groups++;
    if (joins.length) pairs.push([anyJoin(), fork]);
    const ends: number[] = [];
    for (let branches = 2 + Math.floor(next() * 5); branches > 0; branches--) {
      let end = fork;
      for (let length = 1 + Math.floor(next() * 4); length > 0; length--) {
        pairs.push([end, groups]);
        end = groups++;
      }
      ends.push(end);
    }
    for (const end of ends) pairs.push([end, groups]);
    if (joins.length && next() < 0.4) pairs.push([anyJoin(), groups]);
    joins.push(groups++);
  }
  return graphOf(groups, pairs, next);
}

/** Many maps, each needed by a third of the few reductions that the next maps need. */
export function mapReduce(count: number, seed: number): LayoutGraph {
  const next = random(seed);
  const pairs: Pair[] = [];
  let earlier: number[] = [];
  let groups = 0;
  while (groups < count) {
    const maps = Array.from({ length: 8 + Math.floor(next() * 25) }, () => groups++);
    for (const map of maps)
      if (earlier.length) pairs.push([earlier[Math.floor(next() * earlier.length)] as number, map]);
    const reductions = Array.from({ length: 2 + Math.floor(next() * 6) }, () => groups++);
    for (const reduction of reductions)
      for (const map of maps) if (next() < 0.35) pairs.push([map, reduction]);
    earlier = reductions;
  }
  return graphOf(groups, pairs, next);
}

/** Chains that need one of two loads and a group that all share, and meet in one, as shuffles do. */
export function shuffles(count: number, seed: number): LayoutGraph {
  const next = random(seed);
  const pairs: Pair[] = [];
  let groups = 0;
  while (groups < count) {
    const [shared, left, right, sink] = [groups++, groups++, groups++, groups++];
    for (let chains = 5 + Math.floor(next() * 20); chains > 0; chains--) {
      let end = groups++;
      pairs.push([shared, end], [chains % 2 ? left : right, end]);
      for (let length = Math.floor(next() * 3); length > 0; length--) {
        pairs.push([end, groups]);
        end = groups++;
      }
      pairs.push([end, sink]);
    }
  }
  return graphOf(groups, pairs, next);
}
