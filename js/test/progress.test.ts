import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { displayOrder, mergeSegments, progress, segments } from "../src/progress.ts";

interface Case {
  readonly name: string;
  readonly states: Record<string, number>;
  readonly start: number;
  readonly nbytes_total: number;
  readonly outcome: [number, number] | null;
  readonly total: number;
  readonly done: number;
  readonly erred: number;
  readonly forgotten: number;
}

const cases: Case[] = JSON.parse(
  readFileSync(new URL("../../tests/data/progress.json", import.meta.url), "utf8"),
);

const tasks = ({ states, start, nbytes_total, outcome }: Case) => ({
  states,
  start,
  nbytesTotal: nbytes_total,
  outcome: outcome && { done: outcome[0], erred: outcome[1] },
});

describe("progress", () => {
  test.each(cases)("$name", (example) => {
    const { total, done, erred, forgotten } = example;
    expect(progress(tasks(example))).toEqual({ total, done, erred, forgotten });
  });

  test.each(cases)("the bar shows every task of the total: $name", (example) => {
    const { total, done } = example;
    const shown = segments(tasks(example)).reduce((sum, { count }) => sum + count, 0);
    expect(shown).toBe(Math.max(total, done));
  });
});

describe("bars", () => {
  const living = { start: 1, nbytesTotal: 8, outcome: null };

  test("stand in display order, unknown states before forgotten", () => {
    expect(displayOrder(["forgotten", "hibernating", "erred", "memory"])).toEqual([
      "memory",
      "erred",
      "hibernating",
      "forgotten",
    ]);
  });

  test("of a living group leave out what it forgot", () => {
    expect(segments({ ...living, states: { memory: 1, forgotten: 9 } })).toEqual([
      { state: "memory", count: 1 },
    ]);
  });

  test("of a gone group show what had finished, erred, and the rest", () => {
    expect(segments({ ...living, states: { forgotten: 10 }, outcome: { done: 6, erred: 1 } })).toEqual([
      { state: "released", count: 6 },
      { state: "erred", count: 1 },
      { state: "forgotten", count: 3 },
    ]);
  });

  test("add up by state", () => {
    const one = [{ state: "waiting", count: 2 }];
    const two = [
      { state: "memory", count: 1 },
      { state: "waiting", count: 3 },
    ];
    expect(mergeSegments([one, two])).toEqual([
      { state: "memory", count: 1 },
      { state: "waiting", count: 5 },
    ]);
  });
});
