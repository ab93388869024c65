/**
 * The contract with the kernel. Its twin is `tgwidget/wire.py`: a test compares the field names of the two,
 * and both read the messages in `tests/data/wire/`.
 *
 * A row is `[id, mask, ...values]`: bit n of the mask says that the value of field n is present, in field order.
 * Values are absolute, so that applying a message twice does no harm.
 */
import { decode } from "@msgpack/msgpack";

export const WIRE_VERSION = 1;

export const GROUP_FIELDS = [
  "states",
  "nbytes_total",
  "all_durations",
  "stop",
  "start",
  "last_worker",
  "last_worker_tasks_left",
  "types",
  "dependencies",
  "outcome",
  "name",
  "kind",
  "prefix",
  "span_id",
  "running",
  "errors",
  "computation",
  "earlier",
  "runs",
  "key",
] as const;

export const COMPUTATION_FIELDS = ["start", "code"] as const;

export const SUMMARY_FIELDS = [
  "now",
  "started",
  "ended",
  "scheduler_cost",
  "kernel_cost",
  "memory",
  "workers",
  "threads",
  "memory_limit",
  "status",
  "message",
  "address",
  "interval",
  "erred",
] as const;

export type GroupId = number;

/** A task that runs, as its group's row tells. */
export interface RunningTask {
  readonly key: string;
  readonly worker: string;
  /** Seconds since the epoch, by the scheduler's clock. */
  readonly start: number;
}

/** Texts are cut where their full length is another. */
export interface TaskError {
  readonly exception: string;
  readonly exceptionLength: number;
  readonly traceback: string;
  readonly tracebackLength: number;
  /** Of the task that failed. */
  readonly key: string;
  /** Name of its group. */
  readonly group: string;
  readonly workers: readonly string[];
}

/** One kind of failure, and how many tasks failed so. */
export interface StudyError extends TaskError {
  readonly count: number;
}

/** Tasks known to have finished before the scheduler forgot the group. */
export interface Outcome {
  readonly done: number;
  readonly erred: number;
}

/** One TaskGroup as last heard of. Counts stand in the order of `Update.states`. */
export interface Group {
  readonly id: GroupId;
  readonly states: readonly number[];
  readonly nbytesTotal: number;
  /** Seconds by action, in the order of `Update.actions`. */
  readonly allDurations: readonly number[];
  /** Seconds since the epoch, 0 until a task has finished. */
  readonly stop: number;
  readonly start: number;
  readonly lastWorker: string | null;
  readonly lastWorkerTasksLeft: number;
  readonly types: readonly string[];
  readonly dependencies: readonly GroupId[];
  /** Null while the scheduler knows the group. */
  readonly outcome: Outcome | null;
  readonly name: string;
  /** Type of the group's name on the scheduler: "str" for most. */
  readonly kind: string;
  readonly prefix: string;
  readonly spanId: string | null;
  /** The longest running, the longest first. */
  readonly running: readonly RunningTask[];
  /** The last kinds of failure. */
  readonly errors: readonly StudyError[];
  /** Key into the computations, 0 for none. */
  readonly computation: number;
  /** Forgotten before the present run began. */
  readonly earlier: boolean;
  /** How often the scheduler has made a group of this name. */
  readonly runs: number;
  /** Key in the kernel's mappings; null: the name. */
  readonly key: string | null;
}

export interface Computation {
  readonly id: number;
  readonly start: number;
  readonly code: readonly string[];
}

export type Status = "connecting" | "live" | "lost" | "closed";

export interface Summary {
  /** Scheduler's clock at the last reply, seconds since the epoch. */
  readonly now: number;
  /** When the present run began; 0 before the first. */
  readonly started: number;
  /** When it ended; 0 while it runs. */
  readonly ended: number;
  /** Share (0 to 1) of the scheduler's event loop that the probe takes. */
  readonly schedulerCost: number;
  /** Share of one core that the mirror takes in the kernel. */
  readonly kernelCost: number;
  /** Bytes that the workers' processes use. */
  readonly memory: number;
  readonly workers: number;
  readonly threads: number;
  readonly memoryLimit: number;
  readonly status: Status;
  /** One sentence: what happened and what to do; empty when there is nothing to say. */
  readonly message: string;
  readonly address: string;
  /** Seconds between updates. */
  readonly interval: number;
  /** Tasks of the present run that failed, whether or not their groups are still known. */
  readonly erred: number;
}

export type Patch<T> = { readonly id: number } & Partial<Omit<T, "id">>;

export interface Update {
  readonly session: string;
  /** The sequence number that this builds on; 0: everything from the start. */
  readonly since: number;
  readonly seq: number;
  /** More follows at once: the next message goes on from `seq`. */
  readonly more: boolean;
  /** The nonce of the page that asked; null: for every page. */
  readonly replyTo: string | null;
  /** Names of the states and actions; null: as before. */
  readonly states: readonly string[] | null;
  readonly actions: readonly string[] | null;
  readonly groups: readonly Patch<Group>[];
  readonly computations: readonly Patch<Computation>[];
  /** Groups and computations to drop; the two share one numbering. */
  readonly removed: readonly number[];
  readonly summary: Partial<Summary>;
}

export type Message =
  | { readonly type: "update"; readonly update: Update }
  | { readonly type: "other-version"; readonly version: unknown }
  | { readonly type: "unreadable"; readonly reason: string };

/** A page asks for everything and for what comes after; or it has no view left, and nothing need come. */
export type Request =
  | { readonly type: "hello"; readonly v: number; readonly nonce: string }
  | { readonly type: "bye"; readonly v: number; readonly nonce: string };

export function taskError(raw: readonly unknown[]): TaskError {
  const [exception, exceptionLength, traceback, tracebackLength, key, group, workers] = raw;
  return { exception, exceptionLength, traceback, tracebackLength, key, group, workers } as TaskError;
}

export const studyErrors = (raw: unknown): StudyError[] =>
  (Array.isArray(raw) ? raw : []).map(([count, ...error]) => ({
    count: count as number,
    ...taskError(error),
  }));

type Row = [id: number, mask: number, ...values: unknown[]];

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const reader = (fields: readonly string[]) => {
  const keys = fields.map(camel);
  return (row: Row): Record<string, unknown> & { id: number } => {
    const [id, mask, ...values] = row;
    const patch: Record<string, unknown> & { id: number } = { id };
    let next = 0;
    for (let field = 0; field < keys.length; field++) {
      const key = keys[field];
      if (key !== undefined && mask & (1 << field)) patch[key] = values[next++];
    }
    return patch;
  };
};

const MICRO = 1e6;

const readGroup = reader(GROUP_FIELDS);
const readComputation = reader(COMPUTATION_FIELDS);
const readSummary = reader(SUMMARY_FIELDS);

function groupPatch(row: Row): Patch<Group> {
  const patch = readGroup(row);
  if (Array.isArray(patch.outcome)) {
    const [done, erred] = patch.outcome as [number, number];
    patch.outcome = { done, erred };
  }
  if (Array.isArray(patch.allDurations)) {
    patch.allDurations = patch.allDurations.map((microseconds: number) => microseconds / MICRO);
  }
  if ("running" in patch) patch.running = runningTasks(patch.running);
  if ("errors" in patch) patch.errors = studyErrors(patch.errors);
  return patch;
}

const runningTasks = (raw: unknown): RunningTask[] =>
  (Array.isArray(raw) ? raw : []).map(([key, worker, start]) => ({ key, worker, start }));

/** Read one message of the kernel. Never throws: what cannot be read is said. */
export function readMessage(bytes: ArrayBuffer | ArrayBufferView): Message {
  try {
    const raw = decode(bytes) as Record<string, unknown>;
    if (raw.v !== WIRE_VERSION) return { type: "other-version", version: raw.v };
    const { id: _, ...summary } = readSummary((raw.summary as Row | undefined) ?? [0, 0]);
    return {
      type: "update",
      update: {
        session: raw.session as string,
        since: raw.since as number,
        seq: raw.seq as number,
        more: raw.more === true,
        replyTo: (raw.reply_to as string | undefined) ?? null,
        states: (raw.states as string[] | undefined) ?? null,
        actions: (raw.actions as string[] | undefined) ?? null,
        groups: ((raw.groups as Row[] | undefined) ?? []).map(groupPatch),
        computations: ((raw.computations as Row[] | undefined) ?? []).map(readComputation),
        removed: (raw.removed as number[] | undefined) ?? [],
        summary: summary as Partial<Summary>,
      },
    };
  } catch (error) {
    return { type: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Tells a page, or what of it asks, from all others that hear the same answers. */
export const newNonce = (): string => Math.random().toString(36).slice(2) + Date.now().toString(36);

export const hello = (nonce: string): Request => ({ type: "hello", v: WIRE_VERSION, nonce });

export const bye = (nonce: string): Request => ({ type: "bye", v: WIRE_VERSION, nonce });
