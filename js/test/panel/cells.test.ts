import { describe, expect, test } from "vitest";
import { cellsAt, cellsOf, shortKey } from "../../src/panel/tasks/cells.ts";
import { EMPTY_STUDY, type Study } from "../../src/study.ts";
import type { TaskRow } from "../../src/wire-study.ts";

const ROW: TaskRow = {
  reference: 5,
  key: "('x-1', 0, 7)",
  state: "processing",
  worker: "tcp://10.0.0.1:8786",
  secondsRunning: 3,
  nbytes: null,
  type: "",
  retries: 2,
  suspicious: 0,
};

const STUDY: Study = {
  ...EMPTY_STUDY,
  generation: 9,
  count: 2,
  began: 100,
  states: Uint8Array.of(0, 1),
  changed: Float32Array.of(0, 4),
  workers: Uint16Array.of(1, 65_535),
  nbytes: Float32Array.of(-1, 2048),
  types: Uint16Array.of(0, 1),
  suspicious: Uint8Array.of(0, 2),
  stateNames: ["processing", "memory"],
  workerNames: ["tcp://10.0.0.1:8786"],
  typeNames: ["pandas.core.frame.DataFrame"],
};

describe("a row of the table", () => {
  test("says at once what the columns know, and the rest when the kernel has told", () => {
    expect(cellsAt("x-1", STUDY, 0, undefined, undefined, 110)).toMatchObject({
      key: "",
      shortKey: "…",
      stateText: "processing",
      worker: "10.0.0.1:8786",
      time: "",
      age: "> 10 s",
      address: { place: 0, generation: 9 },
    });
    expect(cellsAt("x-1", STUDY, 0, { row: ROW, told: 109 }, undefined, 110)).toMatchObject({
      shortKey: "(…, 0, 7)",
      time: "4.00 s",
      trouble: "2 retries",
    });
  });

  test("of a task that is done says how long it ran and since when it is done", () => {
    expect(cellsAt("x-1", STUDY, 1, undefined, 0.25, 110)).toMatchObject({
      state: "memory",
      worker: "…",
      time: "250 ms",
      nbytes: "2 KiB",
      type: "DataFrame",
      trouble: "2× suspicious",
      age: "6 s",
    });
  });

  test("of a task that came by itself can be opened only when it has a reference", () => {
    expect(cellsOf("x-1", ROW, 100, 102)).toMatchObject({ time: "5.00 s", address: { reference: 5 } });
    expect(cellsOf("x-1", { ...ROW, reference: 0 }, 100, 102).address).toBeNull();
  });

  test("shows of a key what is its own", () => {
    expect(shortKey("('x-1', 3)", "x-1")).toBe("(…, 3)");
    expect(shortKey("inc-0a1b", "inc")).toBe("…-0a1b");
    expect(shortKey("x-1", "x-1")).toBe("x-1");
    expect(shortKey("('other', 3)", "x-1")).toBe("('other', 3)");
  });
});
