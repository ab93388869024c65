/** The graph that the layout takes, made of the nodes that are shown. */
import type { LayoutEdge, LayoutGraph } from "../layout/graph.ts";
import type { GraphNode, NodeId } from "../picture/node.ts";
import { CARD } from "./card.ts";

export function layoutGraph(
  nodes: ReadonlyMap<NodeId, GraphNode>,
  widths: ReadonlyMap<NodeId, number>,
): LayoutGraph {
  const edges: LayoutEdge[] = [];
  for (const { id, dependencies } of nodes.values())
    for (const source of dependencies) edges.push({ source, target: id });
  const cards = [...nodes.keys()].map((id) => ({
    id,
    width: widths.get(id) ?? CARD.minWidth,
    height: CARD.height,
  }));
  return { nodes: cards, edges };
}
