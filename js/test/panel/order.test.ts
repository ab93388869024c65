import { describe, expect, test } from "vitest";
import { type Choice, ordered } from "../../src/panel/tasks/order.ts";
import { EMPTY_STUDY, type Study } from "../../src/study.ts";

const ALL: Choice = { sort: "state", descending: false, states: new Set(), found: null };

const STUDY: Study = {
  ...EMPTY_STUDY,
  generation: 1,
  count: 6,
  states: Uint8Array.of(0, 1, 2, 0, 1, 2),
  workers: Uint16Array.of(0, 2, 1, 0, 1, 0),
  nbytes: Float32Array.of(-1, 5, -1, -1, 0.5, 1e9),
  types: Uint16Array.of(0, 1, 0, 0, 2, 2),
  suspicious: Uint8Array.of(0, 0, 3, 0, 1, 0),
  stateNames: ["waiting", "memory", "processing"],
  workerNames: ["tcp://b", "tcp://a"],
  typeNames: ["numpy.ndarray", "int"],
};

function order(choice: Partial<Choice>, study = STUDY, durations = new Map<number, number>()): number[] {
  const steps = ordered(study, { ...ALL, ...choice }, durations);
  for (;;) {
    const step = steps.next();
    if (step.done) return [...step.value];
  }
}

describe("the order of tasks", () => {
  test("has first what runs, and keeps equals in their places", () => {
    expect(order({})).toEqual([2, 5, 0, 3, 1, 4]);
  });

  test("goes by the names of workers and types, and has last what has none", () => {
    expect(order({ sort: "worker" })).toEqual([1, 2, 4, 0, 3, 5]);
    expect(order({ sort: "worker", descending: true })).toEqual([2, 4, 1, 0, 3, 5]);
    expect(order({ sort: "type" })).toEqual([4, 5, 1, 0, 2, 3]);
  });

  test("goes by bytes, trouble and time", () => {
    expect(order({ sort: "nbytes", descending: true })).toEqual([5, 1, 4, 0, 2, 3]);
    expect(order({ sort: "nbytes" })).toEqual([4, 1, 5, 0, 2, 3]);
    expect(order({ sort: "suspicious", descending: true })).toEqual([2, 4, 0, 1, 3, 5]);
    const lasted = new Map([
      [4, 0.2],
      [0, 12],
    ]);
    expect(order({ sort: "duration", descending: true }, STUDY, lasted)).toEqual([0, 4, 1, 2, 3, 5]);
  });

  test("leaves out what is filtered or was not found", () => {
    expect(order({ states: new Set(["memory"]) })).toEqual([1, 4]);
    expect(order({ found: [0, 2, 3, 99] })).toEqual([2, 0, 3]);
  });

  test("takes no step that would hold up a frame, at a million tasks", () => {
    const count = 1_000_000;
    const nbytes = Float32Array.from({ length: count }, (_, at) => (at * 7919) % 1_000_003);
    const study = { ...STUDY, count, states: new Uint8Array(count).fill(1), nbytes };
    const steps = ordered(study, { ...ALL, sort: "nbytes" }, new Map());
    const took: number[] = [];
    let places = new Uint32Array();
    for (let done = false; !done; ) {
      const began = performance.now();
      const step = steps.next();
      took.push(performance.now() - began);
      done = step.done === true;
      if (step.done) places = step.value as typeof places;
    }
    took.sort((a, b) => a - b);
    expect(took.length).toBeGreaterThan(50);
    expect(took[Math.floor(took.length / 2)]).toBeLessThan(50);
    for (const at of [0, 1000, 999_998])
      expect(nbytes[places[at] ?? 0]).toBeLessThanOrEqual(nbytes[places[at + 1] ?? 0] ?? 0);
  });
});
