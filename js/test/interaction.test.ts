import { describe, expect, test } from "vitest";
import { lensAfter, lensBack } from "../src/interaction/choices.ts";
import { commandOf, type Key, ZOOM_STEP } from "../src/interaction/commands.ts";
import { clicked } from "../src/interaction/selection.ts";
import { heirOf, nextOf, nodesIn, walk } from "../src/interaction/walk.ts";
import type { Layout } from "../src/layout/graph.ts";
import { LENS, type Lens } from "../src/lens.ts";
import { type Picture, pictureOf } from "../src/picture/index.ts";
import type { GraphNode } from "../src/picture/node.ts";
import { counts, mirrorOf, named } from "./sample.ts";

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

function nodeIn({ nodes, homes }: Picture, group: number): GraphNode {
  const node = nodes.get(homes.get(group) ?? 0);
  if (!node) throw new Error(`no node of group ${group}`);
  return node;
}

describe("keys", () => {
  test.each([
    ["ArrowLeft", { type: "walk", direction: "left" }],
    ["Enter", { type: "select", add: false }],
    [" ", { type: "select", add: true }],
    ["Escape", { type: "back" }],
    ["e", { type: "seek", state: "erred", step: 1 }],
    ["r", { type: "seek", state: "processing", step: 1 }],
    ["n", { type: "neighbourhood" }],
    ["]", { type: "widen", by: 1 }],
    [",", { type: "widen", by: -1 }],
    ["0", { type: "life-size" }],
    ["f", { type: "fit" }],
    ["Backspace", { type: "fold" }],
    ["?", { type: "help" }],
  ])("%s", (name, command) => {
    expect(commandOf(key(name))).toEqual(command);
  });

  test.each([
    ["E", { type: "seek", state: "erred", step: -1 }],
    ["O", { type: "fold" }],
    ["F", { type: "fullscreen" }],
    ["Enter", { type: "select", add: true }],
    ["_", { type: "zoom", factor: 1 / ZOOM_STEP }],
    ["?", { type: "help" }],
  ])("Shift+%s", (name, command) => {
    expect(commandOf(key(name, { shiftKey: true }))).toEqual(command);
  });

  test("mean the same with the capitals locked", () => {
    expect(commandOf(key("F"))).toEqual({ type: "fit" });
  });

  test("that are the browser's or the notebook's stay theirs", () => {
    for (const name of ["f", "e", "c", "n", "/", "+", "0", "ArrowLeft", " "]) {
      expect(commandOf(key(name, { ctrlKey: true }))).toBeNull();
      expect(commandOf(key(name, { metaKey: true }))).toBeNull();
      expect(commandOf(key(name, { altKey: true }))).toBeNull();
    }
    expect(commandOf(key("Enter", { ctrlKey: true }))).toBeNull();
    expect(commandOf(key("Tab"))).toBeNull();
    expect(commandOf(key("d"))).toBeNull();
  });
});

describe("walking", () => {
  // 1 → 2, 1 → 3; 2 above 3; 4 below 1, joined to nobody.
  const picture = pictureOf(
    mirrorOf([
      named(1, "a", { dependencies: [1] }),
      named(2, "b", { dependencies: [1] }),
      named(3, "c", { dependencies: [1] }),
      named(4, "d"),
    ]),
    LENS,
  );
  const at = (x: number, y: number) => ({ x, y, width: 100, height: 40 });
  const layout: Layout = {
    width: 400,
    height: 200,
    routes: [],
    boxes: new Map([
      [1, at(50, 50)],
      [2, at(250, 20)],
      [3, at(250, 90)],
      [4, at(50, 150)],
    ]),
  };

  test("begins at the upper left", () => {
    expect(walk(null, "down", picture, layout)).toBe(1);
  });

  test("goes along the edges, to the nearest", () => {
    expect(walk(1, "right", picture, layout)).toBe(2);
    expect(walk(3, "left", picture, layout)).toBe(1);
  });

  test("goes to the next column before one farther on at the same height", () => {
    const skipping = pictureOf(
      mirrorOf([
        named(1, "a"),
        named(2, "b", { dependencies: [1] }),
        named(3, "c", { dependencies: [1, 2] }),
      ]),
      LENS,
    );
    const boxes = new Map([
      [1, at(50, 50)],
      [2, at(200, 110)],
      [3, at(350, 50)],
    ]);
    expect(walk(1, "right", skipping, { ...layout, boxes })).toBe(2);
    expect(walk(3, "left", skipping, { ...layout, boxes })).toBe(2);
  });

  test("goes up and down within the column", () => {
    expect(walk(2, "down", picture, layout)).toBe(3);
    expect(walk(1, "down", picture, layout)).toBe(4);
    expect(walk(4, "up", picture, layout)).toBe(1);
  });

  test("stays where there is nowhere to go", () => {
    expect(walk(1, "left", picture, layout)).toBe(1);
    expect(walk(4, "down", picture, layout)).toBe(4);
  });

  test("in an empty graph leads nowhere", () => {
    expect(walk(null, "right", picture, { ...layout, boxes: new Map() })).toBeNull();
  });

  test("from error to error goes round", () => {
    expect(nextOf([3, 8], null)).toBe(3);
    expect(nextOf([3, 8], 3)).toBe(8);
    expect(nextOf([3, 8], 8)).toBe(3);
    expect(nextOf([], 3)).toBeNull();
  });

  test("and back", () => {
    expect(nextOf([3, 8], null, -1)).toBe(8);
    expect(nextOf([3, 8], 3, -1)).toBe(8);
    expect(nextOf([3, 8], 8, -1)).toBe(3);
    expect(nextOf([], null, -1)).toBeNull();
  });

  test("to nodes in a state goes along the flow", () => {
    const erred = { states: counts({ erred: 1 }) };
    const mirror = mirrorOf([
      named(3, "c", erred),
      named(4, "d", erred),
      named(2, "b"),
      named(1, "a", erred),
    ]);
    expect(nodesIn("erred", pictureOf(mirror, LENS), mirror.states, layout)).toEqual([1, 4, 3]);
    expect(nodesIn("processing", pictureOf(mirror, LENS), mirror.states, layout)).toEqual([]);
  });

  test("goes on where a node has gone", () => {
    const mirror = mirrorOf([named(1, "a-1"), named(2, "a-2"), named(3, "b")]);
    const folded = pictureOf(mirror, { ...LENS, level: "prefixes" });
    const flat = pictureOf(mirror, { ...LENS, level: "groups" }, folded);
    const prefix = folded.homes.get(2) ?? 0;
    expect(heirOf(prefix, folded, flat)).toBe(1);
    expect(heirOf(2, flat, folded)).toBe(prefix);
    expect(heirOf(3, flat, folded)).toBe(3);
    expect(heirOf(3, flat, pictureOf(mirrorOf([named(1, "a-1")]), LENS))).toBeNull();
  });
});

describe("what a command makes of the lens", () => {
  const mirror = mirrorOf([named(1, "a-1"), named(2, "a-2", { dependencies: [1] }), named(3, "b")]);
  const prefixes: Lens = { ...LENS, level: "prefixes" };
  const folded = nodeIn(pictureOf(mirror, prefixes), 1);

  test("a node of several groups opens, and its groups fold again", () => {
    const open = lensAfter({ type: "open" }, prefixes, folded, true) ?? prefixes;
    const picture = pictureOf(mirror, open);
    expect(picture.nodes.size).toBe(3);
    const again = lensAfter({ type: "fold" }, open, nodeIn(picture, 1), true) ?? open;
    expect(pictureOf(mirror, again).nodes.size).toBe(2);
  });

  test("a single group neither opens nor, on its own, folds", () => {
    expect(lensAfter({ type: "open" }, prefixes, nodeIn(pictureOf(mirror, prefixes), 3), true)).toBeNull();
    expect(lensAfter({ type: "fold" }, prefixes, folded, true)).toBeNull();
    expect(lensAfter({ type: "open" }, prefixes, null, true)).toBeNull();
  });

  test("a neighbourhood is entered, widened, narrowed and left", () => {
    const near = lensAfter({ type: "neighbourhood" }, LENS, folded, true);
    expect(near?.focus).toEqual({ node: folded.id, up: 1, down: 1 });
    const wider = lensAfter({ type: "widen", by: 1 }, near ?? LENS, null, true);
    expect(wider?.focus).toEqual({ node: folded.id, up: 2, down: 2 });
    expect(lensAfter({ type: "widen", by: -1 }, wider ?? LENS, null, true)).toEqual(near);
    expect(lensAfter({ type: "neighbourhood" }, near ?? LENS, folded, true)?.focus).toBeNull();
    expect(lensAfter({ type: "neighbourhood" }, LENS, null, true)).toBeNull();
    expect(lensAfter({ type: "widen", by: 1 }, LENS, folded, true)).toBeNull();
  });

  test("a neighbourhood ends where nothing more is reached, and at the node itself", () => {
    const steps = (up: number, down: number): Lens => ({ ...LENS, focus: { node: 1, up, down } });
    expect(lensAfter({ type: "widen", by: 1 }, steps(2, 2), null, false)).toBeNull();
    expect(lensAfter({ type: "widen", by: -1 }, steps(1, 0), null, false)).toEqual(steps(0, 0));
    expect(lensAfter({ type: "widen", by: -1 }, steps(0, 0), null, true)).toBeNull();
  });

  test("levels go round", () => {
    let lens = LENS;
    const seen = [1, 2, 3, 4].map(() => {
      lens = lensAfter({ type: "level" }, lens, null, true) ?? lens;
      return lens.level;
    });
    expect(seen).toEqual(["groups", "prefixes", "computations", "auto"]);
  });

  test("back goes one step at a time", () => {
    let lens: Lens | null = {
      ...LENS,
      query: "a",
      focus: { node: 1, up: 1, down: 1 },
      states: new Set(["erred"]),
    };
    lens = lensBack(lens);
    expect([lens?.query, lens?.focus?.node]).toEqual(["", 1]);
    lens = lens && lensBack(lens);
    expect([lens?.focus, lens?.states.size]).toEqual([null, 1]);
    lens = lens && lensBack(lens);
    expect(lens?.states.size).toBe(0);
    expect(lens && lensBack(lens)).toBeNull();
  });
});

describe("a click", () => {
  test("selects one", () => {
    expect(clicked(["a", "b"], ["c"], false)).toEqual(["c"]);
  });

  test("with a modifier adds, or takes away what is selected", () => {
    expect(clicked(["a"], ["c"], true)).toEqual(["a", "c"]);
    expect(clicked(["a", "c"], ["c"], true)).toEqual(["a"]);
  });

  test("on a node of several groups takes them all, and leaves them all only when all are selected", () => {
    expect(clicked(["x"], ["a", "b"], false)).toEqual(["a", "b"]);
    expect(clicked(["a"], ["a", "b"], true)).toEqual(["a", "b"]);
    expect(clicked(["a", "b", "x"], ["a", "b"], true)).toEqual(["x"]);
  });
});
