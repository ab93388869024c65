import { describe, expect, test } from "vitest";
import { detailAt } from "../src/draw/detail.ts";
import { draw } from "../src/draw/draw.ts";
import type { Ink } from "../src/draw/ink.ts";
import { partsOf } from "../src/draw/stacked.ts";
import type { Card, Edge } from "../src/scene/scene.ts";
import { PALETTES, stateColour } from "../src/theme.ts";
import { recorder } from "./recorder.ts";

const INK: Ink = { theme: "light", palette: PALETTES.light, fontFamily: "sans-serif", pixelRatio: 2 };
const SIZE = { width: 600, height: 300 };
const NEAR = { x: 0, y: 0, k: 1 };

const card = (change: Partial<Card> = {}): Card => ({
  id: 1,
  box: { x: 110, y: 43, width: 160, height: 46 },
  prefix: "sum",
  token: "012…def",
  tokenAt: 27,
  ratio: "3/4",
  ratioWidth: 21,
  bar: [
    { state: "memory", count: 3 },
    { state: "waiting", count: 1 },
  ],
  badge: null,
  badgeWidth: 0,
  gone: false,
  selected: false,
  focused: false,
  hovered: false,
  light: "normal",
  opacity: 1,
  ...change,
});

const edge = (change: Partial<Edge> = {}): Edge => ({
  points: [
    { x: 190, y: 43 },
    { x: 220, y: 43 },
    { x: 220, y: 90 },
    { x: 250, y: 90 },
  ],
  reversed: false,
  light: "normal",
  opacity: 1,
  ...change,
});

function drawn(scene: { cards?: Card[]; edges?: Edge[] }, camera = NEAR) {
  const canvas = recorder();
  draw(canvas.ctx, { cards: [], edges: [], ...scene }, camera, SIZE, INK);
  return canvas;
}

describe("a card", () => {
  test("near says its name, token and progress", () => {
    expect(drawn({ cards: [card()] }).named("fillText")).toEqual([
      ["fillText", "sum", 40, 38],
      ["fillText", "012…def", 67, 38],
      ["fillText", "3/4", 159, 56.5],
    ]);
  });

  test("has a bar in proportion", () => {
    const { calls } = drawn({ cards: [card()] });
    const at = calls.findIndex(
      ([name, value]) => name === "fillStyle =" && value === stateColour("memory", "light"),
    );
    expect(calls.slice(at, at + 4)).toEqual([
      ["fillStyle =", stateColour("memory", "light")],
      ["fillRect", 40, 49.5, 82.5, 6],
      ["fillStyle =", stateColour("waiting", "light")],
      ["fillRect", 122.5, 49.5, 27.5, 6],
    ]);
  });

  test("farther away has a bar and a name of readable size, then a bar, then is a block", () => {
    expect(drawn({ cards: [card()] }, { ...NEAR, k: 0.5 }).named("fillText")).toEqual([
      ["fillText", "sum", 38, 39.1],
    ]);
    const bar = drawn({ cards: [card()] }, { ...NEAR, k: 0.3 });
    expect(bar.named("fillText")).toEqual([]);
    expect(bar.named("roundRect")).not.toEqual([]);
    const block = drawn({ cards: [card()] }, { ...NEAR, k: 0.1 });
    expect(block.named("roundRect")).toEqual([]);
    expect(block.named("fillRect")).toHaveLength(2);
  });

  test("out of sight is not drawn", () => {
    expect(drawn({ cards: [card()] }, { x: -900, y: 0, k: 1 }).named("fillText")).toEqual([]);
  });

  test("that is selected has a ring", () => {
    const rings = (change: Partial<Card>) =>
      drawn({ cards: [card(change)] }).calls.filter(([name, value]) => name === "lineWidth =" && value === 2);
    expect(rings({ selected: true })).toHaveLength(1);
    expect(rings({})).toHaveLength(0);
  });

  test("where something is wrong has a badge in words, and slanting lines", () => {
    const bad = card({
      bar: [{ state: "erred", count: 2 }],
      badge: { state: "erred", text: "2 erred" },
      badgeWidth: 49,
    });
    const canvas = drawn({ cards: [bad] });
    expect(canvas.named("fillText").at(-1)).toEqual(["fillText", "2 erred", 127, 21]);
    expect(canvas.named("lineTo").length).toBeGreaterThan(10);
  });

  test("of no tasks draws no bar and no NaN", () => {
    const canvas = drawn({ cards: [card({ bar: [], ratio: "no tasks" })] });
    expect(canvas.calls.flat()).not.toContain(Number.NaN);
    expect(canvas.named("fillRect")).toEqual([]);
  });

  test("off the path, or forgotten, is faint", () => {
    const alphas = (change: Partial<Card>) => drawn({ cards: [card(change)] }).named("globalAlpha =")[1]?.[1];
    expect(alphas({})).toBe(1);
    expect(alphas({ gone: true })).toBeLessThan(1);
    expect(alphas({ light: "dimmed" })).toBeLessThan(Number(alphas({ gone: true })));
  });
});

describe("an edge", () => {
  test("is a curve with an arrowhead at its end", () => {
    const canvas = drawn({ edges: [edge()] });
    expect(canvas.named("bezierCurveTo")).toEqual([["bezierCurveTo", 220, 43, 220, 90, 250, 90]]);
    expect(canvas.named("moveTo").at(-1)).toEqual(["moveTo", 250, 90]);
    expect(canvas.named("fill")).toHaveLength(1);
  });

  test("against the flow is dashed", () => {
    expect(drawn({ edges: [edge({ reversed: true })] }).named("setLineDash")[0]?.[1]).toHaveLength(2);
    expect(drawn({ edges: [edge()] }).named("setLineDash")).toEqual([]);
  });

  test("that is lit has the accent's colour", () => {
    const strokes = drawn({ edges: [edge({ light: "lit" })] }).calls.filter(
      ([name, value]) => name === "strokeStyle =" && value === PALETTES.light.accent,
    );
    expect(strokes).toHaveLength(1);
  });
});

describe("the parts of a bar", () => {
  const rect = { x: 0, y: 0, width: 100, height: 6 };

  test("keep one erred task of a million visible, and fill the bar", () => {
    const parts = partsOf(
      [
        { state: "memory", count: 1e6 },
        { state: "erred", count: 1 },
      ],
      rect,
    );
    expect(parts[1]?.width).toBeGreaterThan(2.5);
    expect(parts.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
  });

  test("of nothing are none", () => {
    expect(partsOf([], rect)).toEqual([]);
  });
});

test("detail falls with distance", () => {
  expect([0.7, 0.4, 0.1].map(detailAt)).toEqual(["card", "bar", "block"]);
});
