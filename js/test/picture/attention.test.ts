import { describe, expect, test } from "vitest";
import { LENS, type Lens } from "../../src/lens.ts";
import { attentionOf, foundIn } from "../../src/picture/attention.ts";
import { categoriesOf, hueOf, NO_CATEGORIES } from "../../src/picture/colouring.ts";
import { pictureOf } from "../../src/picture/index.ts";
import { CATEGORY_COUNT } from "../../src/theme.ts";
import { counts, mirrorOf, named, node } from "../sample.ts";

const mirror = mirrorOf([
  named(1, "Mean-chunk-abc", {
    states: counts({ memory: 1 }),
    types: ["numpy.ndarray"],
    lastWorker: "tcp://a",
  }),
  named(2, "sum-012", { states: counts({ erred: 2 }), types: ["pandas.DataFrame"], lastWorker: "tcp://b" }),
  named(3, "sum-777", { states: counts({ waiting: 2 }) }),
]);
const picture = pictureOf(mirror, LENS);
const attention = (change: Partial<Lens>) => {
  const lens = { ...LENS, ...change };
  return attentionOf(picture, lens, foundIn(picture, lens.query), mirror.states);
};

describe("a search", () => {
  test.each([
    ["sum", [2, 3]],
    ["MEAN", [1]],
    ["777", [3]],
    ["dataframe", [2]],
    ["sum pandas", [2]],
    ["nothing like that", []],
  ])("for %s finds names, prefixes and types with all its words", (query, ids) => {
    expect(foundIn(picture, query)).toEqual(ids);
  });

  test("for nothing is none", () => {
    expect(foundIn(picture, "  ")).toBeNull();
  });

  test("finds a node by any of its groups", () => {
    const prefixes = pictureOf(mirror, { ...LENS, level: "prefixes" });
    expect(foundIn(prefixes, "777")).toEqual([prefixes.homes.get(2)]);
  });
});

describe("attention", () => {
  test("is undivided without search and filter", () => {
    expect(attention({})).toBeNull();
  });

  test("is the same set while it is on the same nodes", () => {
    const lens: Lens = { ...LENS, query: "sum" };
    const before = attentionOf(picture, lens, foundIn(picture, "sum"), mirror.states);
    expect(attentionOf(picture, lens, foundIn(picture, "su"), mirror.states, before)).toBe(before);
    expect(attentionOf(picture, lens, foundIn(picture, "777"), mirror.states, before)).toEqual(new Set([3]));
  });

  test("is on what passes both", () => {
    expect(attention({ states: new Set(["erred", "waiting"]) })).toEqual(new Set([2, 3]));
    expect(attention({ states: new Set(["waiting"]), query: "sum" })).toEqual(new Set([3]));
  });
});

describe("colours", () => {
  test("go to the most frequent categories first, and stay", () => {
    const first = categoriesOf(picture, "prefix", NO_CATEGORIES);
    expect(first.list).toEqual([
      { label: "sum", hue: 0, count: 2 },
      { label: "Mean", hue: 1, count: 1 },
    ]);
    const more = mirrorOf(["Mean-1", "Mean-2", "Mean-3", "sum-1"].map((name, at) => named(at + 1, name)));
    const later = categoriesOf(pictureOf(more, LENS), "prefix", first);
    expect(later.list).toEqual([
      { label: "Mean", hue: 1, count: 3 },
      { label: "sum", hue: 0, count: 1 },
    ]);
    expect(later.hues).toBe(first.hues);
  });

  test("tell the library of the results and the worker", () => {
    expect(categoriesOf(picture, "library", NO_CATEGORIES).list.map(({ label }) => label)).toEqual([
      "numpy",
      "pandas",
    ]);
    const workers = categoriesOf(picture, "worker", NO_CATEGORIES);
    expect(hueOf(node(mirror, 1), workers)).toBe(0);
    expect(hueOf(node(mirror, 3), workers)).toBeNull();
  });

  test("beyond those that can be told apart are one", () => {
    const listOf = (more: number) => {
      const names = Array.from({ length: CATEGORY_COUNT + more }, (_, at) => `p${at}`);
      const mirror = mirrorOf([...names, ...names].map((name, at) => named(at + 1, `${name}-${at}`)));
      return categoriesOf(pictureOf(mirror, LENS), "prefix", NO_CATEGORIES).list;
    };
    expect(listOf(5)).toHaveLength(CATEGORY_COUNT + 1);
    expect(listOf(5).at(-1)).toEqual({ label: "of 5 other prefixes", hue: CATEGORY_COUNT, count: 10 });
    expect(listOf(1).at(-1)).toEqual({ label: `p${CATEGORY_COUNT}`, hue: CATEGORY_COUNT, count: 2 });
  });
});
