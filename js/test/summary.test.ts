import { describe, expect, test } from "vitest";
import { EMPTY_MIRROR } from "../src/mirror.ts";
import { pictureOf } from "../src/picture.ts";
import type { State } from "../src/store.ts";
import { conditionOf, elapsedSeconds, sentenceOf, totalsOf } from "../src/summary.ts";
import { texts } from "../src/texts.ts";
import type { Summary } from "../src/wire.ts";
import { FLOW, LIVE, mirrorOf } from "./sample.ts";

const state = (change: Partial<State> = {}, summary: Partial<Summary> = {}, groups = FLOW): State => ({
  mirror: mirrorOf(groups, { ...LIVE, ...summary }),
  link: "open",
  trouble: "",
  selected: [],
  clockOffset: 0,
  ...change,
});

const totals = ({ mirror }: State) => totalsOf(pictureOf(mirror, false), mirror.states);
const condition = (of: State) => conditionOf(of, totals(of));
const sentence = (of: State) => sentenceOf(of, pictureOf(of.mirror, false));
const calm = FLOW.slice(0, 3);

test("totals add up over the groups shown", () => {
  expect(totals(state())).toEqual({
    total: 12,
    done: 5,
    erred: 1,
    forgotten: 0,
    produced: 4096,
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
    ["failing", state()],
    ["finished", state({}, { ended: 108 }, calm)],
    ["failed", state({}, { ended: 108 })],
    ["lost", state({}, { status: "lost" })],
    ["lost", state({ link: "lost" })],
    ["closed", state({ link: "closed" })],
  ])("is %s", (expected, given) => {
    expect(condition(given)).toBe(expected);
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
    [texts.noKernel, state({ mirror: EMPTY_MIRROR, link: "none" })],
    [texts.kernelLost, state({ link: "none" })],
    [texts.kernelLost, state({ link: "lost" })],
    [texts.closed, state({ link: "closed" })],
    [texts.lost, state({}, { status: "lost" })],
    [texts.empty, state({}, {}, [])],
    [texts.onlyEarlier("1"), state({}, {}, [{ id: 1, name: "x", earlier: true }])],
    ["The scheduler is too old.", state({}, { status: "lost", message: "The scheduler is too old." })],
    ["bad version", state({ trouble: "bad version" })],
    ["", state()],
  ])("says: %s", (expected, given) => {
    expect(sentence(given)).toBe(expected);
  });
});
