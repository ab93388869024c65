/** What the panel is about: the groups that are selected, also those that the page no longer knows. */
import type { Mirror } from "../mirror.ts";
import type { Picture } from "../picture/index.ts";
import type { Group, GroupId } from "../wire.ts";

/** The selected groups as they are now, or as they were last. */
export function subjectOf(
  selected: readonly string[],
  picture: Picture,
  { groups }: Mirror,
  before: ReadonlyMap<string, Group>,
): ReadonlyMap<string, Group> {
  const subject = new Map<string, Group>();
  for (const key of selected) {
    const group = groups.get(picture.ids.get(key) ?? 0) ?? before.get(key);
    if (group) subject.set(key, group);
  }
  return subject;
}

/** Who needs whom, the other way round. */
export type Dependents = ReadonlyMap<GroupId, readonly GroupId[]>;

const remembered = new WeakMap<Mirror["groups"], Dependents>();

export function dependentsIn(groups: Mirror["groups"]): Dependents {
  const old = remembered.get(groups);
  if (old) return old;
  const dependents = new Map<GroupId, GroupId[]>();
  for (const { id, dependencies } of groups.values()) {
    for (const needed of dependencies) {
      const known = dependents.get(needed);
      if (known) known.push(id);
      else dependents.set(needed, [id]);
    }
  }
  remembered.set(groups, dependents);
  return dependents;
}
