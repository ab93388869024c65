/** Which tasks run now: what the kernel tells when asked, and what comes by itself. */
import type { Answer } from "../wire-study.ts";
import type { Running } from "./charts/lanes.ts";
import type { TabHost, TabState } from "./tab.ts";

const ASK_MS = 2000;
const MOST_ASKED = 500;

interface Known extends Running {
  readonly place: number;
}

export interface RunningTasks {
  /** What is known to run; asks again now and then. */
  of(state: TabState): readonly Running[];
}

/** Places of tasks that are with a worker, the first so many. */
export function processingPlaces({ states, stateNames, count }: TabState["study"], most: number): number[] {
  const processing = stateNames.indexOf("processing");
  const places: number[] = [];
  if (processing < 0) return places;
  const known = Math.min(count, states.length);
  for (let at = states.indexOf(processing); at >= 0 && at < known; at = states.indexOf(processing, at + 1)) {
    places.push(at);
    if (places.length === most) break;
  }
  return places;
}

/** What came by itself, and what was asked: each task once. */
export function runningOf({ group, study, now }: TabState, asked: readonly Known[]): Running[] {
  if (study.gone || group.outcome !== null) return [];
  const processing = study.stateNames.indexOf("processing");
  const byKey = new Map<string, Running>();
  for (const { key, worker, start } of group.running) byKey.set(key, { key, worker, start, reference: null });
  if (study.group !== group.id) return [...byKey.values()];
  for (const { key, worker, secondsRunning, reference } of study.first)
    if (worker !== null && secondsRunning !== null)
      byKey.set(key, { key, worker, reference, start: study.time - secondsRunning });
  for (const task of asked)
    if (study.states[task.place] === processing && task.start <= now) byKey.set(task.key, task);
  return [...byKey.values()];
}

export function runningTasks(host: TabHost): RunningTasks {
  let known: readonly Known[] = [];
  let of = { group: -1, generation: -1 };
  let askedMs = Number.NEGATIVE_INFINITY;
  let waiting = false;

  function take(answer: Answer<"rows">, places: readonly number[], time: number) {
    if (answer.type !== "told") return;
    known = answer.told.flatMap(({ key, worker, secondsRunning, reference }, at) => {
      const place = places[at];
      if (place === undefined || worker === null || secondsRunning === null) return [];
      return [{ key, worker, reference, place, start: time - secondsRunning }];
    });
    host.refresh();
  }

  function ask({ study, now }: TabState) {
    const places = processingPlaces(study, MOST_ASKED);
    const { group, generation } = study;
    if (places.length === 0) {
      known = [];
      return;
    }
    waiting = true;
    const mine = of;
    const askedAt = performance.now();
    void host.ask("rows", { places, generation }).then((answer) => {
      waiting = false;
      const late = (performance.now() - askedAt) / 1000;
      if (mine === of && group === of.group) take(answer, places, now + late);
    });
  }

  return {
    of(state) {
      const { study, group } = state;
      if (study.group === group.id && (of.group !== study.group || of.generation !== study.generation)) {
        of = { group: study.group, generation: study.generation };
        known = [];
        askedMs = Number.NEGATIVE_INFINITY;
      }
      const nowMs = performance.now();
      const due = study.group === group.id && !waiting && nowMs - askedMs > ASK_MS;
      if (due && !study.gone) {
        askedMs = nowMs;
        ask(state);
      }
      return runningOf(state, known);
    },
  };
}
