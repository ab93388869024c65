import { expect, test } from "vitest";
import { rowsOf } from "../../src/panel/overview.ts";
import { dependentsIn, subjectOf } from "../../src/panel/subject.ts";
import { EMPTY_PICTURE } from "../../src/picture/index.ts";
import { EMPTY_STUDY } from "../../src/study.ts";
import { FLOW, group, mirrorOf, named } from "../sample.ts";

const mirror = mirrorOf([
  ...FLOW,
  named(5, "v", { nbytesTotal: 2048, types: ["int", "str"], runs: 2, lastWorker: "tcp://a", prefix: "v" }),
]);
const study = { ...EMPTY_STUDY, group: 5, generation: 1, held: 512 };
const values = (input: Partial<Parameters<typeof rowsOf>[0]>, label: string) =>
  rowsOf({ group: group(mirror, 5), mirror, study, prefix: null, absent: "", ...input }).find(
    (row) => row.label === label,
  )?.values;

test("the overview tells what is known, and says when something is not known yet", () => {
  expect(values({}, "produced")).toEqual(["2 KiB"]);
  expect(values({}, "in memory now")).toEqual(["…"]);
  expect(values({ study: { ...study, complete: true } }, "in memory now")).toEqual(["512 B"]);
  expect(values({ study: { ...study, complete: true, group: 4 } }, "in memory now")).toEqual(["…"]);
  expect(values({ absent: "It is gone." }, "in memory now")).toBeUndefined();
  expect(values({}, "result types")).toEqual(["int", "str"]);
  expect(values({}, "last worker")).toEqual(["tcp://a"]);
  expect(values({}, "made")).toEqual(["2 times under this name"]);
  expect(values({}, "span")).toBeUndefined();
});

test("the overview tells of the prefix what makes sense", () => {
  expect(values({ prefix: { durationAverage: 1, longest: 0.7, suspicious: 2 } }, "v tasks")).toEqual([
    "1.00 s on average",
    "2 were there when a worker died",
  ]);
  expect(values({ prefix: { durationAverage: -1, longest: 9, suspicious: 0 } }, "v tasks")).toEqual([
    "9.00 s the longest",
  ]);
  expect(values({}, "v tasks")).toBeUndefined();
});

test("dependents are the dependencies the other way round", () => {
  expect([...dependentsIn(mirror.groups)]).toEqual([
    [1, [2]],
    [2, [3]],
  ]);
  expect(dependentsIn(mirror.groups)).toBe(dependentsIn(mirror.groups));
});

test("the panel is about the selected groups, also those that are no longer known", () => {
  const picture = { ...EMPTY_PICTURE, ids: new Map([["v", 5]]) };
  const before = new Map([["gone", group(mirror, 4)]]);
  expect([...subjectOf(["v", "gone", "never"], picture, mirror, before).keys()]).toEqual(["v", "gone"]);
});
