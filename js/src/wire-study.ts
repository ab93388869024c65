/**
 * The part of the contract with the kernel that is about the tasks of one group: what an open panel follows and asks.
 * Its twin is in `tgwidget/wire.py`.
 */
import { decode } from "@msgpack/msgpack";
import { type GroupId, type StudyError, studyErrors, type TaskError, taskError } from "./wire.ts";

/** What is told of every task of a group that is followed. "block": where it stands in its collection. */
export const COLUMNS = ["state", "worker", "nbytes", "type", "suspicious", "block"] as const;
export type Column = (typeof COLUMNS)[number];

/** One task, by a number that stays its own, or by its place in the columns of one generation. */
export type TaskAddress =
  | { readonly reference: number }
  | { readonly place: number; readonly generation: number };

export interface TaskRow {
  readonly reference: number;
  readonly key: string;
  readonly state: string;
  readonly worker: string | null;
  /** So far; null: it does not run. */
  readonly secondsRunning: number | null;
  /** Null: it has no result. */
  readonly nbytes: number | null;
  readonly type: string;
  /** Left. */
  readonly retries: number;
  readonly suspicious: number;
}

/** Between `start` and `stop` (seconds since the epoch) the task at `place` ran on `worker`, a number as in the column. */
export interface Timing {
  readonly place: number;
  readonly worker: number;
  readonly start: number;
  readonly stop: number;
}

/** What the scheduler knows of a group's prefix. */
export interface PrefixFacts {
  /** Seconds that a task takes on average; negative: not known. */
  readonly durationAverage: number;
  /** Seconds of the longest. */
  readonly longest: number;
  /** Tasks that were there when a worker died. */
  readonly suspicious: number;
}

export interface StudyMessage {
  readonly group: GroupId;
  /** The sequence number that this builds on. */
  readonly since: number;
  readonly seq: number;
  /** Places are those of one generation. */
  readonly generation: number;
  readonly known: number;
  readonly held: number;
  /** Of the collection that the tasks are blocks of; 0: they are none, null: nobody has looked yet. */
  readonly dimensions: number | null;
  readonly chunks: readonly (readonly [
    first: number,
    columns: Readonly<Partial<Record<Column, Uint8Array>>>,
  ])[];
  readonly timings: readonly Timing[];
  /** Names to append, of states, workers and types. */
  readonly tables: readonly [readonly string[], readonly string[], readonly string[]];
  /** Null: as before. */
  readonly errors: readonly StudyError[] | null;
  /** Failed tasks whose errors are none of these. */
  readonly errorsMore: number;
  readonly first: readonly TaskRow[] | null;
  readonly gone: boolean;
  readonly complete: boolean;
  readonly more: boolean;
  /** The scheduler's clock, seconds since the epoch. */
  readonly time: number;
  readonly prefix: PrefixFacts | null;
}

export interface TaskFacts {
  readonly reference: number;
  readonly row: TaskRow;
  /** Name of its group. */
  readonly group: string;
  readonly priority: string;
  readonly annotations: string;
  readonly whoHas: readonly string[];
  readonly holders: number;
  readonly clients: readonly string[];
  readonly restrictions: Readonly<Record<string, readonly string[]>>;
  readonly resources: Readonly<Record<string, number>>;
  readonly waitingOn: number;
  readonly dependencies: number;
  readonly dependents: number;
  readonly error: TaskError | null;
  /** The first hundred. */
  readonly uses: readonly TaskRow[];
  readonly usedBy: readonly TaskRow[];
}

export interface Found {
  readonly places: readonly number[];
  /** Where to go on; null: there are no more. */
  readonly next: number | null;
}

/** What may be asked, and what is told then. */
export interface Questions {
  readonly rows: { readonly places: readonly number[]; readonly generation: number };
  readonly find: {
    readonly key: string;
    readonly generation: number;
    readonly start: number;
    readonly limit: number;
  };
  readonly task: TaskAddress;
  readonly error: TaskAddress;
  readonly stack: TaskAddress;
}

export interface Answers {
  readonly rows: readonly TaskRow[];
  readonly find: Found;
  readonly task: TaskFacts;
  readonly error: TaskError;
  /** Texts, the outermost first. */
  readonly stack: readonly string[];
}

export type Subject = keyof Questions;

export type Answer<S extends Subject> =
  | { readonly type: "told"; readonly told: Answers[S] }
  | { readonly type: "refused"; readonly reason: string }
  /** Places are no longer those: a new study comes by itself. */
  | { readonly type: "stale" };

export type Told =
  | { readonly type: "study"; readonly study: StudyMessage }
  | { readonly type: "trouble"; readonly reason: string };

export type StudyRequest =
  | {
      readonly type: "follow";
      readonly nonce: string;
      readonly group: GroupId;
      readonly columns: readonly Column[];
      readonly cursor: number;
      readonly generation: number;
      /** How many names of states, workers and types the page has. */
      readonly tables: readonly [number, number, number];
    }
  | { readonly type: "unfollow"; readonly nonce: string }
  | ({
      readonly type: "ask";
      readonly nonce: string;
      readonly request: number;
      readonly cmd: Subject;
      readonly group: GroupId;
    } & Questions[Subject]);

type Raw = Readonly<Record<string, unknown>>;

const list = <T>(value: unknown): readonly T[] => (Array.isArray(value) ? value : []);

function taskRow(raw: readonly unknown[]): TaskRow {
  const [reference, key, state, worker, secondsRunning, nbytes, type, retries, suspicious] = raw;
  return { reference, key, state, worker, secondsRunning, nbytes, type, retries, suspicious } as TaskRow;
}

const taskRows = (raw: unknown): TaskRow[] => list<unknown[]>(raw).map(taskRow);

function timing([place, worker, start, stop]: readonly number[]): Timing {
  return { place, worker, start, stop } as Timing;
}

function prefixFacts(raw: unknown): PrefixFacts | null {
  const { duration_average, max_exec_time, suspicious } = (raw ?? {}) as Record<string, number | undefined>;
  if (duration_average === undefined) return null;
  return { durationAverage: duration_average, longest: max_exec_time ?? 0, suspicious: suspicious ?? 0 };
}

/** Read what is told of a group that is followed. Never throws. */
export function readStudy(group: GroupId, bytes: ArrayBuffer | ArrayBufferView): Told {
  try {
    const raw = decode(bytes) as Raw;
    if (typeof raw.error === "string") return { type: "trouble", reason: raw.error };
    const tables = list<string[]>(raw.tables);
    return {
      type: "study",
      study: {
        group,
        since: (raw.since as number | undefined) ?? 0,
        seq: raw.seq as number,
        generation: raw.generation as number,
        known: raw.known as number,
        held: raw.held as number,
        dimensions: (raw.dimensions as number | null | undefined) ?? null,
        chunks: list(raw.chunks),
        timings: list<number[]>(raw.timings).map(timing),
        tables: [list(tables[0]), list(tables[1]), list(tables[2])],
        errors: raw.errors === undefined ? null : studyErrors(raw.errors),
        errorsMore: (raw.errors_more as number | undefined) ?? 0,
        first: raw.first === undefined ? null : taskRows(raw.first),
        gone: raw.gone === true,
        complete: raw.complete === true,
        more: raw.more === true,
        time: raw.time as number,
        prefix: prefixFacts(raw.prefix),
      },
    };
  } catch (error) {
    return { type: "trouble", reason: reasonOf(error) };
  }
}

function taskFacts(raw: Raw): TaskFacts {
  const reference = raw.reference as number;
  return {
    reference,
    row: taskRow([reference, ...list(raw.row)]),
    group: raw.group as string,
    priority: wordsOf(raw.priority),
    annotations: wordsOf(raw.annotations),
    whoHas: list(raw.who_has),
    holders: (raw.holders as number | undefined) ?? 0,
    clients: list(raw.clients),
    restrictions: (raw.restrictions ?? {}) as TaskFacts["restrictions"],
    resources: (raw.resources ?? {}) as TaskFacts["resources"],
    waitingOn: (raw.waiting_on as number | undefined) ?? 0,
    dependencies: (raw.dependencies as number | undefined) ?? 0,
    dependents: (raw.dependents as number | undefined) ?? 0,
    error: Array.isArray(raw.error) ? taskError(raw.error) : null,
    uses: taskRows(raw.uses),
    usedBy: taskRows(raw.used_by),
  };
}

const wordsOf = (value: unknown): string =>
  typeof value === "string" ? value : value == null ? "" : JSON.stringify(value);

const READERS: { readonly [S in Subject]: (raw: Raw) => Answers[S] } = {
  rows: (raw) => taskRows(raw.rows),
  find: (raw) => ({ places: list(raw.found), next: (raw.next as number | null) ?? null }),
  task: taskFacts,
  error: (raw) => taskError(list(raw.error_of)),
  stack: (raw) => list(raw.frames),
};

/** Read the answer to a question. Never throws. */
export function readAnswer<S extends Subject>(subject: S, bytes: ArrayBuffer | ArrayBufferView): Answer<S> {
  try {
    const raw = decode(bytes) as Raw;
    if (raw.stale === true) return { type: "stale" };
    if (typeof raw.error === "string") return { type: "refused", reason: raw.error };
    return { type: "told", told: READERS[subject](raw) };
  } catch (error) {
    return { type: "refused", reason: reasonOf(error) };
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
