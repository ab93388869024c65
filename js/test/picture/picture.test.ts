import { describe, expect, test } from "vitest";
import { LENS } from "../../src/lens.ts";
import { apply } from "../../src/mirror.ts";
import { pictureOf } from "../../src/picture/index.ts";
import { counts, mirrorOf, named, update } from "../sample.ts";

const change = (groups: Parameters<typeof mirrorOf>[0] = []) =>
  apply(mirrorOf(), update({ since: 1, seq: 2, groups }));

describe("the picture", () => {
  test("leaves out groups of earlier runs until they are asked for, and says how many there are", () => {
    const mirror = change([{ id: 1, earlier: true }]);
    const picture = pictureOf(mirror, LENS);
    expect([...picture.groups.keys()]).toEqual([2, 3, 4]);
    expect(picture).toMatchObject({ known: 4, earlier: 1 });
    expect(pictureOf(mirror, { ...LENS, earlier: true }).groups.size).toBe(4);
  });

  test("has the same structure while only counts change", () => {
    const before = pictureOf(mirrorOf(), LENS);
    const after = pictureOf(change([{ id: 2, states: counts({ memory: 4 }) }]), LENS, before);
    expect(after.structure).toBe(before.structure);
    expect(after.groups).not.toBe(before.groups);
  });

  test.each([
    ["a group comes", [named(9, "new")]],
    ["an edge comes", [{ id: 4, dependencies: [3] }]],
    ["a number outgrows its card", [{ id: 2, states: counts({ waiting: 40 }) }]],
  ])("has another structure when %s", (_, groups) => {
    const before = pictureOf(mirrorOf(), LENS);
    expect(pictureOf(change(groups), LENS, before).structure).toBe(before.structure + 1);
  });

  test("keeps its structure when a group that is not shown is dropped", () => {
    const mirror = change([{ id: 1, earlier: true }]);
    const before = pictureOf(mirror, LENS);
    const after = pictureOf(apply(mirror, update({ since: 2, seq: 3, removed: [1] })), LENS, before);
    expect(after.structure).toBe(before.structure);
    expect(after).toMatchObject({ known: 3, earlier: 0 });
  });

  test("finds groups by the kernel's key, which is the name for most", () => {
    const like = mirrorOf([named(3, "1"), named(7, "1", { kind: "int", key: "1 <int>" })]);
    expect(pictureOf(like, LENS).ids).toEqual(
      new Map([
        ["1", 3],
        ["1 <int>", 7],
      ]),
    );
  });

  test("knows who needs whom", () => {
    expect(pictureOf(mirrorOf(), LENS).dependents).toEqual(
      new Map([
        [1, [2]],
        [2, [3]],
      ]),
    );
  });
});
