/** Everything known of one node, as text for the hover card. */
import { barOf, barOfNode } from "./bar.ts";
import { bytes, count, duration, percent, ratio, time } from "./format.ts";
import { countsOf, type Mirror } from "./mirror.ts";
import { codeLine, cutMiddle, readableName } from "./names.ts";
import type { Picture } from "./picture/index.ts";
import { fullName, type GraphNode, isGone, type NodeId } from "./picture/node.ts";
import { displayOrder, mergeSegments, type Segment } from "./progress.ts";
import { texts } from "./texts.ts";
import type { Group } from "./wire.ts";

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

export function factsOf(node: GraphNode, mirror: Mirror, picture: Picture): Facts {
  const { progress, segments } = barOfNode(node, mirror.states);
  const { members } = node;
  const words = texts.facts;
  const [only] = members.length === 1 ? members : [];
  const names = (ids: readonly NodeId[]) => bounded(ids.flatMap((id) => shortName(picture.nodes.get(id))));
  const facts: Fact[] = [
    { label: words.members, values: only ? [] : bounded(members.map(memberName)) },
    { label: words.durations, values: durations(members, mirror.actions) },
    { label: words.produced, values: [bytes(producedBy(members)), ...bounded(typesOf(members))] },
    { label: words.ran, values: [ranFrom(members)] },
    { label: words.lastWorker, values: only ? lastWorker(only) : bounded(lastWorkers(members)) },
    { label: words.dependencies, values: names(node.dependencies) },
    { label: words.dependents, values: names(picture.dependents.get(node.id) ?? []) },
    { label: words.runs, values: only && only.runs > 1 ? [words.times(count(only.runs))] : [] },
    { label: words.span, values: only?.spanId ? [only.spanId] : [] },
  ];
  const isOfEarlierRun = members.every(({ earlier }) => earlier);
  return {
    prefix: node.name.prefix,
    name: fullName(node),
    done: progress.total > 0 ? `${ratio(progress.done, progress.total)} ${texts.tasks}` : texts.noTasks,
    percent: percent(progress.done, progress.total),
    bar: segments,
    counts: mergeSegments(members.map((group) => everyState(group, mirror.states))),
    notes: [...(isGone(node) ? [words.gone] : []), ...(isOfEarlierRun ? [words.earlier] : [])],
    facts: facts.filter(({ values }) => values.length > 0),
    code: only ? codeLine(mirror.computations.get(only.computation)?.code ?? []) : "",
  };
}

/** Also the states that the bar leaves out. */
export function everyState(group: Group, states: readonly string[]): readonly Segment[] {
  if (group.outcome !== null) return barOf(group, states).segments;
  const counts = countsOf(group, states);
  return displayOrder(Object.keys(counts))
    .map((state) => ({ state, count: counts[state] ?? 0 }))
    .filter((segment) => segment.count > 0);
}

/** As on the card, in one line. */
function shortName(node: GraphNode | undefined): string[] {
  if (!node) return [];
  const { prefix, token } = node.name;
  return [`${cutMiddle(prefix, SHORT)}\u00a0${node.kind === "group" ? cutMiddle(token, 7) : token}`.trim()];
}

function memberName(group: Group): string {
  const { prefix, token } = readableName(group);
  return `${cutMiddle(prefix, SHORT)}\u00a0${cutMiddle(token, 7)}`.trim();
}

const producedBy = (members: readonly Group[]): number =>
  members.reduce((sum, { nbytesTotal }) => sum + nbytesTotal, 0);

const typesOf = (members: readonly Group[]): string[] => [...new Set(members.flatMap(({ types }) => types))];

const lastWorkers = (members: readonly Group[]): string[] => [
  ...new Set(members.flatMap(({ lastWorker: worker }) => worker ?? [])),
];

function bounded(names: readonly string[]): string[] {
  if (names.length <= SOME) return [...names];
  return [...names.slice(0, SOME), texts.facts.some(count(SOME), count(names.length))];
}

/** From the first start to the last end so far, local time. */
export function ranFrom(members: readonly Group[]): string {
  const begun = members.filter(({ start }) => start > 0);
  if (begun.length === 0) return texts.facts.notYet;
  const start = begun.reduce((first, group) => Math.min(first, group.start), Number.POSITIVE_INFINITY);
  const stop = begun.reduce((last, group) => Math.max(last, group.stop), 0);
  return [time(start), ...(stop > 0 ? [time(stop)] : [])].join(" – ");
}

export function durations(members: readonly Group[], actions: readonly string[]): string[] {
  const parts = actions.map((action, at) => ({
    action,
    seconds: members.reduce((sum, { allDurations }) => sum + (allDurations[at] ?? 0), 0),
  }));
  const spent = parts.filter(({ seconds }) => seconds > 0).sort((a, b) => b.seconds - a.seconds);
  return spent.map(({ action, seconds }) => `${action} ${duration(seconds)}`);
}

export function lastWorker({ lastWorker: worker, lastWorkerTasksLeft: left }: Group): string[] {
  if (!worker) return [];
  return left > 0 ? [worker, texts.facts.tasksLeft(count(left))] : [worker];
}
