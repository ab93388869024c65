/** The graph that the layout takes, made of the groups that are shown. */
import type { LayoutEdge, LayoutGraph } from "../layout/graph.ts";
import type { Group, GroupId } from "../wire.ts";
import { CARD } from "./card.ts";

export function layoutGraph(
  groups: ReadonlyMap<GroupId, Group>,
  widths: ReadonlyMap<GroupId, number>,
): LayoutGraph {
  const edges: LayoutEdge[] = [];
  for (const { id, dependencies } of groups.values()) {
    for (const source of new Set(dependencies)) if (groups.has(source)) edges.push({ source, target: id });
  }
  const nodes = [...groups.keys()].map((id) => ({
    id,
    width: widths.get(id) ?? CARD.minWidth,
    height: CARD.height,
  }));
  return { nodes, edges };
}
