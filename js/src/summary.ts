/** The numbers of the summary line, and the sentence below it. */
import { barOf } from "./bar.ts";
import { count } from "./format.ts";
import type { Mirror } from "./mirror.ts";
import type { Picture } from "./picture/index.ts";
import { displayOrder, type Progress, type Segment } from "./progress.ts";
import type { State } from "./store.ts";
import { texts } from "./texts.ts";
import type { Group } from "./wire.ts";

export type Condition = keyof typeof texts.words;

export interface Totals extends Progress {
  readonly bar: readonly Segment[];
  /** Bytes ever produced. */
  readonly produced: number;
  /** Tasks of the present run that were forgotten with their group before they had finished. */
  readonly unfinished: number;
}

interface Sums {
  readonly groups: Picture["groups"];
  readonly counts: Readonly<Record<string, number>>;
  readonly totals: Totals;
}

/** The last sums by the states that they are of: at an update few of many groups have changed. */
const remembered = new WeakMap<readonly string[], Sums>();

/** Sums over the groups that are shown. */
export function totalsOf({ groups }: Picture, states: readonly string[]): Totals {
  const old = remembered.get(states);
  if (old?.groups === groups) return old.totals;
  const base = old && sameIds(old.groups, groups) ? old : null;
  const sum = { total: 0, done: 0, erred: 0, forgotten: 0, produced: 0, unfinished: 0, ...base?.totals };
  const counts: Record<string, number> = Object.assign(Object.create(null), base?.counts);
  const add = (group: Group, sign: 1 | -1) => {
    const { progress, segments } = barOf(group, states);
    sum.total += sign * progress.total;
    sum.done += sign * progress.done;
    sum.erred += sign * progress.erred;
    sum.forgotten += sign * progress.forgotten;
    sum.produced += sign * group.nbytesTotal;
    if (group.outcome !== null && !group.earlier) sum.unfinished += sign * progress.forgotten;
    for (const { state, count } of segments) counts[state] = (counts[state] ?? 0) + sign * count;
  };
  for (const group of groups.values()) {
    const before = base?.groups.get(group.id);
    if (before === group) continue;
    if (before) add(before, -1);
    add(group, 1);
  }
  const bar = displayOrder(Object.keys(counts)).flatMap((state) => segmentOf(state, counts[state]));
  const totals = { ...sum, bar };
  remembered.set(states, { groups, counts, totals });
  return totals;
}

const segmentOf = (state: string, count = 0): Segment[] => (count > 0 ? [{ state, count }] : []);

function sameIds(a: Picture["groups"], b: Picture["groups"]): boolean {
  if (a.size !== b.size) return false;
  for (const id of b.keys()) if (!a.has(id)) return false;
  return true;
}

export function conditionOf({ link, mirror }: State, totals: Totals): Condition {
  if (link === "none") return mirror.session ? "lost" : "none";
  if (link === "lost" || link === "closed") return link;
  const { status, started, ended, erred } = mirror.summary;
  if (!mirror.session || link === "silent") return "connecting";
  if (status !== "live") return status;
  if (!started) return "idle";
  if (erred > 0) return ended ? "failed" : "failing";
  if (totals.total === 0) return "idle";
  if (!ended) return "running";
  return totals.unfinished > 0 ? "stopped" : "finished";
}

/** Seconds since the run began, by the scheduler's clock; it stands still when the run is over or nobody tells. */
export function elapsedSeconds(
  { mirror, clockOffset }: State,
  condition: Condition,
  pageSeconds: number,
): number {
  const { started, ended, now } = mirror.summary;
  if (!started) return 0;
  const until = ended || (isRunning(condition) ? Math.max(now, pageSeconds + clockOffset) : now);
  return Math.max(0, until - started);
}

export const isRunning = (condition: Condition): boolean =>
  condition === "running" || condition === "failing";

/** What to tell in words: what is wrong and what to do, or why there is nothing to see. */
export function sentenceOf(state: State, picture: Picture): string {
  const { link, mirror, trouble } = state;
  const { status, message } = mirror.summary;
  if (trouble) return trouble;
  const isEmpty = mirror.groups.size === 0;
  const known = isEmpty ? texts.nothingKnown : texts.lastKnown;
  if (link === "none" && !mirror.session) return texts.noKernel;
  if (link === "none" || link === "lost") return texts.kernelLost(known);
  if (link === "closed" || status === "closed") return (!isEmpty && message) || texts.closed(known);
  if (message) return message;
  if (link === "silent" && mirror.session) return isEmpty ? texts.waiting : texts.stale;
  if (!mirror.session) return link === "silent" ? texts.waiting : texts.connecting;
  if (status === "lost") return texts.lost(known);
  if (status === "connecting") return texts.connecting;
  return picture.groups.size > 0 ? "" : nothingToSee(mirror, picture);
}

const nothingToSee = ({ groups }: Mirror, { earlier }: Picture): string =>
  groups.size > 0 ? texts.onlyEarlier(count(earlier)) : texts.empty;
