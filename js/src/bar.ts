/** Progress and bar of a group or a node, worked out once for each change of it. */
import { countsOf } from "./mirror.ts";
import { mergeSegments, type Progress, progress, type Segment, segments } from "./progress.ts";
import type { Group } from "./wire.ts";

export interface Bar {
  readonly progress: Progress;
  readonly segments: readonly Segment[];
}

interface Remembered extends Bar {
  readonly states: readonly string[];
}

/** One group or more that are shown as one. */
interface Several {
  readonly members: readonly Group[];
}

const remembered = new WeakMap<Group | Several, Remembered>();

export function barOf(group: Group, states: readonly string[]): Bar {
  const old = remembered.get(group);
  if (old?.states === states) return old;
  const { start, nbytesTotal, outcome } = group;
  const tasks = { states: countsOf(group, states), start, nbytesTotal, outcome };
  const bar = { progress: progress(tasks), segments: segments(tasks), states };
  remembered.set(group, bar);
  return bar;
}

/** Of all members together. */
export function barOfNode(node: Several, states: readonly string[]): Bar {
  const [only, ...others] = node.members;
  if (only && others.length === 0) return barOf(only, states);
  const old = remembered.get(node);
  if (old?.states === states) return old;
  const bars = node.members.map((member) => barOf(member, states));
  const bar = {
    progress: sumOf(bars.map((each) => each.progress)),
    segments: mergeSegments(bars.map((each) => each.segments)),
    states,
  };
  remembered.set(node, bar);
  return bar;
}

function sumOf(all: readonly Progress[]): Progress {
  const sum = { total: 0, done: 0, erred: 0, forgotten: 0 };
  for (const { total, done, erred, forgotten } of all) {
    sum.total += total;
    sum.done += done;
    sum.erred += erred;
    sum.forgotten += forgotten;
  }
  return sum;
}
