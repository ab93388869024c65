/** Tasks in the order in which the table shows them, made in steps: a million take longer than a frame has time. */
import type { Study } from "../../study.ts";

export const SORTS = ["state", "worker", "duration", "nbytes", "type", "suspicious"] as const;
export type Sort = (typeof SORTS)[number];

export interface Choice {
  readonly sort: Sort;
  readonly descending: boolean;
  /** Only tasks in these states; empty: all. */
  readonly states: ReadonlySet<string>;
  /** Only these places; null: all. */
  readonly found: readonly number[] | null;
}

/** What runs comes first, then what is in the way. */
const URGENCY = ["processing", "erred", "no-worker", "queued", "waiting", "memory", "released"];

const STEP = 100_000;
const DIGIT = 16;
const BUCKETS = 1 << DIGIT;
/** Without a value: last, in either direction. */
const ABSENT = 0xffff_ffff;
const LARGEST = ABSENT - 1;

/** Places of the chosen tasks, sorted; among equals by place. Yields between steps of a few milliseconds. */
export function* ordered(
  study: Study,
  choice: Choice,
  durations: ReadonlyMap<number, number>,
): Generator<undefined, Uint32Array> {
  const places = yield* chosen(study, choice);
  const keyOf = keysOf(study, choice.sort, durations);
  const keys = new Uint32Array(study.count);
  for (let from = 0; from < places.length; from += STEP) {
    const to = Math.min(places.length, from + STEP);
    for (let at = from; at < to; at++) {
      const place = places[at] ?? 0;
      const key = keyOf(place);
      keys[place] = choice.descending && key !== ABSENT ? LARGEST - key : key;
    }
    yield;
  }
  const low = yield* sortedBy(places, keys, 0);
  return yield* sortedBy(low, keys, DIGIT);
}

function* chosen({ count, states, stateNames }: Study, choice: Choice): Generator<undefined, Uint32Array> {
  const { found } = choice;
  const wanted = stateNames.map((name) => choice.states.size === 0 || choice.states.has(name));
  const places = new Uint32Array(found ? found.length : count);
  let taken = 0;
  for (let at = 0; at < places.length; at++) {
    const place = found ? (found[at] ?? count) : at;
    if (place < count && wanted[states[place] ?? 0]) places[taken++] = place;
    if (at % STEP === STEP - 1) yield;
  }
  return places.subarray(0, taken);
}

function keysOf(study: Study, sort: Sort, durations: ReadonlyMap<number, number>): (place: number) => number {
  const { states, stateNames, workers, workerNames, types, typeNames, suspicious, nbytes } = study;
  const coded = (codes: ArrayLike<number>, ranks: readonly number[]) => (place: number) => {
    const code = codes[place] ?? 0;
    return code === 0 ? ABSENT : (ranks[code - 1] ?? LARGEST);
  };
  switch (sort) {
    case "state": {
      const ranks = stateNames.map((name) => (URGENCY.indexOf(name) + 1 || LARGEST) - 1);
      return (place) => ranks[states[place] ?? 0] ?? LARGEST;
    }
    case "worker":
      return coded(workers, alphabetical(workerNames));
    case "type":
      return coded(types, alphabetical(typeNames));
    case "suspicious":
      return (place) => suspicious[place] || ABSENT;
    case "nbytes": {
      // The bits of floats that are not negative are in the order of the floats.
      const bits = new Uint32Array(nbytes.buffer, nbytes.byteOffset, nbytes.length);
      return (place) => ((nbytes[place] ?? -1) < 0 ? ABSENT : (bits[place] ?? ABSENT));
    }
    case "duration":
      return (place) => {
        const seconds = durations.get(place);
        return seconds === undefined ? ABSENT : Math.min(LARGEST, Math.round(Math.max(0, seconds) * 1e5));
      };
  }
}

/** Each name's place among all of them. */
function alphabetical(names: readonly string[]): number[] {
  const ranks = new Array<number>(names.length).fill(0);
  const order = names.map((_, at) => at);
  order.sort((a, b) => ((names[a] ?? "") < (names[b] ?? "") ? -1 : 1));
  order.forEach((at, rank) => {
    ranks[at] = rank;
  });
  return ranks;
}

/** Stable, by one digit of the keys (radix sort). */
function* sortedBy(places: Uint32Array, keys: Uint32Array, shift: number): Generator<undefined, Uint32Array> {
  const starts = new Uint32Array(BUCKETS + 1);
  const digitOf = (place: number) => ((keys[place] ?? 0) >>> shift) & (BUCKETS - 1);
  for (let from = 0; from < places.length; from += STEP) {
    const to = Math.min(places.length, from + STEP);
    for (let at = from; at < to; at++) {
      const bucket = digitOf(places[at] ?? 0) + 1;
      starts[bucket] = (starts[bucket] ?? 0) + 1;
    }
    yield;
  }
  for (let bucket = 1; bucket <= BUCKETS; bucket++)
    starts[bucket] = (starts[bucket] ?? 0) + (starts[bucket - 1] ?? 0);
  const sorted = new Uint32Array(places.length);
  for (let from = 0; from < places.length; from += STEP) {
    const to = Math.min(places.length, from + STEP);
    for (let at = from; at < to; at++) {
      const place = places[at] ?? 0;
      const bucket = digitOf(place);
      const next = starts[bucket] ?? 0;
      sorted[next] = place;
      starts[bucket] = next + 1;
    }
    yield;
  }
  return sorted;
}
