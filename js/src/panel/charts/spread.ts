/** How the tasks of a group, their memory and their time spread over the workers; taken in slice by slice. */
import { orderKey } from "../../names.ts";
import { SOMEBODY, type Study, UNTOLD } from "../../study.ts";
import { quantile } from "./quantiles.ts";

export interface WorkerShare {
  readonly name: string;
  readonly tasks: number;
  /** By number of the state. */
  readonly states: readonly number[];
  /** Bytes of results that it holds. */
  readonly held: number;
  /** Spent on tasks that finished while somebody looked, and how many these were. */
  readonly seconds: number;
  readonly finished: number;
}

export const MEASURES = ["tasks", "held", "seconds"] as const;
export type Measure = (typeof MEASURES)[number];

export interface Skew {
  readonly median: number;
  readonly most: number;
}

export interface Spread {
  /** Of the workers that have something to do with the group. */
  readonly shares: readonly WorkerShare[];
  /** Tasks on no worker. */
  readonly homeless: number;
  /** Tasks of which it is told where they are. */
  readonly told: number;
}

export const NO_SPREAD: Spread = { shares: [], homeless: 0, told: 0 };

const PORTION = 8192;

/** A pass over the tasks under way. */
export interface Counting {
  readonly study: Study;
  at: number;
  /** Its numbers have been taken. */
  done: boolean;
  readonly counts: Uint32Array;
  readonly held: Float64Array;
}

export const newCounting = (study: Study): Counting => ({
  study,
  at: 0,
  done: false,
  // One row for tasks on no worker, and one for workers without a name.
  counts: new Uint32Array((study.workerNames.length + 2) * study.stateNames.length),
  held: new Float64Array(study.workerNames.length + 2),
});

/** True at the end of the pass. */
export function count(counting: Counting, isLate: () => boolean): boolean {
  const { study, counts, held } = counting;
  const { states, workers, nbytes, stateNames, workerNames } = study;
  const known = Math.min(study.count, states.length, workers.length);
  const wide = stateNames.length;
  const unnamed = workerNames.length + 1;
  const memory = stateNames.indexOf("memory");
  const isNamed = unnamed < SOMEBODY;
  while (counting.at < known) {
    const end = Math.min(known, counting.at + PORTION);
    for (let place = counting.at; place < end; place++) {
      const state = states[place] ?? UNTOLD;
      const code = workers[place] ?? SOMEBODY;
      if (state === UNTOLD || (code === SOMEBODY && isNamed)) continue;
      const worker = code < unnamed ? code : unnamed;
      const slot = worker * wide + state;
      counts[slot] = (counts[slot] ?? 0) + 1;
      const size = nbytes[place] ?? 0;
      if (state === memory && size > 0) held[worker] = (held[worker] ?? 0) + size;
    }
    counting.at = end;
    if (end < known && isLate()) return false;
  }
  return true;
}

/** Of a pass that has come to its end. `others` is the name of all that have none. */
export function spreadOf({ study, counts, held }: Counting, others: string): Spread {
  const { stateNames, workerNames, timings } = study;
  const wide = stateNames.length;
  const seconds = new Float64Array(workerNames.length + 2);
  const finished = new Uint32Array(workerNames.length + 2);
  for (const { worker, start, stop } of timings) {
    const row = worker === SOMEBODY ? workerNames.length + 1 : worker;
    seconds[row] = (seconds[row] ?? 0) + Math.max(0, stop - start);
    finished[row] = (finished[row] ?? 0) + 1;
  }
  const shares: WorkerShare[] = [];
  for (let row = 1; row < workerNames.length + 2; row++) {
    const states = Array.from(counts.subarray(row * wide, (row + 1) * wide));
    const tasks = states.reduce((sum, each) => sum + each, 0);
    if (tasks === 0 && finished[row] === 0) continue;
    shares.push({
      name: workerNames[row - 1] ?? others,
      tasks,
      states,
      held: held[row] ?? 0,
      seconds: seconds[row] ?? 0,
      finished: finished[row] ?? 0,
    });
  }
  const sum = (part: Uint32Array) => part.reduce((all, each) => all + each, 0);
  return { shares, homeless: sum(counts.subarray(0, wide)), told: sum(counts) };
}

/** The most first; what is equal by name. */
export function sortedBy(shares: readonly WorkerShare[], by: Measure): WorkerShare[] {
  const keys = new Map(shares.map((share) => [share, orderKey(share.name)]));
  const keyOf = (share: WorkerShare) => keys.get(share) ?? "";
  return [...shares].sort((a, b) => b[by] - a[by] || (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** Among so many workers: those that have none of it count as well. */
export function skewOf(shares: readonly WorkerShare[], by: Measure, workers: number): Skew {
  const values = new Float64Array(Math.max(workers, shares.length));
  shares.forEach((share, at) => {
    values[at] = share[by];
  });
  values.sort();
  const middle = (values.length - 1) / 2;
  const [low = 0, high = 0] = [values[Math.floor(middle)], values[Math.ceil(middle)]];
  return { median: (low + high) / 2, most: values.length > 0 ? quantile(values, 1) : 0 };
}
