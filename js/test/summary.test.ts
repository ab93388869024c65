import { describe, expect, test } from "vitest";
import { LENS } from "../src/lens.ts";
import { EMPTY_MIRROR } from "../src/mirror.ts";
import { pictureOf } from "../src/picture/index.ts";
import type { State } from "../src/store.ts";
import { conditionOf, elapsedSeconds, sentenceOf, totalsOf } from "../src/summary.ts";
import { texts } from "../src/texts.ts";
import type { Summary } from "../src/wire.ts";
import { counts, FLOW, LIVE, mirrorOf, named } from "./sample.ts";

const state = (change: Partial<State> = {}, summary: Partial<Summary> = {}, groups = FLOW): State => ({
  mirror: mirrorOf(groups, { ...LIVE, ...summary }),
  link: "open",
  trouble: "",
  selected: [],
  clockOffset: 0,
  ...change,
});

const totals = ({ mirror }: State) => totalsOf(pictureOf(mirror, LENS), mirror.states);
const condition = (of: State) => conditionOf(of, totals(of));
const sentence = (of: State) => sentenceOf(of, pictureOf(of.mirror, LENS));
const calm = FLOW.slice(0, 3);
const ended = { ended: 108 };
const gone = (done: number, erred: number, earlier = false) =>
  named(8, "gone", { states: counts({ forgotten: 5 }), outcome: { done, erred }, earlier });

test("totals add up over the groups shown", () => {
  expect(totals(state())).toEqual({
    total: 12,
    done: 5,
    erred: 1,
    forgotten: 0,
    produced: 4096,
    unfinished: 0,
    bar: [
      { state: "memory", count: 5 },
      { state: "processing", count: 1 },
      { state: "waiting", count: 5 },
      { state: "erred", count: 1 },
    ],
  });
});

describe("the condition", () => {
  test.each([
    ["connecting", state({ mirror: EMPTY_MIRROR, link: "waiting" })],
    ["none", state({ mirror: EMPTY_MIRROR, link: "none" })],
    ["idle", state({}, { started: 0 }, [])],
    ["running", state({}, {}, calm)],
    ["failing", state({}, { erred: 1 })],
    ["finished", state({}, ended, calm)],
    ["failed", state({}, { ...ended, erred: 1 })],
    ["stopped", state({}, ended, [...calm, gone(3, 0)])],
    ["connecting", state({ link: "silent" })],
    ["lost", state({}, { status: "lost" })],
    ["lost", state({ link: "lost" })],
    ["closed", state({ link: "closed" })],
  ])("is %s", (expected, given) => {
    expect(condition(given)).toBe(expected);
  });
});

describe("a run", () => {
  test("has failed even when the groups that failed are no longer known", () => {
    expect(condition(state({}, { ...ended, erred: 2 }, calm))).toBe("failed");
    expect(condition(state({}, { ...ended, erred: 2 }, []))).toBe("failed");
  });

  test("has not failed by errors of a run before it", () => {
    expect(condition(state())).toBe("running");
    expect(condition(state({}, ended))).toBe("finished");
  });

  test("has finished when all of what is gone had finished", () => {
    expect(condition(state({}, ended, [...calm, gone(5, 0)]))).toBe("finished");
  });

  test("that failed says so, whatever else was not done", () => {
    expect(condition(state({}, { ...ended, erred: 1 }, [...calm, gone(3, 1)]))).toBe("failed");
  });

  test("is not stopped by tasks of a living group that were forgotten", () => {
    const living = named(8, "living", { states: counts({ memory: 1, forgotten: 4 }), start: 1 });
    expect(condition(state({}, ended, [...calm, living]))).toBe("finished");
  });

  test("is not stopped by groups of an earlier run, shown or not", () => {
    const given = state({}, ended, [...calm, gone(3, 0, true)]);
    expect(condition(given)).toBe("finished");
    const shown = totalsOf(pictureOf(given.mirror, { ...LENS, earlier: true }), given.mirror.states);
    expect(conditionOf(given, shown)).toBe("finished");
  });
});

describe("elapsed time", () => {
  test("runs with the scheduler's clock while something runs", () => {
    expect(elapsedSeconds(state({ clockOffset: 5 }), "running", 110)).toBe(15);
  });

  test("stands still when the run is over or nobody tells", () => {
    expect(elapsedSeconds(state({}, { ended: 104 }), "finished", 999)).toBe(4);
    expect(elapsedSeconds(state(), "lost", 999)).toBe(10);
  });

  test("is nothing before the first run", () => {
    expect(elapsedSeconds(state({}, { started: 0 }), "idle", 999)).toBe(0);
  });
});

describe("the sentence", () => {
  test.each([
    [texts.connecting, state({ mirror: EMPTY_MIRROR, link: "waiting" })],
    [texts.waiting, state({ mirror: EMPTY_MIRROR, link: "silent" })],
    [texts.stale, state({ link: "silent" })],
    [texts.noKernel, state({ mirror: EMPTY_MIRROR, link: "none" })],
    [texts.waiting, state({ link: "silent" }, {}, [])],
    [texts.kernelLost(texts.lastKnown), state({ link: "none" })],
    [texts.kernelLost(texts.lastKnown), state({ link: "lost" })],
    [texts.kernelLost(texts.nothingKnown), state({ link: "lost" }, {}, [])],
    [texts.closed(texts.lastKnown), state({ link: "closed" })],
    [texts.closed(texts.nothingKnown), state({ link: "closed" }, {}, [])],
    [texts.closed(texts.nothingKnown), state({}, { status: "closed", message: "The last state." }, [])],
    ["The last state.", state({}, { status: "closed", message: "The last state." })],
    [texts.lost(texts.lastKnown), state({}, { status: "lost" })],
    [texts.empty, state({}, {}, [])],
    [texts.onlyEarlier("1"), state({}, {}, [{ id: 1, name: "x", earlier: true }])],
    ["The scheduler is too old.", state({}, { status: "lost", message: "The scheduler is too old." })],
    ["bad version", state({ trouble: "bad version" })],
    ["", state()],
  ])("says: %s", (expected, given) => {
    expect(sentence(given)).toBe(expected);
  });
});
