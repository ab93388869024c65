/** What one row of the table says. */
import { bytes, count, duration, elapsed } from "../../format.ts";
import { shortAddress } from "../../names.ts";
import type { Study } from "../../study.ts";
import { stateText, texts } from "../../texts.ts";
import type { TaskAddress, TaskRow } from "../../wire-study.ts";
import type { KnownRow } from "./rows.ts";

export interface Cells {
  readonly key: string;
  /** The key without what all keys of the group have. */
  readonly shortKey: string;
  readonly state: string;
  readonly stateText: string;
  readonly worker: string;
  readonly time: string;
  readonly nbytes: string;
  readonly type: string;
  readonly trouble: string;
  readonly age: string;
  /** Null: it cannot be asked for. */
  readonly address: TaskAddress | null;
}

const words = texts.panel.tasks;

const nameOf = (code: number, names: readonly string[]): string =>
  code === 0 ? "" : (names[code - 1] ?? texts.panel.unknown);

/** Without what is the same for all. */
const shortType = (type: string): string => type.slice(type.lastIndexOf(".") + 1);

function troubleOf(suspicious: number, retries: number): string {
  return [
    ...(suspicious > 0 ? [words.suspicious(count(suspicious))] : []),
    ...(retries > 0 ? [words.retries(count(retries))] : []),
  ].join(", ");
}

/** The part of a key that tells a task from others of its group. */
export const shortKey = (key: string, group: string): string => {
  const rest = key.replace(`'${group}'`, "…").replace(group, "…");
  return rest === "…" ? key : rest;
};

/** The task at a place; its columns are newer than its row. */
export function cellsAt(
  group: string,
  study: Study,
  place: number,
  known: KnownRow | undefined,
  ran: number | undefined,
  now: number,
): Cells {
  const state = study.stateNames[study.states[place] ?? 0] ?? "";
  const nbytes = study.nbytes[place] ?? -1;
  const changed = study.changed[place] ?? 0;
  const since = study.began + changed;
  const running = known?.row.secondsRunning ?? null;
  const isRunning = state === "processing";
  const seconds = isRunning
    ? running === null
      ? null
      : running + now - (known?.told ?? now)
    : (ran ?? null);
  return {
    key: known?.row.key ?? "",
    shortKey: known ? shortKey(known.row.key, group) : texts.panel.unknown,
    state,
    stateText: stateText(state),
    worker: shortAddress(nameOf(study.workers[place] ?? 0, study.workerNames)),
    time: seconds === null ? "" : duration(seconds),
    nbytes: nbytes < 0 ? "" : bytes(nbytes),
    type: shortType(nameOf(study.types[place] ?? 0, study.typeNames)),
    trouble: troubleOf(study.suspicious[place] ?? 0, known?.row.retries ?? 0),
    age: changed > 0 ? elapsed(now - since) : words.before(elapsed(now - since)),
    address: { place, generation: study.generation },
  };
}

/** A task that is known by its row alone, told at `told`. */
export function cellsOf(group: string, row: TaskRow, told: number, now: number): Cells {
  return {
    key: row.key,
    shortKey: shortKey(row.key, group),
    state: row.state,
    stateText: stateText(row.state),
    worker: shortAddress(row.worker ?? ""),
    time: row.secondsRunning === null ? "" : duration(row.secondsRunning + now - told),
    nbytes: row.nbytes === null ? "" : bytes(row.nbytes),
    type: shortType(row.type),
    trouble: troubleOf(row.suspicious, row.retries),
    age: "",
    address: row.reference > 0 ? { reference: row.reference } : null,
  };
}
