import { describe, expect, test } from "vitest";
import { detailAt } from "../src/draw/detail.ts";
import { draw } from "../src/draw/draw.ts";
import type { Brush } from "../src/draw/ink.ts";
import { partsOf } from "../src/draw/stacked.ts";
import type { GraphNode } from "../src/picture/node.ts";
import type { CardFacts, CardText } from "../src/scene/card.ts";
import type { Card, Edge } from "../src/scene/scene.ts";
import { categoryColour, PALETTES, stateColour } from "../src/theme.ts";
import { recorder } from "./recorder.ts";
import { BRUSH, mirrorOf, named, node, PLAIN } from "./sample.ts";

const SHARP: Brush = { ...BRUSH, pixelRatio: 2 };
const SIZE = { width: 600, height: 300 };
const NEAR = { x: 0, y: 0, k: 1 };

const mirror = mirrorOf();
const NODE = node(mirror, 1);
const LABEL: CardText = { prefix: "sum", token: "012…def", prefixWidth: 21, tokenAt: 27 };
const FACTS: CardFacts = {
  ratio: "3/4",
  ratioWidth: 21,
  bar: [
    { state: "memory", count: 3 },
    { state: "waiting", count: 1 },
  ],
  badge: null,
  badgeWidth: 0,
  mostly: "memory",
};

const card = (change: Partial<Card> = {}): Card => ({
  id: 1,
  node: NODE,
  box: { x: 110, y: 43, width: 160, height: 46 },
  text: LABEL,
  facts: FACTS,
  ...PLAIN,
  ...change,
});

const ERRED: CardFacts = {
  ...FACTS,
  bar: [{ state: "erred", count: 2 }],
  badge: { state: "erred", text: "2 erred" },
  badgeWidth: 49,
  mostly: "erred",
};

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
  draw(canvas.ctx, { cards: [], edges: [], ground: {}, ...scene }, camera, SIZE, SHARP);
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
      ["beginPath"],
      ["roundRect", 40, 49.5, 82.5, 6, [3, 0, 0, 3]],
      ["fill"],
    ]);
    expect(calls.slice(at + 4, at + 7).map(([, ...values]) => values)).toEqual([
      [stateColour("waiting", "light")],
      [],
      [122.5, 49.5, 27.5, 6, [0, 3, 3, 0]],
    ]);
  });

  test("farther away has a bar and a name of readable size, then a bar, then is a block", () => {
    expect(drawn({ cards: [card()] }, { ...NEAR, k: 0.5 }).named("fillText")).toEqual([
      ["fillText", "sum", 38, 39.7],
    ]);
    const bar = drawn({ cards: [card()] }, { ...NEAR, k: 0.22 });
    expect(bar.named("fillText")).toEqual([]);
    expect(bar.named("roundRect")).not.toEqual([]);
    const block = drawn({ cards: [card()] }, { ...NEAR, k: 0.1 });
    expect(block.named("roundRect")).toEqual([]);
    expect(block.named("fillRect")).toHaveLength(2);
  });

  test("that is small has smaller letters rather than none, down to what can be read", () => {
    const font = (k: number) =>
      drawn({ cards: [card()] }, { ...NEAR, k }).calls.findLast(([name]) => name === "font =")?.[1];
    const pixels = (k: number) => Number.parseFloat(String(font(k)).split(" ")[1] ?? "") * k;
    expect(pixels(0.65)).toBeCloseTo(10);
    expect(pixels(0.5)).toBeCloseTo(7.8);
    expect(pixels(0.3)).toBeCloseTo(7.5);
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

  test("that the search stands at has a ring of its own, also when it is selected", () => {
    const rings = (change: Partial<Card>) => drawn({ cards: [card(change)] }).named("roundRect").length;
    expect(rings({ current: true })).toBe(rings({}) + 1);
    expect(rings({ current: true, selected: true })).toBe(rings({}) + 2);
  });

  test("where something is wrong has a badge in words, and slanting lines", () => {
    const canvas = drawn({ cards: [card({ facts: ERRED })] });
    expect(canvas.named("fillText").at(-1)).toEqual(["fillText", "2 erred", 127, 21]);
    expect(canvas.named("lineTo").length).toBeGreaterThan(10);
  });

  test("of no tasks draws no bar and no NaN", () => {
    const canvas = drawn({
      cards: [card({ facts: { ...FACTS, bar: [], ratio: "no tasks", mostly: null } })],
    });
    expect(canvas.calls.flat()).not.toContain(Number.NaN);
    expect(canvas.named("fillRect")).toEqual([]);
  });

  test("off the path, or made less of, is faint", () => {
    const alphas = (change: Partial<Card>) =>
      drawn({ cards: [card(change)] })
        .named("globalAlpha =")
        .map(([, alpha]) => Number(alpha));
    expect(Math.min(...alphas({}))).toBe(1);
    expect(Math.min(...alphas({ faint: true }))).toBeLessThan(1);
    expect(Math.min(...alphas({ light: "dimmed" }))).toBeLessThan(Math.min(...alphas({ faint: true })));
  });

  test("has a stripe of its category's colour", () => {
    const colours = drawn({ cards: [card({ hue: 2 })] })
      .named("fillStyle =")
      .map(([, colour]) => colour);
    expect(colours).toContain(categoryColour(2, "light"));
  });

  test("of several groups shows the cards behind it", () => {
    const two = mirrorOf([named(1, "x-1"), named(2, "x-2")]);
    const surfaces = (of: GraphNode) => drawn({ cards: [card({ node: of })] }).named("roundRect").length;
    expect(surfaces(node(two, 1, 2))).toBe(surfaces(NODE) + 2);
  });

  test("of a larger step is drawn larger in all", () => {
    const canvas = drawn({ cards: [card({ node: { ...NODE, step: 4 } })] });
    expect(canvas.named("scale")).toEqual([["scale", 2.1, 2.1]]);
    expect(canvas.named("restore")).toHaveLength(1);
  });

  test("of a larger step has as much on it as the others at each scale", () => {
    const writtenAt = (k: number) =>
      [0, 4].map((step) => {
        const canvas = drawn({ cards: [card({ node: { ...NODE, step } })] }, { ...NEAR, k });
        return canvas
          .named("fillText")
          .map(([, text]) => text)
          .includes("3/4");
      });
    expect([0.5, 0.69, 0.7].map(writtenAt)).toEqual([
      [false, false],
      [false, false],
      [true, true],
    ]);
  });

  test("has its name at every scale at which there is room for it", () => {
    const nameless = Array.from({ length: 400 }, (_, at) => 0.27 + at / 1000).filter(
      (k) => drawn({ cards: [card()] }, { ...NEAR, k }).named("fillText").length === 0,
    );
    expect(nameless).toEqual([]);
  });

  test("has each name set in its own direction", () => {
    const text = { ...LABEL, prefix: "عملية" };
    const canvas = drawn({ cards: [card({ text })] });
    const directions = canvas.named("direction =").map(([, direction]) => direction);
    expect(directions).toEqual(["rtl", "ltr", "ltr"]);
  });
});

describe("a block", () => {
  const far = (change: Partial<Card>, k: number) => drawn({ cards: [card(change)] }, { ...NEAR, k });
  const fills = (change: Partial<Card>, k: number) =>
    far(change, k)
      .named("fillStyle =")
      .map(([, colour]) => colour);

  test("shows its parts while it is wide enough, then what most tasks are", () => {
    expect(fills({}, 0.1)).toEqual([stateColour("memory", "light"), stateColour("waiting", "light")]);
    expect(fills({}, 0.04)).toEqual([stateColour("memory", "light")]);
  });

  test("has its category's colour when cards are coloured so", () => {
    expect(fills({ hue: 1 }, 0.1)).toEqual([categoryColour(1, "light")]);
  });

  test("is never smaller than a pixel", () => {
    expect(far({}, 0.005).named("fillRect")[0]?.slice(3)).toEqual([200, 200]);
  });

  test("with one erred task of many has a flag of some pixels, hatched", () => {
    const facts: CardFacts = {
      ...ERRED,
      bar: [
        { state: "memory", count: 1e6 },
        { state: "erred", count: 1 },
      ],
      mostly: "memory",
    };
    const canvas = far({ facts }, 0.02);
    expect(canvas.named("fillStyle =").at(-1)?.[1]).toBe(stateColour("erred", "light"));
    expect(canvas.named("fillRect").at(-1)?.slice(3)).toEqual([200, 200]);
    expect(canvas.named("lineTo").length).toBeGreaterThan(0);
  });
});

describe("an edge", () => {
  test("is a curve with an arrowhead at its end", () => {
    const canvas = drawn({ edges: [edge()] });
    expect(canvas.named("bezierCurveTo")).toEqual([["bezierCurveTo", 220, 43, 220, 90, 250, 90]]);
    expect(canvas.named("moveTo").at(-1)).toEqual(["moveTo", 250, 90]);
    expect(canvas.named("fill")).toHaveLength(1);
    expect(drawn({ edges: [edge()] }, { ...NEAR, k: 0.2 }).named("fill")).toHaveLength(0);
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
