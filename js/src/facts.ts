/** Everything known of one group, as text for the hover card. */
import { barOf } from "./bar.ts";
import { bytes, count, duration, percent, ratio, time } from "./format.ts";
import { countsOf, type Mirror } from "./mirror.ts";
import { cutMiddle, keyOf, readableName } from "./names.ts";
import type { Picture } from "./picture.ts";
import { displayOrder, type Segment } from "./progress.ts";
import { texts } from "./texts.ts";
import type { Group, GroupId } from "./wire.ts";

export interface Fact {
  readonly label: string;
  readonly values: readonly string[];
}

export interface Facts {
  readonly prefix: string;
  readonly name: string;
  readonly done: string;
  readonly percent: string;
  readonly bar: readonly Segment[];
  /** Every state with tasks, also those that the bar leaves out. */
  readonly counts: readonly Segment[];
  /** What is out of the ordinary about the group as a whole. */
  readonly notes: readonly string[];
  readonly facts: readonly Fact[];
  readonly code: string;
}

const SOME = 4;
const SHORT = 36;

export function factsOf(group: Group, mirror: Mirror, picture: Picture): Facts {
  const { progress, segments } = barOf(group, mirror.states);
  const counts = countsOf(group, mirror.states);
  const words = texts.facts;
  const names = (ids: readonly GroupId[]) => bounded(ids.flatMap((id) => shortName(mirror.groups.get(id))));
  const facts: Fact[] = [
    { label: words.durations, values: durations(group, mirror.actions) },
    { label: words.produced, values: [bytes(group.nbytesTotal), ...bounded(group.types)] },
    { label: words.ran, values: [ranFrom(group)] },
    { label: words.lastWorker, values: lastWorker(group) },
    { label: words.dependencies, values: names(group.dependencies) },
    { label: words.dependents, values: names(picture.dependents.get(group.id) ?? []) },
    { label: words.runs, values: group.runs > 1 ? [words.times(count(group.runs))] : [] },
    { label: words.span, values: group.spanId ? [group.spanId] : [] },
  ];
  return {
    prefix: group.prefix,
    name: keyOf(group),
    done: progress.total > 0 ? `${ratio(progress.done, progress.total)} ${texts.tasks}` : texts.noTasks,
    percent: percent(progress.done, progress.total),
    bar: segments,
    counts:
      group.outcome === null
        ? displayOrder(Object.keys(counts))
            .map((state) => ({ state, count: counts[state] ?? 0 }))
            .filter((segment) => segment.count > 0)
        : segments,
    notes: [...(group.outcome ? [words.gone] : []), ...(group.earlier ? [words.earlier] : [])],
    facts: facts.filter(({ values }) => values.length > 0),
    code: firstLine(mirror.computations.get(group.computation)?.code ?? []),
  };
}

/** As on the card, in one line. */
function shortName(group: Group | undefined): string[] {
  if (!group) return [];
  const { prefix, token } = readableName(group);
  return [`${cutMiddle(prefix, SHORT)}\u00a0${cutMiddle(token, 7)}`.trim()];
}

function bounded(names: readonly string[]): string[] {
  if (names.length <= SOME) return [...names];
  return [...names.slice(0, SOME), texts.facts.some(count(SOME), count(names.length))];
}

/** From the first start to the last end so far, local time. */
const ranFrom = ({ start, stop }: Group): string =>
  start > 0 ? [time(start), ...(stop > 0 ? [time(stop)] : [])].join(" – ") : texts.facts.notYet;

function durations({ allDurations }: Group, actions: readonly string[]): string[] {
  const parts = allDurations.map((spent, at) => ({ seconds: spent, action: actions[at] ?? "?" }));
  const spent = parts.filter(({ seconds }) => seconds > 0).sort((a, b) => b.seconds - a.seconds);
  return spent.map(({ action, seconds }) => `${action} ${duration(seconds)}`);
}

function lastWorker({ lastWorker: worker, lastWorkerTasksLeft: left }: Group): string[] {
  if (!worker) return [];
  return left > 0 ? [worker, texts.facts.tasksLeft(count(left))] : [worker];
}

const firstLine = (code: readonly string[]): string =>
  code
    .join("\n")
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "" && !line.startsWith("#")) ?? "";
