import { describe, expect, test } from "vitest";
import { components } from "../../src/layout/components.ts";
import { corridors, laneAfter, laneBefore, wayThrough } from "../../src/layout/corridors.ts";
import type { Box, Layout, LayoutGraph } from "../../src/layout/graph.ts";
import { layout } from "../../src/layout/index.ts";
import { isDue } from "../../src/layout/keeping.ts";
import { loosen } from "../../src/layout/loosening.ts";
import { remember } from "../../src/layout/previous.ts";
import { cards, edges, OPTIONS } from "./sample.ts";

const chain = (count: number, from = 0) =>
  Array.from({ length: count - 1 }, (_, i) => [from + i, from + i + 1] as const);

describe("ranks that are kept", () => {
  const old = { nodes: cards(40), edges: edges(...chain(20), ...chain(20, 20)) };
  const before = layout(old, { ...OPTIONS, viewWidth: 10_000 });
  const loosened = (graph: LayoutGraph, share: number, previous: Layout = before) => {
    const changed = components(graph).find(({ nodes }) => nodes.length > 20);
    return changed ? loosen(changed, remember(previous), OPTIONS, share) : { pieces: [], loose: [] };
  };
  const grown = (...more: readonly (readonly [number, number])[]) => ({
    nodes: cards(41),
    edges: [...old.edges, ...edges(...more)],
  });
  const rankOf = (id: number, { pieces }: ReturnType<typeof loosened>) =>
    pieces.flatMap(({ component, ranks }) => {
      const index = component.nodes.findIndex((node) => node.id === id);
      return index < 0 ? [] : [ranks[index]];
    })[0];

  test("a new node stands right behind what it needs, or else right before what needs it", () => {
    expect(rankOf(40, loosened(grown([3, 40]), 0.01))).toBe(4);
    expect(rankOf(40, loosened(grown([40, 3]), 0.01))).toBe(2);
    expect(rankOf(40, loosened(grown([40, 0]), 0.01))).toBe(-1);
    expect(rankOf(40, loosened(grown([3, 40], [40, 9]), 0.01))).toBe(4);
  });

  test("few nodes are pushed along, and so many stay that an edge is loose instead", () => {
    const behind = loosened(grown([19, 40], [18, 40]), 0.01);
    expect(behind.loose).toEqual([]);
    const nearEnd = loosened(grown([18, 40], [40, 19]), 0.01);
    expect([nearEnd.loose, rankOf(19, nearEnd)]).toEqual([[], 20]);
    const inFront = loosened(grown([1, 40], [40, 2]), 0.001);
    expect([inFront.loose, rankOf(2, inFront)]).toEqual([edges([40, 2]), 2]);
  });

  test("two large parts stay two, with a loose edge between them", () => {
    const joined = loosened({ nodes: old.nodes, edges: [...old.edges, ...edges([5, 30])] }, 0.001);
    expect(joined.pieces.map(({ component }) => component.nodes.length)).toEqual([20, 20]);
    expect(joined.loose).toEqual(edges([5, 30]));
  });
});

test("the order as a whole is looked at each time that a picture has grown by a tenth", () => {
  const times = Array.from({ length: 900 }, (_, i) => 100 + i).filter((count) => isDue(count, count + 1));
  expect(times).toHaveLength(24);
  expect(isDue(500, 400)).toBe(false);
});

describe("the way of a loose edge", () => {
  const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 });

  test("goes through a gap between cards", () => {
    const wall = [0, 56, 112, 168, 300, 356].map((y) => box(300, y));
    const [source, target] = [box(100, 84), box(500, 84)];
    const ways = corridors([...wall, source, target], [source], [target], [], OPTIONS, 1);
    const way = wayThrough(
      ways,
      { lane: laneAfter(ways, 150), y: 84 },
      { lane: laneBefore(ways, 450), y: 84 },
    );
    const heights = way?.map(({ y }) => y) ?? [];
    expect(heights.length).toBeGreaterThan(0);
    for (const y of heights) expect(wall.every((card) => Math.abs(card.y - y) > 20)).toBe(true);
  });

  test("keeps apart from the edges that run there already", () => {
    const [source, target] = [box(100, 100), box(500, 100)];
    const taken = {
      source: 8,
      target: 9,
      reversed: false,
      points: [0, 200, 400, 600].map((x) => ({ x, y: 100 })),
    };
    const ways = corridors([source, target], [source], [target], [taken], OPTIONS, 1);
    const from = { lane: laneAfter(ways, 150), y: 100 };
    const to = { lane: laneBefore(ways, 450), y: 100 };
    expect(wayThrough(ways, from, to)?.every(({ y }) => Math.abs(y - 100) > 3)).toBe(true);
  });

  test("goes round where cards leave no gap", () => {
    const wall = Array.from({ length: 201 }, (_, i) => box(300, (i - 100) * 40));
    const [source, target] = [box(100, 0), box(500, 0)];
    const ways = corridors([...wall, source, target], [source], [target], [], OPTIONS, 1);
    const way = wayThrough(ways, { lane: laneAfter(ways, 150), y: 0 }, { lane: laneBefore(ways, 450), y: 0 });
    expect(way?.some(({ y }) => Math.abs(y) > 4000)).toBe(true);
  });
});
