/** Which of the running tasks take longer than their like. */
import type { Timing } from "../../wire-study.ts";
import type { Running } from "./lanes.ts";
import { quantile } from "./quantiles.ts";

export interface Durations {
  /** Seconds, the shortest first. */
  readonly sorted: Float64Array;
  readonly median: number;
  readonly p95: number;
}

export function durationsOf(timings: readonly Timing[]): Durations {
  const sorted = new Float64Array(timings.length);
  for (let at = 0; at < timings.length; at++) {
    const timing = timings[at];
    sorted[at] = timing ? Math.max(0, timing.stop - timing.start) : 0;
  }
  sorted.sort();
  return { sorted, median: quantile(sorted, 0.5), p95: quantile(sorted, 0.95) };
}

/** Of fewer, the average of the prefix says more than the longest. */
const FEW = 5;
const TIMES_AVERAGE = 3;

/** Seconds after which a task is one that lags behind; null where nothing is known. */
export function typicalSeconds({ sorted, p95 }: Durations, durationAverage: number | null): number | null {
  const average = durationAverage !== null && durationAverage > 0 ? TIMES_AVERAGE * durationAverage : null;
  if (sorted.length >= FEW) return p95;
  return average ?? (sorted.length > 0 ? p95 : null);
}

export interface Straggler extends Running {
  readonly seconds: number;
  /** Of what is typical. */
  readonly times: number;
}

/** The longest first. */
export function stragglersOf(running: readonly Running[], typical: number | null, now: number): Straggler[] {
  if (typical === null || !(typical > 0)) return [];
  return running
    .map((task) => ({ ...task, seconds: now - task.start, times: (now - task.start) / typical }))
    .filter(({ seconds }) => seconds > typical)
    .sort((a, b) => b.seconds - a.seconds);
}
