import { expect, test } from "vitest";
import { factsOf } from "../src/facts.ts";
import { LENS } from "../src/lens.ts";
import { apply } from "../src/mirror.ts";
import { news } from "../src/news.ts";
import { pictureOf } from "../src/picture/index.ts";
import { counts, mirrorOf, named, node, update } from "./sample.ts";

const NOON = new Date(2020, 5, 1, 12, 0, 0).getTime() / 1000;

const mirror = apply(
  mirrorOf([
    named(1, "load-0123456789", {
      states: counts({ memory: 1, released: 2, processing: 1, forgotten: 3 }),
      start: NOON,
      stop: NOON + 61,
      nbytesTotal: 3 * 1024,
      allDurations: [1.5, 0.02],
      types: ["numpy.ndarray"],
      lastWorker: "tcp://10.0.0.7:4",
      lastWorkerTasksLeft: 2,
      dependencies: [2],
      computation: 8,
      runs: 2,
    }),
    named(2, "open-abc", { states: counts({ forgotten: 5 }), outcome: { done: 4, erred: 0 } }),
    ...Array.from({ length: 7 }, (_, at) => named(10 + at, `use${at}`, { dependencies: [1] })),
  ]),
  update({
    since: 1,
    seq: 2,
    computations: [{ id: 8, start: 1, code: ["# a comment\n\nresult = x.sum()\n", "more"] }],
  }),
);
const picture = pictureOf(mirror, LENS);
const rows = (id: number) =>
  Object.fromEntries(
    factsOf(node(mirror, id), mirror, picture).facts.map(({ label, values }) => [label, values]),
  );

test("every number of a group is told", () => {
  const { facts: _, ...head } = factsOf(node(mirror, 1), mirror, picture);
  expect(head).toEqual({
    prefix: "load",
    name: "load-0123456789",
    done: "3/4 tasks",
    percent: "75 %",
    bar: [
      { state: "released", count: 2 },
      { state: "memory", count: 1 },
      { state: "processing", count: 1 },
    ],
    counts: [
      { state: "released", count: 2 },
      { state: "memory", count: 1 },
      { state: "processing", count: 1 },
      { state: "forgotten", count: 3 },
    ],
    notes: [],
    code: "result = x.sum()",
  });
  expect(rows(1)).toMatchObject({
    "time by action": ["compute 1.50 s", "transfer 20 ms"],
    produced: ["3 KiB", "numpy.ndarray"],
    ran: ["1 Jun 2020, 12:00:00 – 1 Jun 2020, 12:01:01"],
    "last worker": ["tcp://10.0.0.7:4", "2 tasks left for it"],
    needs: ["open\u00a0abc"],
    made: ["2 times under this name"],
  });
});

test("long lists say how much of them is shown", () => {
  expect(rows(1)["needed by"]).toEqual(["use0", "use1", "use2", "use3", "4 of 7"]);
});

test("a gone group says so", () => {
  const facts = factsOf(node(mirror, 2), mirror, picture);
  expect(facts.notes).toEqual(["forgotten by the scheduler"]);
  expect(facts.done).toBe("4/5 tasks");
});

test("a group that has not run says so", () => {
  expect(rows(10).ran).toEqual(["not yet"]);
});

test("news are what erred or finished since", () => {
  const before = mirrorOf([named(1, "a", { states: counts({ waiting: 1 }) }), named(2, "b")]);
  const after = apply(
    before,
    update({
      since: 1,
      seq: 2,
      groups: [
        { id: 1, states: counts({ memory: 1 }) },
        { id: 2, states: counts({ erred: 1 }) },
      ],
    }),
  );
  const told = pictureOf(before, LENS);
  const now = pictureOf(after, LENS);
  expect(news(told, now, after.states)).toBe("Erred: b. Finished: a.");
  expect(news(now, now, after.states)).toBe("");
});
