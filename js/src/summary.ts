/** The numbers of the summary line, and the sentence below it. */
import { barOf } from "./bar.ts";
import { count } from "./format.ts";
import type { Mirror } from "./mirror.ts";
import type { Picture } from "./picture/index.ts";
import { mergeSegments, type Progress, type Segment } from "./progress.ts";
import type { State } from "./store.ts";
import { texts } from "./texts.ts";

export type Condition = keyof typeof texts.words;

export interface Totals extends Progress {
  readonly bar: readonly Segment[];
  /** Bytes ever produced. */
  readonly produced: number;
  /** Tasks of the present run that were forgotten with their group before they had finished. */
  readonly unfinished: number;
}

/** Sums over the groups that are shown. */
export function totalsOf(picture: Picture, states: readonly string[]): Totals {
  const sum = { total: 0, done: 0, erred: 0, forgotten: 0, produced: 0, unfinished: 0 };
  const bars: (readonly Segment[])[] = [];
  for (const group of picture.groups.values()) {
    const { progress, segments } = barOf(group, states);
    sum.total += progress.total;
    sum.done += progress.done;
    sum.erred += progress.erred;
    sum.forgotten += progress.forgotten;
    sum.produced += group.nbytesTotal;
    if (group.outcome !== null && !group.earlier) sum.unfinished += progress.forgotten;
    bars.push(segments);
  }
  return { ...sum, bar: mergeSegments(bars) };
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
  if (link === "none") return mirror.session ? texts.kernelLost : texts.noKernel;
  if (link === "lost") return texts.kernelLost;
  if (link === "closed") return message || texts.closed;
  if (message) return message;
  if (link === "silent" && mirror.session) return texts.stale;
  if (!mirror.session) return link === "silent" ? texts.waiting : texts.connecting;
  if (status !== "live") return texts[status];
  return picture.groups.size > 0 ? "" : nothingToSee(mirror, picture);
}

const nothingToSee = ({ groups }: Mirror, { earlier }: Picture): string =>
  groups.size > 0 ? texts.onlyEarlier(count(earlier)) : texts.empty;
