/** What a node builds on and what builds on it, however far. */
import type { Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";

export interface Paths {
  readonly upstream: ReadonlySet<NodeId>;
  readonly downstream: ReadonlySet<NodeId>;
}

export function pathsThrough(id: NodeId, { nodes, dependents }: Picture): Paths {
  return {
    upstream: reach(id, (at) => nodes.get(at)?.dependencies ?? []),
    downstream: reach(id, (at) => dependents.get(at) ?? []),
  };
}

function reach(from: NodeId, next: (id: NodeId) => readonly NodeId[]): Set<NodeId> {
  const reached = new Set([from]);
  // A set that is added to while it is gone through visits what was added.
  for (const id of reached) for (const other of next(id)) reached.add(other);
  return reached;
}

export const onPath = ({ upstream, downstream }: Paths, id: NodeId): boolean =>
  upstream.has(id) || downstream.has(id);

export const edgeOnPath = ({ upstream, downstream }: Paths, source: NodeId, target: NodeId): boolean =>
  (upstream.has(source) && upstream.has(target)) || (downstream.has(source) && downstream.has(target));
