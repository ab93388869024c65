import { describe, expect, test } from "vitest";
import type { Layout, LayoutGraph } from "../../src/layout/graph.ts";
import { layout } from "../../src/layout/index.ts";
import { topologicalOrder } from "../../src/layout/simplex.ts";
import { cards, edges, meanMove, OPTIONS, sample } from "./sample.ts";

const LIMIT = 0.002;

const part = (graph: LayoutGraph, keep: (id: number) => boolean): LayoutGraph => ({
  nodes: graph.nodes.filter(({ id }) => keep(id)),
  edges: graph.edges.filter(({ source, target }) => keep(source) && keep(target)),
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const places = (drawn: Layout, keep: (id: number) => boolean = () => true) =>
  [...drawn.boxes].filter(([id]) => keep(id)).sort(([a], [b]) => a - b);

describe.each(["real50", "real200", "real500", "syn500"])("%s", (name) => {
  const graph = sample(name);
  const before = layout(graph, OPTIONS);
  const probes = Array.from({ length: 20 }, (_, i) => Math.floor((i * graph.nodes.length) / 20));

  test("the same graph again stays exactly where it is", () => {
    expect(places(layout(graph, OPTIONS, before))).toEqual(places(before));
  });

  test("one group that depends on an old one moves the others by 0.2 % at most on average", () => {
    const id = graph.nodes.length;
    const moves = probes.map((source) => {
      const grown = {
        nodes: [...graph.nodes, { id, width: 120, height: 40 }],
        edges: [...graph.edges, { source, target: id }],
      };
      return meanMove(before, layout(grown, OPTIONS, before));
    });
    expect(mean(moves)).toBeLessThanOrEqual(LIMIT);
  });

  test("a removed group moves nobody", () => {
    for (const gone of probes.slice(0, 8))
      expect(
        meanMove(
          before,
          layout(
            part(graph, (id) => id !== gone),
            OPTIONS,
            before,
          ),
        ),
      ).toBe(0);
  });

  test("a new component moves nobody", () => {
    const id = graph.nodes.length;
    const grown = {
      nodes: [...graph.nodes, ...cards(id + 3).slice(id)],
      edges: [...graph.edges, ...edges([id, id + 1], [id + 1, id + 2])],
    };
    expect(meanMove(before, layout(grown, OPTIONS, before))).toBe(0);
  });
});

test("a graph that grows group by group, dependencies first, moves by 0.2 % a step at most on average", () => {
  const graph = sample("real200");
  const order = topologicalOrder(
    graph.nodes.length,
    graph.edges.map(({ source, target }) => ({ from: source, to: target })),
  );
  const present = new Set<number>();
  let previous: Layout | undefined;
  const moves: number[] = [];
  for (const group of order ?? []) {
    present.add(group);
    const next = layout(
      part(graph, (id) => present.has(id)),
      OPTIONS,
      previous,
    );
    if (previous && present.size > 50) moves.push(meanMove(previous, next));
    previous = next;
  }
  expect(mean(moves)).toBeLessThanOrEqual(LIMIT);
});

test("a component stays exactly in place while another one grows", () => {
  const first = { nodes: cards(6), edges: edges([0, 1], [1, 2], [3, 4], [4, 5]) };
  const before = layout(first, OPTIONS);
  const after = layout({ nodes: cards(7), edges: [...first.edges, ...edges([2, 6])] }, OPTIONS, before);
  const others = (id: number) => id >= 3 && id <= 5;
  expect(places(after, others)).toEqual(places(before, others));
});

test("the place of a removed component is filled again", () => {
  const three = { nodes: cards(6), edges: edges([0, 1], [2, 3], [4, 5]) };
  const before = layout(three, OPTIONS);
  const without = layout(
    part(three, (id) => id < 2 || id > 3),
    OPTIONS,
    before,
  );
  const nodes = [...part(three, (id) => id < 2 || id > 3).nodes, ...cards(8).slice(6)];
  const refilled = layout({ nodes, edges: edges([0, 1], [4, 5], [6, 7]) }, OPTIONS, without);
  expect(refilled.boxes.get(6)).toEqual(before.boxes.get(2));
});

test("an edge that is no longer on a cycle is drawn forward again", () => {
  const ring = { nodes: cards(3), edges: edges([0, 1], [1, 2], [2, 0]) };
  const before = layout(ring, OPTIONS);
  const turned = before.routes.find(({ reversed }) => reversed);
  const open = { nodes: ring.nodes, edges: ring.edges.filter((edge) => edge.source !== 1) };
  expect(turned).toMatchObject({ source: 2, target: 0 });
  expect(layout(open, OPTIONS, before).routes.some(({ reversed }) => reversed)).toBe(false);
});
