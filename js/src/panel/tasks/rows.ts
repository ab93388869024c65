/** What only the kernel can tell of single tasks, such as their keys: asked for as they come into sight. */
import type { Answer, Questions, TaskRow } from "../../wire-study.ts";

export interface KnownRow {
  readonly row: TaskRow;
  /** When it was told, in seconds by the clock that `want` goes by. */
  readonly told: number;
}

export interface Rows {
  /** Of another group, from now on. */
  clear(): void;
  of(place: number): KnownRow | undefined;
  /** These are in sight, and those near them; `isStale` says which are to be told again. */
  want(
    places: Iterable<number>,
    generation: number,
    now: number,
    isStale: (known: KnownRow, place: number) => boolean,
  ): void;
}

type Ask = (subject: "rows", question: Questions["rows"]) => Promise<Answer<"rows">>;

const KEPT = 5_000;
const MOST = 300;

/** One question is under way at a time; what has scrolled by meanwhile is never asked for. */
export function createRows(ask: Ask, onNews: () => void): Rows {
  const known = new Map<number, KnownRow>();
  let generation = -1;
  let asking: object | null = null;

  function clear() {
    known.clear();
    asking = null;
  }

  function keep(place: number, row: KnownRow) {
    known.delete(place);
    known.set(place, row);
    if (known.size <= KEPT) return;
    const [oldest] = known.keys();
    if (oldest !== undefined) known.delete(oldest);
  }

  async function fetch(places: readonly number[], of: number, now: number) {
    const question = { places, generation: of };
    asking = question;
    const answer = await ask("rows", question);
    if (asking !== question) return;
    asking = null;
    if (answer.type !== "told" || answer.told.length !== places.length) return;
    answer.told.forEach((row, at) => {
      const place = places[at];
      if (place !== undefined) keep(place, { row, told: now });
    });
    onNews();
  }

  return {
    clear,
    of: (place) => known.get(place),
    want(places, of, now, isStale) {
      if (of !== generation) {
        generation = of;
        clear();
      }
      if (asking) return;
      const missing: number[] = [];
      for (const place of places) {
        const row = known.get(place);
        if ((!row || isStale(row, place)) && missing.length < MOST) missing.push(place);
      }
      if (missing.length > 0) void fetch(missing, of, now);
    },
  };
}
