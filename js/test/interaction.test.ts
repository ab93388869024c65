import { describe, expect, test } from "vitest";
import { commandOf, type Key } from "../src/interaction/commands.ts";
import { clicked } from "../src/interaction/selection.ts";
import { nextOf, walk } from "../src/interaction/walk.ts";
import type { Layout } from "../src/layout/graph.ts";
import { LENS } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { mirrorOf, named } from "./sample.ts";

const key = (name: string, more: Partial<Key> = {}): Key => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe("keys", () => {
  test.each([
    ["ArrowLeft", { type: "walk", direction: "left" }],
    ["Enter", { type: "select", add: false }],
    ["Escape", { type: "clear" }],
    ["e", { type: "next-error" }],
    ["0", { type: "fit" }],
    ["?", { type: "help" }],
  ])("%s", (name, command) => {
    expect(commandOf(key(name))).toEqual(command);
  });

  test("that are the browser's or the notebook's stay theirs", () => {
    for (const name of ["f", "e", "+", "0", "ArrowLeft"]) {
      expect(commandOf(key(name, { ctrlKey: true }))).toBeNull();
      expect(commandOf(key(name, { metaKey: true }))).toBeNull();
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
