import { describe, expect, test } from "vitest";
import { cutsFor, keepCuts, messes } from "../../src/layout/cuts.ts";
import { scaleToFit } from "../../src/layout/fitting.ts";
import { fold } from "../../src/layout/fold.ts";
import type { Layout, LayoutGraph, LayoutOptions } from "../../src/layout/graph.ts";
import { layout } from "../../src/layout/index.ts";
import { type Layers, layers } from "../../src/layout/layers.ts";
import { heightAt } from "../../src/layout/previous.ts";
import { rounded } from "../../src/layout/routing.ts";
import { cards, edges, meanMove, OPTIONS, random, sample, sampled } from "./sample.ts";
import { expectSound } from "./sound.ts";

type Pair = readonly [number, number];

const range = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);
const links = (count: number, from = 0): Pair[] => range(count - 1, from).map((i) => [i, i + 1]);
const graph = (count: number, ...pairs: readonly Pair[]): LayoutGraph => ({
  nodes: cards(count),
  edges: edges(...pairs),
});
const chain = (count: number, ...more: readonly Pair[]): LayoutGraph =>
  graph(count, ...links(count), ...more);
const layered = (count: number, ...pairs: readonly Pair[]): Layers =>
  layers(
    range(count),
    pairs.map(([from, to]) => ({ from: Math.min(from, to), to: Math.max(from, to) })),
    pairs.map(() => false),
  );

const bandsOf = (drawn: Layout): number[][] => {
  const band = (id: number) => drawn.bands?.get(id) ?? 0;
  const ids = [...drawn.boxes.keys()].sort((a, b) => a - b);
  return range(Math.max(...ids.map(band)) + 1).map((index) => ids.filter((id) => band(id) === index));
};
const unfolded: LayoutOptions = { ...OPTIONS, viewWidth: 1e6 };

describe("cuts", () => {
  test("a cut through one edge is clean, a bundle tangles less than edges of different cards", () => {
    expect(messes(layered(3, [0, 1], [1, 2]))).toEqual([0, 0, 0]);
    expect(messes(layered(3, [0, 1], [0, 2], [1, 2]))[1]).toBe(0.25);
    expect(messes(layered(4, [0, 2], [1, 3], [1, 2], [0, 1]))[2]).toBeGreaterThan(1);
  });

  test("bands are alike", () => {
    expect(cutsFor(Array(10).fill(100), Array(10).fill(0), 20, 600)).toEqual([5]);
    expect(cutsFor(Array(9).fill(100), Array(9).fill(0), 20, 360)).toEqual([3, 6]);
  });

  test("what fits is not cut", () => {
    expect(cutsFor([100, 100, 100], [0, 0, 0], 20, 340)).toEqual([]);
  });

  test("a clean cut is better than an even one", () => {
    expect(cutsFor(Array(10).fill(100), [0, 0, 0, 0, 0, 4, 0, 0, 0, 0], 20, 700)).not.toContain(5);
  });

  test("where everything tangles there is no cut", () => {
    expect(cutsFor(Array(10).fill(100), Array(10).fill(9), 20, 300)).toEqual([]);
  });

  test("earlier bands stay; what is new joins the band beside it, until the last one is full", () => {
    const widths = Array(8).fill(100);
    const clean = () => Array(8).fill(0);
    const was = [undefined, 0, 0, undefined, 1, 1, undefined, undefined];
    expect(keepCuts(was, widths, clean, 20, 480)).toEqual([4]);
    expect(keepCuts(was, widths, clean, 20, 400)).toEqual([4, 7]);
    expect(keepCuts(was, widths, () => Array(8).fill(3), 20, 400)).toEqual([4]);
  });
});

describe("a fold", () => {
  test("has no dummies in a band that an edge only passes", () => {
    const whole = layered(6, [0, 1], [1, 2], [2, 3], [3, 4], [4, 5], [0, 5]);
    const { bands, links: between } = fold(whole, [2, 4]);
    expect(bands.map(({ layers: { ranks } }) => ranks.map((row) => row.length))).toEqual([
      [1, 2],
      [1, 1],
      [2, 1],
    ]);
    expect(between.get(5)).toMatchObject({ from: 0, to: 2 });
  });

  test("the course of an edge is looked for in its band", () => {
    const there = [0, 30, 60, 90].map((x) => ({ x, y: 10 }));
    const back = [90, 60, 30, 0].map((x) => ({ x, y: 50 }));
    const points = [...there, { x: 90, y: 10 }, { x: 90, y: 50 }, ...back];
    expect(heightAt(points, 40)).toBe(10);
    expect(heightAt(points, 40, { y: 45, height: 15 })).toBe(50);
  });

  test("corners are round, as far as there is room", () => {
    const line = [
      { x: 0, y: 0 },
      { x: 40, y: 0 },
      { x: 40, y: 20 },
      { x: 0, y: 20 },
    ];
    const points = rounded(line, [16, 16]);
    const turns = points.filter((_, i) => i % 3 === 2);
    expect(turns.map(({ x, y }) => [x, y])).toEqual([
      [30, 0],
      [40, 10],
      [30, 20],
      [0, 20],
    ]);
  });
});

describe("a picture", () => {
  test("of a chain that is readable in one line is not folded", () => {
    expect(bandsOf(layout(chain(5), OPTIONS))).toHaveLength(1);
    expect(bandsOf(layout(chain(10), unfolded))).toHaveLength(1);
  });

  test("of a long chain is folded so that it is read at life size", () => {
    const drawn = layout(chain(10), OPTIONS);
    expect(bandsOf(drawn)).toEqual([range(5), range(5, 5)]);
    expect(scaleToFit(drawn, OPTIONS)).toBe(1);
    expectSound(chain(10), drawn);
  });

  test("of several chains is folded as a whole", () => {
    const two = graph(30, ...links(12), ...links(12, 12));
    const drawn = layout(two, OPTIONS);
    expect(scaleToFit(drawn, OPTIONS)).toBeGreaterThan(1.25 * scaleToFit(layout(two, unfolded), OPTIONS));
    expectSound(two, drawn);
  });

  test("of groups that all need each other is not folded", () => {
    const tangle = graph(12, ...range(12).flatMap((i) => range(11 - i, i + 1).map((j): Pair => [i, j])));
    expect(bandsOf(layout(tangle, OPTIONS))).toHaveLength(1);
  });

  test("has a lane of its own for each edge between bands", () => {
    const drawn = layout(chain(12, [2, 8], [4, 9]), OPTIONS);
    const { bands } = drawn;
    const ys = drawn.routes
      .filter(({ source, target }) => bands?.get(source) !== bands?.get(target))
      .map(({ points }) => {
        const leftwards = points.findIndex(({ x }, i) => x < (points[i - 1]?.x ?? x) - 100);
        return points[leftwards]?.y;
      });
    expect(ys.length).toBeGreaterThan(1);
    expect(new Set(ys).size).toBe(ys.length);
  });

  test("leads an edge that jumps over a band down the left margin", () => {
    const drawn = layout(chain(24, [1, 22]), OPTIONS);
    const jump = drawn.routes.find(({ source, target }) => source === 1 && target === 22);
    const left = Math.min(...[...drawn.boxes.values()].map(({ x, width }) => x - width / 2));
    expect(Math.min(...sampled(jump?.points ?? []).map(({ x }) => x))).toBeLessThan(left - 10);
    expectSound(chain(24, [1, 22]), drawn);
  });

  test("arrives from the left also against the flow from a later band", () => {
    const ring = chain(12, [11, 0]);
    const drawn = layout(ring, OPTIONS);
    const back = drawn.routes.find(({ reversed }) => reversed);
    expect(back).toMatchObject({ source: 11, target: 0 });
    expectSound(ring, drawn);
  });
});

describe("a folded picture that grows", () => {
  const before = layout(chain(10), OPTIONS);

  test("keeps its bands and its places when the chain goes on", () => {
    const after = layout(chain(11), OPTIONS, before);
    expect(meanMove(before, after)).toBe(0);
    expect(bandsOf(after)).toEqual([range(5), range(6, 5)]);
  });

  test("begins a new band below when the last one is full", () => {
    let drawn = before;
    for (const count of range(5, 11)) drawn = layout(chain(count), OPTIONS, drawn);
    expect(bandsOf(drawn)).toHaveLength(3);
    expect(meanMove(before, drawn)).toBe(0);
    expectSound(chain(15), drawn);
  });

  test("moves nobody much for a group that depends on one in the middle", () => {
    const more = { nodes: cards(11), edges: [...chain(10).edges, ...edges([2, 10])] };
    const after = layout(more, OPTIONS, before);
    expect(after.bands?.get(10)).toBe(0);
    expect(meanMove(before, after)).toBeLessThan(0.03);
    expectSound(more, after);
  });

  test("is folded when a line has become too long", () => {
    let drawn: Layout | undefined;
    for (const count of range(20, 1)) drawn = layout(chain(count), OPTIONS, drawn);
    expect(scaleToFit(drawn as Layout, OPTIONS)).toBeGreaterThan(0.75);
  });

  test.each(range(40))(
    "random chain %i with shortcuts and cycles stays sound as it grows, splits and joins",
    (seed) => {
      const next = random(seed + 100);
      const count = 12 + Math.floor(next() * 20);
      const pick = () => Math.floor(next() * count);
      const more = range(Math.floor(next() * 5)).map((): Pair => [pick(), pick()]);
      const start = chain(count - 4, ...more.filter(([a, b]) => Math.max(a, b) < count - 4));
      const first = layout(start, OPTIONS);
      expectSound(start, first);
      const second = layout(chain(count, ...more), OPTIONS, first);
      expectSound(chain(count, ...more), second);
      const middle = Math.floor(count / 2);
      const { nodes, edges: all } = chain(count, ...more);
      const split = {
        nodes: nodes.filter(({ id }) => id !== middle),
        edges: all.filter(({ source, target }) => source !== middle && target !== middle),
      };
      const third = layout(split, OPTIONS, second);
      expectSound(split, third);
      expectSound(chain(count + 2, ...more), layout(chain(count + 2, ...more), OPTIONS, third));
    },
  );
});

test("a picture that has grown group by group is not much smaller in the view than a fresh one", () => {
  const whole = sample("real50");
  const view: LayoutOptions = { ...OPTIONS, viewWidth: 960 };
  let grown: Layout | undefined;
  whole.nodes.forEach((_, at) => {
    const isThere = (id: number) => id <= at;
    grown = layout(
      {
        nodes: whole.nodes.filter(({ id }) => isThere(id)),
        edges: whole.edges.filter(({ source, target }) => isThere(source) && isThere(target)),
      },
      view,
      grown,
    );
  });
  const fresh = scaleToFit(layout(whole, view), view);
  expect(grown && scaleToFit(grown, view)).toBeGreaterThan(fresh / 1.6);
});
