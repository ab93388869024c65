import { describe, expect, test } from "vitest";
import type { Box, Layout, LayoutGraph } from "../../src/layout/graph.ts";
import { layout } from "../../src/layout/index.ts";
import { cards, edges, OPTIONS, random, randomGraph, sample } from "./sample.ts";
import { expectSound } from "./sound.ts";

const box = (drawn: Layout, id: number) => drawn.boxes.get(id) as Box;
const seeds = Array.from({ length: 36 }, (_, seed) => seed);
const samples = ["real50", "real200", "real500", "syn500"];

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const next = random(seed);
  return items
    .map((item) => ({ item, key: next() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

describe("any graph", () => {
  test.each(seeds)("random graph %i: boxes apart, edges forward, routes from side to side", (seed) => {
    const graph = randomGraph(seed);
    const drawn = layout(graph, OPTIONS);
    expectSound(graph, drawn);
  });

  test.each(seeds)("random graph %i grows into another and stays sound", (seed) => {
    const graph = randomGraph(seed);
    const next = randomGraph(seed + 1);
    const some = { nodes: graph.nodes.filter(({ id }) => id % 5 !== seed % 5), edges: graph.edges };
    const first = layout(some, OPTIONS);
    const second = layout(graph, OPTIONS, first);
    expectSound(graph, second);
    const third = layout(next, OPTIONS, second);
    expectSound(next, third);
  });

  test.each(samples)("%s is drawn without a route through a foreign card", (name) => {
    const graph = sample(name);
    const drawn = layout(graph, OPTIONS);
    expectSound(graph, drawn);
  });

  test("nodes and edges in another order give the same picture", () => {
    for (const graph of [sample("real50"), randomGraph(3), randomGraph(4)]) {
      const mixed = { nodes: shuffled(graph.nodes, 1), edges: shuffled(graph.edges, 2) };
      expect(layout(mixed, OPTIONS)).toEqual(layout(graph, OPTIONS));
    }
  });

  test("no graph is an empty picture", () => {
    expect(layout({ nodes: [], edges: edges([1, 2]) }, OPTIONS)).toMatchObject({
      width: 0,
      height: 0,
      routes: [],
    });
  });

  test("edges to nobody are ignored and parallel edges share one route", () => {
    const drawn = layout({ nodes: cards(2), edges: edges([0, 1], [0, 1], [0, 7], [7, 1]) }, OPTIONS);
    expect(drawn.routes.map(({ source, target }) => [source, target])).toEqual([[0, 1]]);
  });

  test("sizes that are no numbers count as nothing", () => {
    const drawn = layout(
      { nodes: [{ id: 0, width: Number.NaN, height: -3 }, ...cards(3).slice(1)], edges: [] },
      OPTIONS,
    );
    expect(box(drawn, 0)).toMatchObject({ width: 0, height: 0 });
    expect(Number.isFinite(drawn.width + drawn.height)).toBe(true);
  });
});

describe("edges against the flow", () => {
  test("a self edge leaves on the right, turns under its card and comes back on the left", () => {
    const drawn = layout({ nodes: cards(1), edges: edges([0, 0]) }, OPTIONS);
    const { points, reversed } = drawn.routes[0] as Layout["routes"][number];
    expect(reversed).toBe(true);
    expect(Math.max(...points.map(({ y }) => y))).toBeGreaterThan(box(drawn, 0).y + 20);
    expectSound({ nodes: cards(1), edges: [] }, drawn);
  });

  test("of two groups that need each other, one edge is turned", () => {
    const drawn = layout({ nodes: cards(2), edges: edges([0, 1], [1, 0]) }, OPTIONS);
    expect(drawn.routes.filter(({ reversed }) => reversed)).toHaveLength(1);
  });

  test("shuffles that share a barrier are drawn with few turned edges", () => {
    // transfer → barrier → unpack, three times in a row through the one barrier (0).
    const graph = {
      nodes: cards(7),
      edges: edges([1, 0], [0, 2], [2, 3], [3, 0], [0, 4], [4, 5], [5, 0], [0, 6]),
    };
    const drawn = layout(graph, OPTIONS);
    expectSound(graph, drawn);
    expect(drawn.routes.filter(({ reversed }) => reversed)).toHaveLength(2);
  });
});

describe("extremes are drawn soundly", () => {
  const range = (count: number) => Array.from({ length: count }, (_, i) => i);
  const extremes: Record<string, LayoutGraph> = {
    "10,000 in a line": {
      nodes: cards(10_000),
      edges: edges(...range(9_999).map((i) => [i, i + 1] as const)),
    },
    "3,000 in a ring": {
      nodes: cards(3_000),
      edges: edges(...range(3_000).map((i) => [i, (i + 1) % 3_000] as const)),
    },
    "a star of 3,000": { nodes: cards(3_001), edges: edges(...range(3_000).map((i) => [0, i + 1] as const)) },
    "5,000 dependencies of one": {
      nodes: cards(5_001),
      edges: edges(...range(5_000).map((i) => [i + 1, 0] as const)),
    },
    "complete bipartite 200 × 200": {
      nodes: cards(400),
      edges: edges(...range(40_000).map((i) => [Math.floor(i / 200), 200 + (i % 200)] as const)),
    },
    "everybody needs everybody, 25": {
      nodes: cards(25),
      edges: edges(...range(625).map((i) => [Math.floor(i / 25), i % 25] as const)),
    },
    "3,000 alone": { nodes: cards(3_000), edges: [] },
    "3,000 pairs": {
      nodes: cards(6_000),
      edges: edges(...range(3_000).map((i) => [2 * i, 2 * i + 1] as const)),
    },
  };
  test.each(Object.keys(extremes))(
    "%s",
    (name) => {
      const graph = extremes[name] as LayoutGraph;
      expectSound(graph, layout(graph, OPTIONS));
    },
    60_000,
  );
});
