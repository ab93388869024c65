/** What a group builds on and what builds on it, however far. */
import type { Picture } from "../picture.ts";
import type { GroupId } from "../wire.ts";

export interface Paths {
  readonly upstream: ReadonlySet<GroupId>;
  readonly downstream: ReadonlySet<GroupId>;
}

export function pathsThrough(id: GroupId, { groups, dependents }: Picture): Paths {
  return {
    upstream: reach(id, (at) => groups.get(at)?.dependencies ?? []),
    downstream: reach(id, (at) => dependents.get(at) ?? []),
  };
}

function reach(from: GroupId, next: (id: GroupId) => readonly GroupId[]): Set<GroupId> {
  const reached = new Set([from]);
  // A set that is added to while it is gone through visits what was added.
  for (const id of reached) for (const other of next(id)) reached.add(other);
  return reached;
}

export const onPath = ({ upstream, downstream }: Paths, id: GroupId): boolean =>
  upstream.has(id) || downstream.has(id);

export const edgeOnPath = ({ upstream, downstream }: Paths, source: GroupId, target: GroupId): boolean =>
  (upstream.has(source) && upstream.has(target)) || (downstream.has(source) && downstream.has(target));
