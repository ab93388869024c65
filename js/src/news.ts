/** What has erred or finished between two pictures. */
import { barOf } from "./bar.ts";
import { count } from "./format.ts";
import { isFinished } from "./picture/finished.ts";
import type { Picture } from "./picture/index.ts";
import { texts } from "./texts.ts";
import type { Group } from "./wire.ts";

const NAMED = 3;

/** A sentence or two; empty when there is nothing new. Only groups that changed are looked into. */
export function news(before: Picture, after: Picture, states: readonly string[]): string {
  const erred: string[] = [];
  const finished: string[] = [];
  for (const [id, group] of after.groups) {
    const old = before.groups.get(id);
    if (old === group || (!old && group.earlier)) continue;
    if (isErred(group, states) && !(old && isErred(old, states))) erred.push(group.prefix);
    if (isFinished(group, states) && !(old && isFinished(old, states))) finished.push(group.prefix);
  }
  return [
    erred.length > 0 ? texts.announceErred(listed(erred)) : "",
    finished.length > 0 ? texts.announceFinished(listed(finished)) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

const isErred = (group: Group, states: readonly string[]): boolean => barOf(group, states).progress.erred > 0;

function listed(names: readonly string[]): string {
  const rest = names.length - NAMED;
  return [...names.slice(0, NAMED), ...(rest > 0 ? [texts.andMore(count(rest))] : [])].join(", ");
}
