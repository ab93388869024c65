/** The page's copy of the tasks of one group, in columns: what the kernel tells in, a new value out. */

import type { GroupId, StudyError } from "./wire.ts";
import type { Column, StudyMessage, TaskRow, Timing } from "./wire-study.ts";

export interface Study {
  readonly group: GroupId;
  /** Places are those of one generation; -1 before the first. */
  readonly generation: number;
  readonly seq: number;
  /** Every task is in. */
  readonly complete: boolean;
  /** The scheduler has forgotten the group. */
  readonly gone: boolean;
  /** Tasks that are known, from place 0 on. */
  readonly count: number;
  /** Bytes in memory now. */
  readonly held: number;
  /** The scheduler's clock at the last message, seconds since the epoch. */
  readonly time: number;
  /**
   * Numbers of `stateNames`; 255: not told yet. Columns are at least `count` long, and empty when nobody asked for them.
   */
  readonly states: Uint8Array;
  /** One more than the number in `workerNames`; 0: none, 65,535: not told yet, or more of them than have numbers. */
  readonly workers: Uint16Array;
  /** -1: it has no result, as far as is told. */
  readonly nbytes: Float32Array;
  /** As `workers`, of `typeNames`. */
  readonly types: Uint16Array;
  readonly suspicious: Uint8Array;
  /** When a task was seen to change its state, in seconds since `began`; 0: never. As long as `states`. */
  readonly changed: Float32Array;
  /** When the first message came, by the scheduler's clock. */
  readonly began: number;
  /** `dimensions` numbers for each task; -1: it has no place in the collection, or it is not told yet. */
  readonly blocks: Int32Array;
  /** 0: these tasks are no blocks; null: not told yet. */
  readonly dimensions: number | null;
  readonly stateNames: readonly string[];
  readonly workerNames: readonly string[];
  readonly typeNames: readonly string[];
  /** Tasks that finished while somebody followed, the oldest first, bounded. */
  readonly timings: readonly Timing[];
  readonly errors: readonly StudyError[];
  readonly errorsMore: number;
  /** A few tasks, running ones first, from before all were known. */
  readonly first: readonly TaskRow[];
}

export const KEPT_TIMINGS = 20_000;
/** In `states`: not told yet. */
export const UNTOLD = 255;
/** In `workers` and `types`: not told yet, or one too many. */
export const SOMEBODY = 65_535;

export const EMPTY_STUDY: Study = {
  group: 0,
  generation: -1,
  seq: 0,
  complete: false,
  gone: false,
  count: 0,
  held: 0,
  time: 0,
  states: new Uint8Array(),
  workers: new Uint16Array(),
  nbytes: new Float32Array(),
  types: new Uint16Array(),
  suspicious: new Uint8Array(),
  changed: new Float32Array(),
  began: 0,
  blocks: new Int32Array(),
  dimensions: null,
  stateNames: [],
  workerNames: [],
  typeNames: [],
  timings: [],
  errors: [],
  errorsMore: 0,
  first: [],
};

/** "gap": something in between is missing, or comes twice: follow again with the own cursor. */
export function fitsStudy(study: Study, message: StudyMessage): "next" | "gap" {
  const same = message.group === study.group && message.generation === study.generation;
  return !same || message.since === 0 || message.since === study.seq ? "next" : "gap";
}

type Columns = Pick<Study, "states" | "workers" | "nbytes" | "types" | "suspicious" | "blocks">;
type AnyColumn = Columns[keyof Columns];

const FIELDS: Readonly<Record<Column, keyof Columns>> = {
  state: "states",
  worker: "workers",
  nbytes: "nbytes",
  type: "types",
  suspicious: "suspicious",
  block: "blocks",
};

/** What stands where nothing has been told. */
const BLANKS: Readonly<Record<keyof Columns, number>> = {
  states: UNTOLD,
  workers: SOMEBODY,
  nbytes: -1,
  types: SOMEBODY,
  suspicious: 0,
  blocks: -1,
};

/** The study after a message that fits. Columns are changed in place where they are long enough. */
export function applyStudy(study: Study, message: StudyMessage): Study {
  const { group, generation } = message;
  const same = group === study.group && generation === study.generation;
  const old = same ? study : EMPTY_STUDY;
  const again = same && message.since === 0;
  const base = again ? { ...old, stateNames: [], workerNames: [], typeNames: [], timings: [] } : old;
  const columns: Record<keyof Columns, AnyColumn> = { ...columnsOf(base) };
  const dimensions = message.dimensions ?? base.dimensions;
  const began = base.began || message.time;
  const changed = padded(base.changed, message.known, 0);
  for (const [first, chunk] of message.chunks) {
    if (chunk.state) noteChanges(changed, base, first, chunk.state, message.time - began);
    for (const name of Object.keys(chunk) as Column[]) {
      const bytes = chunk[name];
      const field = FIELDS[name];
      if (!bytes || !field) continue;
      const width = name === "block" ? (dimensions ?? 0) : 1;
      const column = padded(columns[field], message.known * width, BLANKS[field]);
      columns[field] = written(column, first * width, bytes, BLANKS[field]);
    }
  }
  const count = Math.max(message.known, same ? study.count : 0);
  const states = padded(columns.states, count, UNTOLD);
  return {
    ...base,
    ...(columns as Columns),
    states: states as Uint8Array,
    changed,
    began,
    group,
    generation,
    dimensions,
    seq: message.seq,
    complete: message.complete,
    gone: message.gone,
    count,
    held: message.held,
    time: message.time,
    stateNames: appended(base.stateNames, message.tables[0]),
    workerNames: appended(base.workerNames, message.tables[1]),
    typeNames: appended(base.typeNames, message.tables[2]),
    timings: appended(base.timings, message.timings, KEPT_TIMINGS),
    errors: message.errors ?? base.errors,
    errorsMore: message.errors ? message.errorsMore : base.errorsMore,
    first: message.first ?? (message.complete ? [] : base.first),
  };
}

function noteChanges(changed: Float32Array, old: Study, first: number, states: Uint8Array, seconds: number) {
  const end = Math.min(states.length, old.count - first);
  for (let at = 0; at < end; at++) {
    const before = old.states[first + at];
    if (before !== UNTOLD && before !== states[at]) changed[first + at] = seconds;
  }
}

const columnsOf = ({ states, workers, nbytes, types, suspicious, blocks }: Columns): Columns => ({
  states,
  workers,
  nbytes,
  types,
  suspicious,
  blocks,
});

/** The last `most` of both. */
const appended = <T>(old: readonly T[], news: readonly T[], most = 65_536): readonly T[] =>
  news.length > 0 ? old.concat(news).slice(-most) : old;

/** At least so long; room for more, so that a million tasks do not copy their columns a thousand times. */
function padded<A extends AnyColumn>(column: A, length: number, blank: number): A {
  if (column.length >= length) return column;
  const longer = new (column.constructor as new (length: number) => A)(Math.max(length, column.length * 2));
  longer.fill(blank, column.length);
  longer.set(column as never);
  return longer;
}

function written(column: AnyColumn, first: number, bytes: Uint8Array, blank: number): AnyColumn {
  const size = column.BYTES_PER_ELEMENT;
  const count = Math.floor(bytes.byteLength / size);
  const target = padded(column, first + count, blank);
  new Uint8Array(target.buffer).set(bytes.subarray(0, count * size), first * size);
  return target;
}
