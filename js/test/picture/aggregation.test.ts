import { describe, expect, test } from "vitest";
import { barOfNode } from "../../src/bar.ts";
import { groupsText } from "../../src/dom/summary.ts";
import { focusedOn, LENS, type Lens, opened } from "../../src/lens.ts";
import { apply } from "../../src/mirror.ts";
import { type Picture, pictureOf } from "../../src/picture/index.ts";
import { readableIn } from "../../src/picture/readable.ts";
import type { Group, Patch } from "../../src/wire.ts";
import { counts, mirrorOf, named, update } from "../sample.ts";

const at = (level: Lens["level"], change: Partial<Lens> = {}): Lens => ({ ...LENS, level, ...change });

const names = ({ nodes }: Picture) =>
  [...nodes.values()].map(({ name }) => `${name.prefix} ${name.token}`.trim());

const joined = ({ nodes }: Picture) =>
  [...nodes.values()].flatMap(({ id, dependencies }) =>
    dependencies.map((from) => [nodes.get(from)?.name.prefix, nodes.get(id)?.name.prefix]),
  );

/** load-1 → sum-1 → store, load-2 → sum-2 → store. */
const TWICE: readonly Patch<Group>[] = [
  named(1, "load-1", { states: counts({ memory: 4 }), computation: 9 }),
  named(2, "sum-1", { states: counts({ processing: 2 }), dependencies: [1], computation: 9 }),
  named(3, "load-2", { states: counts({ erred: 1, memory: 1 }), computation: 11 }),
  named(4, "sum-2", { states: counts({ waiting: 3 }), dependencies: [3], computation: 11 }),
  named(5, "store", { states: counts({ waiting: 1 }), dependencies: [2, 4], computation: 11 }),
];

const line = (length: number, from = 1): Patch<Group>[] =>
  Array.from({ length }, (_, index) =>
    named(from + index, `f${from + index}`, { dependencies: index ? [from + index - 1] : [] }),
  );

describe("at the level of prefixes", () => {
  const mirror = mirrorOf(TWICE);
  const picture = pictureOf(mirror, at("prefixes"));

  test("groups of one prefix share a node, a prefix of one group is that group", () => {
    expect(names(picture)).toEqual(["load 2 groups", "sum 2 groups", "store"]);
    expect(joined(picture)).toEqual([
      ["load", "sum"],
      ["sum", "store"],
    ]);
    expect(picture.nodes.has(5)).toBe(true);
  });

  test("a node counts the tasks of all its groups", () => {
    const load = picture.nodes.get(picture.homes.get(1) ?? 0);
    expect(load && barOfNode(load, mirror.states)).toMatchObject({
      progress: { total: 6, done: 5, erred: 1 },
      segments: [
        { state: "memory", count: 5 },
        { state: "erred", count: 1 },
      ],
    });
  });

  test("one of them can be opened, and its groups know what to fold back into", () => {
    const sum = [...picture.nodes.values()][1];
    const open = pictureOf(mirror, opened(at("prefixes"), sum?.key ?? "", true), picture);
    expect(names(open)).toEqual(["load 2 groups", "sum 1", "sum 2", "store"]);
    expect(open.nodes.get(2)?.within).toEqual([sum?.key]);
  });

  test("what is opened and folded again is as if nothing had been done", () => {
    const key = [...picture.nodes.values()][1]?.key ?? "";
    expect(opened(opened(at("prefixes"), key, true), key, false)).toEqual(at("prefixes"));
  });

  test("a change of one group makes one new node and no new structure", () => {
    const next = apply(
      mirror,
      update({ since: 1, seq: 2, groups: [{ id: 4, states: counts({ memory: 3 }) }] }),
    );
    const after = pictureOf(next, at("prefixes"), picture);
    const changed = [...after.nodes].filter(([id, node]) => picture.nodes.get(id) !== node);
    expect(changed.map(([id]) => id)).toEqual([after.homes.get(4)]);
    expect(after.structure).toBe(picture.structure);
  });
});

describe("at the level of computations", () => {
  test("groups of one computation share a node, called by its code", () => {
    const mirror = apply(
      mirrorOf(TWICE),
      update({ since: 1, seq: 2, computations: [{ id: 9, start: 1, code: ["# hm\ny = x.sum()"] }] }),
    );
    const picture = pictureOf(mirror, at("computations"));
    expect(names(picture)).toEqual(["y = x.sum() 2 groups", "computation 3 groups"]);
  });

  test("an opened one shows its own prefixes", () => {
    const mirror = mirrorOf([...TWICE, named(6, "sum-3", { computation: 11 })]);
    const lens = opened(at("computations"), "computation 11", true);
    expect(names(pictureOf(mirror, lens))).toEqual([
      "computation 2 groups",
      "load 2",
      "sum 2 groups",
      "store",
    ]);
  });
});

describe("the level chosen by itself", () => {
  const many = (prefixes: number, each: number) =>
    mirrorOf(
      Array.from({ length: prefixes * each }, (_, index) =>
        named(index + 1, `p${index % prefixes}-${index}`, {
          dependencies: [1 + (index % 7), 1 + (index % 11)],
        }),
      ),
    );

  test.each([
    ["groups, as long as they can be read", many(40, 3), "groups"],
    ["prefixes, when there are too many groups", many(40, 30), "prefixes"],
    ["prefixes, however many, when there are no computations", many(900, 2), "prefixes"],
    ["groups, however many, when each has a prefix of its own", many(900, 1), "groups"],
  ])("is %s", (_, mirror, level) => {
    expect(pictureOf(mirror, LENS).level).toBe(level);
  });

  test("does not change to and fro at the limit", () => {
    const before = pictureOf(many(75, 2), LENS);
    expect(before.level).toBe("groups");
    expect(pictureOf(many(85, 2), LENS, before).level).toBe("groups");
    expect(pictureOf(many(85, 2), LENS).level).toBe("prefixes");
  });

  test.each([
    ["a small view", { width: 600, height: 300 }, 40],
    ["a cell", { width: 900, height: 400 }, 69],
    ["a wide cell", { width: 1200, height: 500 }, 121],
    ["a large screen", { width: 3840, height: 2160 }, 250],
    ["no view", { width: 0, height: 0 }, 40],
  ])("follows from what can be read in %s", (_, view, cards) => {
    expect(readableIn(view)).toBe(cards);
  });

  test("is coarser in a smaller view, and stays through small changes of its size", () => {
    const mirror = many(50, 2);
    const levelIn = (readable: number, before?: Picture) =>
      pictureOf(mirror, LENS, before, undefined, readable);
    const wide = readableIn({ width: 1200, height: 500 });
    const cell = readableIn({ width: 900, height: 400 }, wide);
    expect(levelIn(wide).level).toBe("groups");
    expect(levelIn(cell, levelIn(wide)).level).toBe("prefixes");
    expect(pictureOf(mirror, at("groups"), levelIn(wide), undefined, cell).level).toBe("groups");
    for (const width of [880, 980, 800, 900]) expect(readableIn({ width, height: 410 }, cell)).toBe(cell);
  });

  test("changes once while a graph grows, and back only when it has shrunk well below", () => {
    const there = Array.from({ length: 100 }, (_, at) => at + 1);
    let picture: Picture | undefined;
    const levels = [...there, ...there.toReversed()].map((pairs) => {
      picture = pictureOf(many(pairs, 2), LENS, picture, undefined, 90);
      return `${picture.level} ${2 * pairs}`;
    });
    const level = (at: number) => levels[at]?.split(" ")[0];
    expect(levels.filter((_, at) => at > 0 && level(at) !== level(at - 1))).toEqual([
      "prefixes 118",
      "groups 90",
    ]);
  });

  test("is not coarser for a few cards less", () => {
    const groups = Array.from({ length: 46 }, (_, at) => named(at + 1, `p${at % 36}-${at}`));
    const picture = pictureOf(mirrorOf(groups), LENS, undefined, undefined, 40);
    expect(picture.level).toBe("groups");
  });

  test("stays while a neighbourhood is looked at", () => {
    const before = pictureOf(many(20, 2), focusedOn(LENS, 8));
    const more = pictureOf(many(20, 20), focusedOn(LENS, 8), pictureOf(many(20, 2), LENS));
    expect([before.level, more.level]).toEqual(["groups", "groups"]);
    expect(more.nodes.has(8)).toBe(true);
  });

  test("is never finer than the page can draw, whatever was asked for", () => {
    expect(pictureOf(many(40, 30), at("groups"), undefined, 300).level).toBe("prefixes");
  });

  test("where no level is coarse enough, as many cards are shown as the page can draw", () => {
    const picture = pictureOf(many(900, 1), LENS, undefined, 300);
    expect(picture.nodes.size).toBe(300);
    expect(groupsText(picture)).toBe("300 of 900 groups");
    const near = pictureOf(many(900, 1), focusedOn(LENS, 1), undefined, 10);
    expect([...near.nodes.keys()]).toContain(1);
    expect(near.nodes.size).toBe(10);
  });

  test("so many edges that they cannot be laid out are left out with their cards", () => {
    const half = Array.from({ length: 100 }, (_, index) => index + 1);
    const both = half.flatMap((id) => [
      named(id, `a${id}`),
      named(100 + id, `b${id}`, { dependencies: half }),
    ]);
    const { nodes } = pictureOf(mirrorOf(both), LENS, undefined, 150);
    expect([...nodes.values()].flatMap(({ dependencies }) => dependencies).length).toBeLessThan(400);
    expect(nodes.size).toBeGreaterThan(20);
  });

  test("does not count the parts of a chain", () => {
    const picture = pictureOf(mirrorOf(line(10_000)), LENS);
    expect(picture.level).toBe("groups");
    expect(names(picture)).toEqual(["f1 → f10000 10000 groups"]);
  });
});

describe("a chain", () => {
  test("of sixteen is one node, a shorter one is not", () => {
    expect(pictureOf(mirrorOf(line(15)), LENS).nodes.size).toBe(15);
    expect(names(pictureOf(mirrorOf(line(16)), LENS))).toEqual(["f1 → f16 16 groups"]);
  });

  test("of eight is one node where there are many", () => {
    const others = Array.from({ length: 60 }, (_, at) => named(100 + at, `g${at}`));
    expect(pictureOf(mirrorOf([...line(8), ...others]), LENS).nodes.size).toBe(61);
    expect(pictureOf(mirrorOf([...line(7), ...others]), LENS).nodes.size).toBe(67);
  });

  test("ends where edges meet or part", () => {
    const fork = [
      ...line(18),
      named(20, "g", { dependencies: [18] }),
      named(21, "h", { dependencies: [18] }),
    ];
    expect(joined(pictureOf(mirrorOf(fork), LENS))).toEqual([
      ["f1 → f18", "g"],
      ["f1 → f18", "h"],
    ]);
  });

  test("can be opened", () => {
    const mirror = mirrorOf(line(18));
    const [chain] = pictureOf(mirror, LENS).nodes.values();
    const open = pictureOf(mirror, opened(LENS, chain?.key ?? "", true));
    expect(open.nodes.size).toBe(18);
    expect([...open.nodes.values()].every(({ within }) => within[0] === chain?.key)).toBe(true);
  });

  test("that bites its tail stays as it is", () => {
    const ring = line(18).map((group, index) => (index ? group : { ...group, dependencies: [18] }));
    expect(pictureOf(mirrorOf(ring), LENS).nodes.size).toBe(18);
  });
});

describe("the neighbourhood of a node", () => {
  const mirror = mirrorOf([...line(5), named(9, "apart")]);
  const around = (up: number, down: number) => pictureOf(mirror, { ...LENS, focus: { node: 3, up, down } });

  test("reaches so many steps up and down", () => {
    expect(names(pictureOf(mirror, focusedOn(LENS, 3)))).toEqual(["f2", "f3", "f4"]);
    expect(names(around(2, 0))).toEqual(["f1", "f2", "f3"]);
    expect(names(around(Number.POSITIVE_INFINITY, 1))).toEqual(["f1", "f2", "f3", "f4"]);
  });

  test("goes on until no step reaches more", () => {
    expect(around(1, 1).goesOn).toBe(true);
    expect(around(2, 1).goesOn).toBe(true);
    expect(around(2, 2).goesOn).toBe(false);
    expect(pictureOf(mirror, focusedOn(LENS, 9)).goesOn).toBe(false);
    const round = mirrorOf([named(1, "a", { dependencies: [2] }), named(2, "b", { dependencies: [1] })]);
    expect(pictureOf(round, focusedOn(LENS, 1)).goesOn).toBe(false);
  });

  test("is the whole graph when the node is not there", () => {
    expect(pictureOf(mirror, focusedOn(LENS, 77)).nodes.size).toBe(6);
  });

  test("still counts every group", () => {
    expect(around(1, 1)).toMatchObject({ known: 6, groups: mirror.groups });
  });
});

describe("what is finished", () => {
  const done = { states: counts({ memory: 2 }), start: 1 };
  const mirror = mirrorOf([
    named(1, "a", done),
    named(2, "b", { ...done, dependencies: [1] }),
    named(3, "c", { ...done, dependencies: [2] }),
    named(4, "d", { states: counts({ waiting: 1 }), dependencies: [3] }),
  ]);

  test("is folded on demand, but for what something unfinished needs", () => {
    expect(names(pictureOf(mirror, { ...LENS, finished: "folded" }))).toEqual([
      "2 finished groups",
      "c",
      "d",
    ]);
    expect(pictureOf(mirror, LENS).nodes.size).toBe(4);
  });

  test("is folded further as more finishes", () => {
    const lens: Lens = { ...LENS, finished: "folded" };
    const before = pictureOf(mirror, lens);
    const next = apply(
      mirror,
      update({ since: 1, seq: 2, groups: [{ id: 4, states: counts({ memory: 1 }) }] }),
    );
    expect(names(pictureOf(next, lens, before))).toEqual(["4 finished groups"]);
  });
});

test("nodes of several groups keep their number through other levels", () => {
  const mirror = mirrorOf(TWICE);
  const prefixes = pictureOf(mirror, at("prefixes"));
  const groups = pictureOf(mirror, at("groups"), prefixes);
  expect([...pictureOf(mirror, at("prefixes"), groups).nodes.keys()]).toEqual([...prefixes.nodes.keys()]);
});

test("cards grow in steps by what they shall tell", () => {
  const step = (sizing: Lens["sizing"], group: Partial<Group>) =>
    pictureOf(mirrorOf([named(1, "a", group), named(2, "b", { dependencies: [1] })]), {
      ...LENS,
      sizing,
    }).nodes.get(1)?.step;
  expect(step("even", { states: counts({ memory: 100_000 }) })).toBe(0);
  expect(step("tasks", { states: counts({ memory: 9 }) })).toBe(0);
  expect(step("tasks", { states: counts({ memory: 1_000 }) })).toBe(3);
  expect(step("bytes", { nbytesTotal: 1e12 })).toBe(4);
  expect(step("duration", { allDurations: [20, 11] })).toBe(2);
  expect(step("dependents", {})).toBe(0);
});
