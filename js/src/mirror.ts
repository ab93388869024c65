/** The page's copy of what the kernel knows: updates in, a new value out. Pure. */
import type { Computation, Group, GroupId, Patch, Summary, Update } from "./wire.ts";

export interface Mirror {
  /** Empty before the first update. */
  readonly session: string;
  /** Everything up to this sequence number is in. */
  readonly seq: number;
  readonly states: readonly string[];
  readonly actions: readonly string[];
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly computations: ReadonlyMap<number, Computation>;
  readonly summary: Summary;
  /** A whole state that comes in several messages; null when none is under way. */
  readonly listing: Listing | null;
}

interface Listing {
  readonly replyTo: string | null;
  /** Where its last message ended. */
  readonly seq: number;
  /** Groups and computations that it has named so far; the others will be dropped. */
  readonly named: ReadonlySet<number>;
}

const NO_SUMMARY: Summary = {
  now: 0,
  started: 0,
  ended: 0,
  schedulerCost: 0,
  kernelCost: 0,
  memory: 0,
  workers: 0,
  threads: 0,
  memoryLimit: 0,
  status: "connecting",
  message: "",
  address: "",
  interval: 0,
  erred: 0,
};

export const EMPTY_MIRROR: Mirror = {
  session: "",
  seq: 0,
  states: [],
  actions: [],
  groups: new Map(),
  computations: new Map(),
  summary: NO_SUMMARY,
  listing: null,
};

const newGroup = (id: GroupId): Group => ({
  id,
  states: [],
  nbytesTotal: 0,
  allDurations: [],
  stop: 0,
  start: 0,
  lastWorker: null,
  lastWorkerTasksLeft: 0,
  types: [],
  dependencies: [],
  outcome: null,
  name: "",
  kind: "str",
  prefix: "",
  spanId: null,
  running: [],
  errors: [],
  computation: 0,
  earlier: false,
  runs: 1,
  key: null,
});

const newComputation = (id: number): Computation => ({ id, start: 0, code: [] });

/** What an update means to a mirror. "gap": something in between is missing, ask for everything. */
export type Fit = "next" | "known" | "gap";

/** `nonce` is this page's: a whole state that another page asked for is no news to one that has it. */
export function fitOf(mirror: Mirror, update: Update, nonce: string): Fit {
  const same = update.session === mirror.session;
  if (same && continues(mirror.listing, update)) return "next";
  if (update.since === 0) {
    if (!same) return "next";
    const forOthers = update.replyTo !== null && update.replyTo !== nonce;
    return update.seq < mirror.seq || (forOthers && update.seq === mirror.seq) ? "known" : "next";
  }
  if (!same || update.since > mirror.seq) return "gap";
  return update.seq <= mirror.seq ? "known" : "next";
}

const continues = (listing: Listing | null, { since, replyTo }: Update): boolean =>
  listing !== null && since === listing.seq && replyTo === listing.replyTo;

/** The mirror after an update that fits. */
export function apply(mirror: Mirror, update: Update): Mirror {
  const known = update.session === mirror.session ? mirror : EMPTY_MIRROR;
  const { listing, complete } = follow(known.listing, update);
  const goneFrom = (table: ReadonlyMap<number, unknown>) => [
    ...update.removed,
    ...(complete ? [...table.keys()].filter((id) => !complete.has(id)) : []),
  ];
  return {
    session: update.session,
    seq: Math.max(known.seq, update.seq),
    states: kept(known.states, update.states),
    actions: kept(known.actions, update.actions),
    groups: applyRows(known.groups, update.groups, goneFrom(known.groups), newGroup),
    computations: applyRows(
      known.computations,
      update.computations,
      goneFrom(known.computations),
      newComputation,
    ),
    summary: merge(known.summary, update.summary),
    listing,
  };
}

/** The listing after an update, and all that there is once it is complete. */
function follow(
  listing: Listing | null,
  update: Update,
): { listing: Listing | null; complete: ReadonlySet<number> | null } {
  const whole = update.since === 0;
  if (!whole && !listing) return { listing: null, complete: null };
  const named = new Set(whole ? [] : listing?.named);
  for (const { id } of [...update.groups, ...update.computations]) named.add(id);
  if (listing && !whole && !continues(listing, update))
    return { listing: { ...listing, named }, complete: null };
  if (!update.more) return { listing: null, complete: named };
  return { listing: { replyTo: update.replyTo, seq: update.seq, named }, complete: null };
}

/** The table itself when nothing in it changes. */
function applyRows<T extends { readonly id: number }>(
  table: ReadonlyMap<number, T>,
  patches: readonly Patch<T>[],
  gone: readonly number[],
  create: (id: number) => T,
): ReadonlyMap<number, T> {
  let next: Map<number, T> | null = null;
  for (const patch of patches) {
    const old = (next ?? table).get(patch.id);
    const row = merge(old ?? create(patch.id), patch);
    if (row === old) continue;
    next ??= new Map(table);
    next.set(patch.id, row);
  }
  for (const id of gone) {
    if (!(next ?? table).has(id)) continue;
    next ??= new Map(table);
    next.delete(id);
  }
  return next ?? table;
}

const NULLABLE = new Set(["lastWorker", "outcome", "spanId", "key"]);

/** Null for a value that cannot be null means that it is not known (any more): the old one stays. */
function merge<T extends object>(old: T, patch: object): T {
  const news = patch as Partial<T>;
  let next: T | null = null;
  // Thousands of rows come at once, and lists of their entries would take half of the time.
  for (const field in news) {
    const value = news[field];
    if (value === undefined || (value === null && !NULLABLE.has(field)) || isSame(old[field], value))
      continue;
    next ??= { ...old };
    next[field] = value as T[typeof field];
  }
  return next ?? old;
}

const kept = (old: readonly string[], news: readonly string[] | null): readonly string[] =>
  news === null || isSame(old, news) ? old : news;

/** Equal plain data, as the wire brings it. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [these, those] = [Object.values(a), Object.values(b)];
  return these.length === those.length && these.every((value, at) => isSame(value, those[at]));
}

/** Counts by name of the state. */
export function countsOf(group: Group, states: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = Object.create(null);
  group.states.forEach((count, at) => {
    counts[states[at] ?? `state ${at}`] = count;
  });
  return counts;
}
