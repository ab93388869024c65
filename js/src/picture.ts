/** What is shown of a mirror: which groups, joined how. */
import type { Mirror } from "./mirror.ts";
import { keyOf } from "./names.ts";
import type { Group, GroupId } from "./wire.ts";

export interface Picture {
  readonly groups: ReadonlyMap<GroupId, Group>;
  /** Groups known, shown or not. */
  readonly known: number;
  readonly earlier: number;
  /** Shown groups by key. */
  readonly ids: ReadonlyMap<string, GroupId>;
  /** Shown groups that need a group. */
  readonly dependents: ReadonlyMap<GroupId, readonly GroupId[]>;
  /** Changes when other groups are shown, they are joined otherwise or need other cards, and only then. */
  readonly structure: number;
}

export const EMPTY_PICTURE: Picture = {
  groups: new Map(),
  known: 0,
  earlier: 0,
  ids: new Map(),
  dependents: new Map(),
  structure: 0,
};

/** The picture of a mirror; parts that did not change are those of `before`. */
export function pictureOf(mirror: Mirror, showEarlier: boolean, before: Picture = EMPTY_PICTURE): Picture {
  const all = [...mirror.groups.values()];
  const earlier = all.filter((group) => group.earlier).length;
  const shown = showEarlier ? all : all.filter((group) => !group.earlier);
  const groups = new Map(shown.map((group) => [group.id, group]));
  const counted = { groups, known: all.length, earlier };
  if (sameStructure(before.groups, groups)) return { ...before, ...counted };
  return {
    ...counted,
    ids: new Map(shown.map((group) => [keyOf(group), group.id])),
    dependents: dependentsOf(groups),
    structure: before.structure + 1,
  };
}

function sameStructure(a: ReadonlyMap<GroupId, Group>, b: ReadonlyMap<GroupId, Group>): boolean {
  if (a.size !== b.size) return false;
  for (const [id, group] of b) {
    const old = a.get(id);
    if (old === group) continue;
    if (old?.name !== group.name || old.key !== group.key) return false;
    if (!sameIds(old.dependencies, group.dependencies)) return false;
    if (magnitude(old) !== magnitude(group)) return false;
  }
  return true;
}

/** Digits of the number of tasks: what the size of a card depends on besides the name. */
export const magnitude = ({ states }: Group): number =>
  String(states.reduce((sum, count) => sum + count, 0)).length;

const sameIds = (a: readonly GroupId[], b: readonly GroupId[]) =>
  a === b || (a.length === b.length && a.every((id, at) => id === b[at]));

function dependentsOf(groups: ReadonlyMap<GroupId, Group>): Map<GroupId, GroupId[]> {
  const dependents = new Map<GroupId, GroupId[]>();
  for (const { id, dependencies } of groups.values()) {
    for (const dependency of dependencies) {
      const known = dependents.get(dependency);
      if (known) known.push(id);
      else dependents.set(dependency, [id]);
    }
  }
  return dependents;
}
