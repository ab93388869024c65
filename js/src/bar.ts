/** Progress and bar of a group, worked out once for each change of it. */
import { countsOf } from "./mirror.ts";
import { type Progress, progress, type Segment, segments } from "./progress.ts";
import type { Group } from "./wire.ts";

export interface Bar {
  readonly progress: Progress;
  readonly segments: readonly Segment[];
}

interface Remembered extends Bar {
  readonly states: readonly string[];
}

const remembered = new WeakMap<Group, Remembered>();

export function barOf(group: Group, states: readonly string[]): Bar {
  const old = remembered.get(group);
  if (old?.states === states) return old;
  const tasks = { ...group, states: countsOf(group, states) };
  const bar = { progress: progress(tasks), segments: segments(tasks), states };
  remembered.set(group, bar);
  return bar;
}
