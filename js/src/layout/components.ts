import { type Arc, roots } from "./arcs.ts";
import { at } from "./arrays.ts";
import type { LayoutEdge, LayoutGraph, LayoutNode } from "./graph.ts";

/** A connected part of the graph. Indices stand for the nodes in ascending order of id. */
export interface Component {
  readonly nodes: readonly LayoutNode[];
  /** Each once, in ascending order, without self edges. */
  readonly arcs: readonly Arc[];
  readonly selfEdges: readonly number[];
}

export const edgeOf = ({ nodes }: Component, { from, to }: Arc): LayoutEdge => ({
  source: at(nodes, from).id,
  target: at(nodes, to).id,
});

/** A part of a larger one, and which nodes and arcs of that it has. */
export interface Part {
  readonly component: Component;
  readonly nodes: readonly number[];
  readonly arcs: readonly number[];
}

/** What hangs together by arcs that are not cut, the part with the smallest index first. */
export function split(
  { nodes, arcs, selfEdges }: Component,
  isCut: (arc: number) => boolean = () => false,
): Part[] {
  const root = roots(
    nodes.length,
    arcs.filter((_, index) => !isCut(index)),
  );
  const local = new Int32Array(nodes.length);
  const parts = new Map<number, ReturnType<typeof empty>>();
  const empty = () => ({
    component: { nodes: [] as LayoutNode[], arcs: [] as Arc[], selfEdges: [] as number[] },
    nodes: [] as number[],
    arcs: [] as number[],
  });
  const partOf = (node: number) => parts.get(at(root, node));
  nodes.forEach((node, index) => {
    const part = partOf(index) ?? empty();
    parts.set(at(root, index), part);
    local[index] = part.nodes.push(index) - 1;
    part.component.nodes.push(node);
  });
  arcs.forEach(({ from, to }, index) => {
    const part = isCut(index) ? undefined : partOf(from);
    part?.arcs.push(index);
    part?.component.arcs.push({ from: at(local, from), to: at(local, to) });
  });
  for (const node of selfEdges) partOf(node)?.component.selfEdges.push(at(local, node));
  return [...parts.values()];
}

const length = (value: number): number => (Number.isFinite(value) && value > 0 ? value : 0);

/** Connected components, the one with the smallest id first. Edges that name unknown nodes are dropped. */
export function components(graph: LayoutGraph): Component[] {
  const byId = new Map<number, LayoutNode>();
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
  const selfEdges: number[] = [];
  let before = -1;
  for (const key of keys.subarray(0, known).sort()) {
    const [from, to] = [Math.floor(key / count), key % count];
    if (key === before) continue;
    if (from === to) selfEdges.push(from);
    else arcs.push({ from, to });
    before = key;
  }
  return split({ nodes, arcs, selfEdges }).map(({ component }) => component);
}
