/** When tasks ran, as bars in lanes: one worker's are side by side, as many as it ran at once. */
import { orderKey } from "../../names.ts";
import type { Timing } from "../../wire-study.ts";

/** A task that runs. */
export interface Running {
  readonly key: string;
  /** Null: it cannot be asked about. */
  readonly reference: number | null;
  readonly worker: string;
  /** Seconds since the epoch. */
  readonly start: number;
}

/** Bars of tasks that finished, as many as timings and in their order; then of those that run. */
export interface Lanes {
  /** By bar. */
  readonly lane: Uint32Array;
  readonly count: number;
  readonly workers: readonly WorkerLanes[];
}

export interface WorkerLanes {
  readonly name: string;
  readonly first: number;
  readonly count: number;
}

/** Clocks of workers differ by a little. */
const TOLERANCE_SECONDS = 0.001;

/** The lane of a worker that was free last before; a new one when none was. */
function freeLane(ends: readonly number[], start: number): number {
  let best = -1;
  let latest = Number.NEGATIVE_INFINITY;
  ends.forEach((end, lane) => {
    if (end > start + TOLERANCE_SECONDS || end <= latest) return;
    latest = end;
    best = lane;
  });
  return best < 0 ? ends.length : best;
}

/** `nameOf` tells a worker by its number in the timings. */
export function lanesOf(
  timings: readonly Timing[],
  running: readonly Running[],
  nameOf: (worker: number) => string,
): Lanes {
  const numbers = new Map<string, number>();
  const ends: number[][] = [];
  const total = timings.length + running.length;
  const owner = new Uint32Array(total);
  const lane = new Uint32Array(total);
  const byCode: number[] = [];

  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, ends.length);
    ends.push([]);
    return ends.length - 1;
  };
  const put = (bar: number, worker: number, start: number, stop: number) => {
    const own = ends[worker] ?? [];
    const free = freeLane(own, start);
    own[free] = stop;
    owner[bar] = worker;
    lane[bar] = free;
  };
  timings.forEach(({ worker, start, stop }, bar) => {
    byCode[worker] ??= numberOf(nameOf(worker));
    put(bar, byCode[worker], start, stop);
  });
  running.forEach(({ worker, start }, at) => {
    put(timings.length + at, numberOf(worker), start, Number.POSITIVE_INFINITY);
  });

  const names = [...numbers.keys()];
  const keys = names.map(orderKey);
  const order = names.map((_, at) => at).sort((a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1));
  const firsts = new Uint32Array(names.length);
  let next = 0;
  const workers = order.map((at) => {
    const count = ends[at]?.length ?? 0;
    const made = { name: names[at] ?? "", first: next, count };
    firsts[at] = next;
    next += count;
    return made;
  });
  for (let bar = 0; bar < total; bar++) lane[bar] = (lane[bar] ?? 0) + (firsts[owner[bar] ?? 0] ?? 0);
  return { lane, count: next, workers };
}
