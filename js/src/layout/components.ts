import { at, lists } from "./arrays.ts";
import type { LayoutGraph, LayoutNode, NodeId } from "./graph.ts";

/** An edge by the indices of its ends. */
export interface Arc {
  readonly from: number;
  readonly to: number;
}

/** A connected part of the graph. Indices stand for the nodes in ascending order of id. */
export interface Component {
  readonly nodes: readonly LayoutNode[];
  /** Each once, in ascending order, without self edges. */
  readonly arcs: readonly Arc[];
  readonly selfEdges: readonly number[];
}

const length = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

/** The root of every element's set, for pairs that belong together. */
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

/** Connected components, the one with the smallest id first. Edges that name unknown nodes are dropped. */
export function components(graph: LayoutGraph): Component[] {
  const byId = new Map<NodeId, LayoutNode>();
  for (const { id, width, height } of graph.nodes)
    if (!byId.has(id)) byId.set(id, { id, width: length(width), height: length(height) });
  const nodes = [...byId.values()].sort((a, b) => a.id - b.id);
  const index = new Map(nodes.map((node, position) => [node.id, position]));

  const targets = nodes.map(() => new Set<number>());
  for (const { source, target } of graph.edges) {
    const from = index.get(source);
    const to = index.get(target);
    if (from !== undefined && to !== undefined) at(targets, from).add(to);
  }
  const arcs: Arc[] = [];
  targets.forEach((set, from) => {
    for (const to of [...set].sort((a, b) => a - b)) arcs.push({ from, to });
  });

  const root = roots(nodes.length, arcs);
  const local = new Int32Array(nodes.length);
  const members = lists<LayoutNode>(nodes.length);
  nodes.forEach((node, position) => {
    local[position] = at(members, at(root, position)).push(node) - 1;
  });
  const arcsOf = lists<Arc>(nodes.length);
  const selfEdgesOf = lists<number>(nodes.length);
  for (const { from, to } of arcs) {
    if (from === to) at(selfEdgesOf, at(root, from)).push(at(local, from));
    else at(arcsOf, at(root, from)).push({ from: at(local, from), to: at(local, to) });
  }
  return members.flatMap((group, r) =>
    group.length ? [{ nodes: group, arcs: at(arcsOf, r), selfEdges: at(selfEdgesOf, r) }] : [],
  );
}
