import { at } from "./arrays.ts";
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

  const count = nodes.length;
  const keys = new Float64Array(graph.edges.length);
  let known = 0;
  for (const { source, target } of graph.edges) {
    const from = index.get(source);
    const to = index.get(target);
    if (from !== undefined && to !== undefined) keys[known++] = from * count + to;
  }
  const arcs: Arc[] = [];
  let before = -1;
  for (const key of keys.subarray(0, known).sort()) {
    if (key !== before) arcs.push({ from: Math.floor(key / count), to: key % count });
    before = key;
  }

  const root = roots(nodes.length, arcs);
  const local = new Int32Array(nodes.length);
  const parts = new Map<number, { nodes: LayoutNode[]; arcs: Arc[]; selfEdges: number[] }>();
  nodes.forEach((node, position) => {
    const own = at(root, position);
    const part = parts.get(own) ?? { nodes: [], arcs: [], selfEdges: [] };
    if (own === position) parts.set(own, part);
    local[position] = part.nodes.push(node) - 1;
  });
  for (const { from, to } of arcs) {
    const part = parts.get(at(root, from));
    if (from === to) part?.selfEdges.push(at(local, from));
    else part?.arcs.push({ from: at(local, from), to: at(local, to) });
  }
  return [...parts.values()];
}
