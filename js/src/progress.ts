/** How far a group is: the one rule for what counts as total, done and erred. Its twin is `tgwidget/progress.py`. */
import type { Outcome } from "./wire.ts";

/** Task states in the order they are shown; unknown ones stand before the last. */
export const STATES = [
  "released",
  "memory",
  "processing",
  "queued",
  "waiting",
  "no-worker",
  "erred",
  "forgotten",
] as const;

export type Counts = Readonly<Record<string, number>>;

export interface Segment {
  readonly state: string;
  readonly count: number;
}

export interface Progress {
  readonly total: number;
  readonly done: number;
  readonly erred: number;
  readonly forgotten: number;
}

/** What the rule needs of a group. */
export interface Tasks {
  readonly states: Counts;
  readonly start: number;
  readonly nbytesTotal: number;
  readonly outcome: Outcome | null;
}

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

export function progress({ states, start, nbytesTotal, outcome }: Tasks): Progress {
  const everything = sum(Object.values(states));
  if (outcome !== null) {
    const { done, erred } = outcome;
    return { total: everything, done, erred, forgotten: Math.max(0, everything - done - erred) };
  }
  const { forgotten = 0, memory = 0, released = 0, erred = 0 } = states;
  const ran = start > 0 || nbytesTotal > 0;
  return { total: everything - forgotten, done: memory + (ran ? released : 0), erred, forgotten };
}

const RANKS = new Map<string, number>(STATES.map((state, rank) => [state, rank]));
const UNKNOWN_RANK = STATES.length - 1.5;
const rankOf = (name: string): number => RANKS.get(name) ?? UNKNOWN_RANK;

/** Names of states in display order. */
export const displayOrder = (names: Iterable<string>): string[] =>
  [...new Set(names)].sort((a, b) => rankOf(a) - rankOf(b));

/** The parts of a group's bar. Of a group that is gone, what had finished shows as "released". */
export function segments(tasks: Tasks): Segment[] {
  const parts = tasks.outcome === null ? living(tasks.states) : gone(progress(tasks));
  return parts.filter(({ count }) => count > 0);
}

function living(states: Counts): Segment[] {
  const parts: Segment[] = [];
  for (const state in states)
    if (states[state] && state !== "forgotten") parts.push({ state, count: states[state] });
  return parts.sort((a, b) => rankOf(a.state) - rankOf(b.state));
}

const gone = ({ done, erred, forgotten }: Progress): Segment[] => [
  { state: "released", count: done },
  { state: "erred", count: erred },
  { state: "forgotten", count: forgotten },
];

/** Several bars as one. */
export function mergeSegments(bars: Iterable<readonly Segment[]>): Segment[] {
  // No map: this runs over all groups at each update, and a property is found several times faster.
  const counts: Record<string, number> = Object.create(null);
  for (const bar of bars) {
    for (const { state, count } of bar) counts[state] = (counts[state] ?? 0) + count;
  }
  return displayOrder(Object.keys(counts)).map((state) => ({ state, count: counts[state] ?? 0 }));
}
