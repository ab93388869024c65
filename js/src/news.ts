/** What has erred or finished since somebody was last told. */
import { barOf } from "./bar.ts";
import { count } from "./format.ts";
import type { Picture } from "./picture/index.ts";
import { texts } from "./texts.ts";
import type { GroupId } from "./wire.ts";

export interface Told {
  readonly erred: ReadonlySet<GroupId>;
  readonly finished: ReadonlySet<GroupId>;
}

const NAMED = 3;

export function toldOf(picture: Picture, states: readonly string[]): Told {
  const erred = new Set<GroupId>();
  const finished = new Set<GroupId>();
  for (const group of picture.groups.values()) {
    const { progress } = barOf(group, states);
    if (progress.erred > 0) erred.add(group.id);
    if (progress.total > 0 && progress.done === progress.total) finished.add(group.id);
  }
  return { erred, finished };
}

/** A sentence or two; empty when there is nothing new. */
export function news(before: Told, after: Told, picture: Picture): string {
  const fresh = (old: ReadonlySet<GroupId>, all: ReadonlySet<GroupId>) =>
    [...all].filter((id) => !old.has(id)).map((id) => picture.groups.get(id)?.prefix ?? "");
  const erred = fresh(before.erred, after.erred);
  const finished = fresh(before.finished, after.finished);
  return [
    erred.length > 0 ? texts.announceErred(listed(erred)) : "",
    finished.length > 0 ? texts.announceFinished(listed(finished)) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(rest > 0 ? [texts.andMore(count(rest))] : [])].join(", ");
}
