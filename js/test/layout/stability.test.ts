import { describe, expect, test } from "vitest";
import { topologicalOrder } from "../../src/layout/arcs.ts";
import type { Layout, LayoutGraph } from "../../src/layout/graph.ts";
import { layout } from "../../src/layout/index.ts";
import { cards, edges, meanMove, OPTIONS, random, sample } from "./sample.ts";
import { expectSound } from "./sound.ts";

const LIMIT = 0.002;

const part = (graph: LayoutGraph, keep: (id: number) => boolean): LayoutGraph => ({
  nodes: graph.nodes.filter(({ id }) => keep(id)),
  edges: graph.edges.filter(({ source, target }) => keep(source) && keep(target)),
});

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const places = (drawn: Layout, keep: (id: number) => boolean = () => true) =>
  [...drawn.boxes].filter(([id]) => keep(id)).sort(([a], [b]) => a - b);

const withGroup = (
  { nodes, edges: old }: LayoutGraph,
  ends: (id: number) => readonly (readonly [number, number])[],
): LayoutGraph => ({
  nodes: [...nodes, { id: nodes.length, width: 120, height: 40 }],
  edges: [...old, ...edges(...ends(nodes.length))],
});

const resized = (graph: LayoutGraph, id: number, width: number, height: number): LayoutGraph => ({
  nodes: graph.nodes.map((node) =>
    node.id === id ? { id, width: node.width + width, height: node.height + height } : node,
  ),
  edges: graph.edges,
});

/** What may happen to a graph, at two of its groups. */
const CHANGES: Record<string, (graph: LayoutGraph, a: number, b: number) => LayoutGraph> = {
  "a group that depends on an old one": (graph, a) => withGroup(graph, (id) => [[a, id]]),
  "a group that depends on two": (graph, a, b) =>
    withGroup(graph, (id) => [
      [a, id],
      [b, id],
    ]),
  "a group that an old one depends on": (graph, a) => withGroup(graph, (id) => [[id, a]]),
  "a group between two": (graph, a, b) =>
    withGroup(graph, (id) => [
      [a, id],
      [id, b],
    ]),
  "an edge between two": ({ nodes, edges: old }, a, b) => ({ nodes, edges: [...old, ...edges([a, b])] }),
  "a card that is a digit wider": (graph, a) => resized(graph, a, 8, 0),
  "a card that is higher": (graph, a) => resized(graph, a, 0, 6),
};

describe.each(["real50", "real200", "real500", "syn500"])("%s", (name) => {
  const graph = sample(name);
  const before = layout(graph, OPTIONS);
  const probes = Array.from({ length: 20 }, (_, i) => Math.floor((i * graph.nodes.length) / 20));

  test("the same graph again stays exactly where it is", () => {
    expect(places(layout(graph, OPTIONS, before))).toEqual(places(before));
  });

  test.each(Object.entries(CHANGES))(
    "%s: the others move by 0.2 %% at most on average, and nothing overlaps",
    (_, change) => {
      const moves = probes.map((a, i) => {
        const b = (a + 1 + ((i * 7919) % (graph.nodes.length - 1))) % graph.nodes.length;
        const grown = change(graph, a, b);
        const after = layout(grown, OPTIONS, before);
        if (i % 5 === 0) expectSound(grown, after);
        return meanMove(before, after);
      });
      expect(mean(moves)).toBeLessThanOrEqual(LIMIT);
    },
  );

  test("an edge removed moves nobody", () => {
    for (const probe of probes.slice(0, 8)) {
      const without = { nodes: graph.nodes, edges: graph.edges.filter((_, index) => index !== probe) };
      expect(meanMove(before, layout(without, OPTIONS, before))).toBe(0);
    }
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

test.each([7, 40])(
  "a graph that grows by %i groups at a time stays sound, and not much larger than a fresh one",
  (step) => {
    const graph = sample("real200");
    const pairs = graph.edges.map(({ source, target }) => ({ from: source, to: target }));
    const order = topologicalOrder(graph.nodes.length, pairs) ?? [];
    let grown: Layout | undefined;
    for (let count = step; count < order.length + step; count += step) {
      const present = new Set(order.slice(0, count));
      const some = part(graph, (id) => present.has(id));
      grown = layout(some, OPTIONS, grown);
      expectSound(some, grown);
    }
    const fresh = layout(graph, OPTIONS);
    expect((grown?.width ?? 0) * (grown?.height ?? 0)).toBeLessThan(2 * fresh.width * fresh.height);
  },
);

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

describe("an edge that the drawing has no room for", () => {
  /** Two rows of cards from left to right. */
  const rows = (count: number): LayoutGraph => ({
    nodes: cards(2 * count),
    edges: edges(
      ...Array.from({ length: 2 * count - 1 }, (_, id) => [id, id + 1] as const).filter(
        ([id]) => id !== count - 1,
      ),
    ),
  });
  const graph = rows(12);
  const before = layout(graph, OPTIONS);
  const tied = { nodes: graph.nodes, edges: [...graph.edges, ...edges([20, 3])] };
  const after = layout(tied, OPTIONS, before);

  test("runs between the cards and moves nobody", () => {
    expect(places(after)).toEqual(places(before));
    expect(after.routes.filter(({ loose }) => loose)).toMatchObject([
      { source: 20, target: 3, reversed: false },
    ]);
    expectSound(tied, after);
  });

  test("stays where it is while the graph grows elsewhere", () => {
    const loose = (drawn: Layout) => drawn.routes.find((route) => route.loose);
    const grown = { nodes: cards(25), edges: [...tied.edges, ...edges([23, 24])] };
    const later = layout(grown, OPTIONS, after);
    expect(loose(later)).toEqual(loose(after));
    expect(places(later, (id) => id < 24)).toEqual(places(before));
  });

  test("is drawn along the flow in a fresh layout", () => {
    expect(layout(tied, OPTIONS).routes.some(({ loose }) => loose)).toBe(false);
  });

  test("is one of few: when they are too many, all run along the flow again", () => {
    const next = random(9);
    let drawn = layout(rows(30), OPTIONS);
    let some = rows(30);
    const counts: number[] = [];
    for (let step = 0; step < 40; step++) {
      const [a, b] = [Math.floor(next() * 60), Math.floor(next() * 60)];
      some = { nodes: some.nodes, edges: [...some.edges, ...edges([a, b])] };
      drawn = layout(some, OPTIONS, drawn);
      counts.push(drawn.routes.filter(({ loose }) => loose).length);
      expectSound(some, drawn);
    }
    expect(Math.max(...counts)).toBeGreaterThan(2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(6);
    expect(counts.some((count, step) => count === 0 && (counts[step - 1] ?? 0) > 2)).toBe(true);
  });
});

test("a card that grows to the left or above leaves the others where they are", () => {
  const chain = {
    nodes: cards(20),
    edges: edges(...Array.from({ length: 19 }, (_, id) => [id, id + 1] as const)),
  };
  const wide = { ...OPTIONS, viewWidth: 5000 };
  const before = layout(chain, wide);
  const after = layout({ nodes: cards(21), edges: [...chain.edges, ...edges([20, 0])] }, wide, before);
  expect(places(after, (id) => id < 20)).toEqual(places(before));
  expect(after.left).toBeLessThan(0);
});

test("a graph that changes wholly is drawn in bounded time, sound every time", () => {
  const next = random(2);
  let previous: Layout | undefined;
  for (let tick = 0; tick < 6; tick++) {
    const pick = () => Math.floor(next() * 300);
    const graph = {
      nodes: cards(300),
      edges: edges(...Array.from({ length: 330 }, () => [pick(), pick()] as const)),
    };
    previous = layout(graph, OPTIONS, previous);
    expectSound(graph, previous);
  }
});
