import { describe, expect, test } from "vitest";
import { topologicalOrder } from "../../src/layout/arcs.ts";
import { columns } from "../../src/layout/columns.ts";
import { components } from "../../src/layout/components.ts";
import { assignHeights } from "../../src/layout/coordinates.ts";
import { strongComponents, turnedArcs } from "../../src/layout/cycles.ts";
import { moveHub } from "../../src/layout/hubs.ts";
import { keepOrder } from "../../src/layout/keeping.ts";
import { type Layers, layers } from "../../src/layout/layers.ts";
import { addLanes } from "../../src/layout/loops.ts";
import { orderRanks } from "../../src/layout/ordering.ts";
import { type Item, pack } from "../../src/layout/packing.ts";
import { crossings, crossingsOf, look, placing, surplus } from "../../src/layout/placing.ts";
import { heightAt } from "../../src/layout/previous.ts";
import { rank } from "../../src/layout/ranking.ts";
import { curve } from "../../src/layout/routing.ts";
import { extent, separation } from "../../src/layout/separation.ts";
import { settleHeights } from "../../src/layout/settling.ts";
import { networkSimplex } from "../../src/layout/simplex.ts";
import { changes, siftRanks } from "../../src/layout/switching.ts";
import { cards, edges, random } from "./sample.ts";

const arcs = (...pairs: readonly (readonly [number, number])[]) => pairs.map(([from, to]) => ({ from, to }));
const layered = (ranks: number[], ...pairs: readonly (readonly [number, number])[]): Layers =>
  layers(
    ranks,
    arcs(...pairs),
    pairs.map(() => false),
  );

describe("components", () => {
  test("are connected parts, the smallest id first, with indices in ascending order of id", () => {
    const nodes = [9, 4, 7, 2].map((id) => ({ id, width: 1, height: 1 }));
    const parts = components({ nodes, edges: edges([9, 4], [4, 9], [2, 2], [9, 4], [7, 99]) });
    expect(parts.map((part) => part.nodes.map(({ id }) => id))).toEqual([[2], [4, 9], [7]]);
    expect(parts.map((part) => part.arcs)).toEqual([[], arcs([0, 1], [1, 0]), []]);
    expect(parts.map((part) => part.selfEdges)).toEqual([[0], [], []]);
  });
});

describe("cycle removal", () => {
  test("finds nodes that reach each other", () => {
    const strong = strongComponents(5, arcs([0, 1], [1, 2], [2, 1], [2, 3], [3, 4]));
    expect(new Set(strong).size).toBe(4);
    expect(strong[1]).toBe(strong[2]);
  });

  test("turns nothing in an acyclic graph", () => {
    expect(turnedArcs(3, arcs([0, 1], [1, 2], [0, 2]))).toEqual([false, false, false]);
  });

  test("turns the one arc that closes a ring", () => {
    expect(turnedArcs(3, arcs([0, 1], [1, 2], [2, 0]))).toEqual([false, false, true]);
  });

  test("leaves earlier arcs alone and turns the new one that closes a cycle with them", () => {
    const ring = arcs([0, 1], [1, 2], [2, 0]);
    expect(turnedArcs(3, ring, [undefined, false, false])).toEqual([true, false, false]);
  });

  test("leaves no cycle in any graph", () => {
    const next = random(5);
    for (let round = 0; round < 50; round++) {
      const any = Array.from({ length: 40 }, () => ({
        from: Math.floor(next() * 15),
        to: Math.floor(next() * 15),
      }));
      const real = any.filter(({ from, to }) => from !== to);
      const turned = turnedArcs(15, real);
      const directed = real.map(({ from, to }, i) => (turned[i] ? { from: to, to: from } : { from, to }));
      expect(topologicalOrder(15, directed)).toBeDefined();
    }
  });
});

describe("ranking", () => {
  test("puts each node after its dependencies", () => {
    expect(rank(4, arcs([0, 1], [1, 2], [0, 3], [2, 3]))).toEqual([0, 1, 2, 3]);
  });

  test("moves a source next to the only node that needs it", () => {
    expect(rank(4, arcs([0, 1], [1, 2], [3, 2]))).toEqual([0, 1, 2, 1]);
  });

  test("is as short in sum as any other ranking of small graphs", () => {
    const next = random(11);
    for (let round = 0; round < 8; round++) {
      const spine = Array.from({ length: 5 }, (_, to) => ({
        from: Math.floor(next() * (to + 1)),
        to: to + 1,
      }));
      const more = arcs([0, 3], [1, 5], [2, 4]).filter(() => next() < 0.5);
      const all = [...spine, ...more];
      const ranks = rank(6, all);
      const cost = (r: readonly number[]) =>
        all.reduce((sum, { from, to }) => sum + (r[to] ?? 0) - (r[from] ?? 0), 0);
      let least = Number.POSITIVE_INFINITY;
      for (let code = 0; code < 6 ** 6; code++) {
        const other = Array.from({ length: 6 }, (_, i) => Math.floor(code / 6 ** i) % 6);
        if (all.every(({ from, to }) => (other[from] ?? 0) < (other[to] ?? 0)))
          least = Math.min(least, cost(other));
      }
      expect(cost(ranks)).toBe(least);
    }
  });

  test("honours constraints of any length and refuses a cycle", () => {
    expect([...(networkSimplex(2, [{ from: 0, to: 1, length: 3 }]) ?? [])]).toEqual([0, 3]);
    expect(
      networkSimplex(2, [
        { from: 0, to: 1, length: 1 },
        { from: 1, to: 0, length: 1 },
      ]),
    ).toBeUndefined();
  });
});

describe("hubs", () => {
  const sharing = (count: number) =>
    Array.from({ length: count }, (_, i) => [0, 1].map((hub) => [hub, 2 + i] as const)).flat();
  const ranks = (count: number) => Array.from({ length: 2 + count }, (_, i) => Number(i >= 2));

  test("of two that share their dependents, one moves a rank away, with half the crossings", () => {
    const pairs = sharing(7);
    const before = layered(ranks(7), ...pairs);
    const moved = moveHub(ranks(7), arcs(...pairs));
    expect(moved).toEqual({ ranks: [0, 1, 2, 2, 2, 2, 2, 2, 2], saved: 10.5 });
    const after = layered(moved?.ranks ?? [], ...pairs);
    expect(crossings(orderRanks(before), before)).toBe(21);
    expect(crossings(orderRanks(after), after)).toBe(9);
  });

  test("stay where moving them would save little", () => {
    expect(moveHub(ranks(3), arcs(...sharing(3)))).toBeUndefined();
    expect(moveHub([0, 0, 1, 1], arcs([0, 2], [1, 3]))).toBeUndefined();
  });
});

describe("ordering", () => {
  test("counts crossings as comparing all pairs does", () => {
    const next = random(3);
    const pairs = Array.from(
      { length: 60 },
      () => [Math.floor(next() * 12), 12 + Math.floor(next() * 12)] as const,
    );
    const graph = layered(
      Array.from({ length: 24 }, (_, i) => Number(i >= 12)),
      ...pairs,
    );
    let naive = 0;
    pairs.forEach(([a, b], i) => {
      for (const [c, d] of pairs.slice(i + 1)) if ((a - c) * (b - d) < 0) naive++;
    });
    expect(crossings(graph.ranks, graph)).toBe(naive);
  });

  test("the gain of a switch is what it removes", () => {
    const next = random(4);
    const pairs = Array.from(
      { length: 90 },
      () => [Math.floor(next() * 12), 12 + Math.floor(next() * 30)] as const,
    );
    const graph = layered(
      Array.from({ length: 42 }, (_, i) => Number(i >= 12)),
      ...pairs,
    );
    const placed = placing(graph.ranks, graph);
    look(placed.rows[0] as Int32Array, placed.after, placed.place);
    for (let i = 0; i + 1 < 12; i++) {
      const switched = graph.ranks.map((row) => [...row]);
      switched[0]?.splice(i, 2, i + 1, i);
      const removed = crossings(graph.ranks, graph) - crossings(switched, graph);
      expect(surplus(placed.after, i, i + 1)).toBe(removed);
      expect(crossingsOf(placed.after, i, i + 1) - crossingsOf(placed.after, i + 1, i)).toBe(removed);
    }
  });

  test("uncrosses what can be uncrossed", () => {
    const graph = layered([0, 0, 0, 1, 1, 1], [0, 5], [1, 4], [2, 3]);
    expect(crossings(graph.ranks, graph)).toBe(3);
    expect(crossings(orderRanks(graph), graph)).toBe(0);
  });

  test("one vertex that passes many finds its place, one that ties stays", () => {
    const graph = layered([0, 0, 0, 0, 1, 1, 1, 1], [0, 7], [1, 4], [2, 5], [3, 6]);
    const placed = placing(graph.ranks, graph);
    expect(siftRanks(placed, changes(2), {})).toBe(3);
    expect([...placed.rows.map((row) => [...row])]).toEqual([
      [1, 2, 3, 0],
      [4, 5, 6, 7],
    ]);
    expect(siftRanks(placed, changes(2), {})).toBe(0);
  });

  test("cuts long edges into dummies", () => {
    const graph = layered([0, 1, 2, 3], [0, 1], [1, 2], [2, 3], [0, 3]);
    expect(graph.ranks.map((row) => row.length)).toEqual([1, 2, 2, 1]);
    expect(graph.paths[3]?.vertices).toEqual([0, 4, 5, 3]);
  });

  test("keeps the earlier order and puts a new node where it crosses least", () => {
    const graph = layered([0, 0, 1, 1, 1], [0, 2], [1, 3], [0, 4]);
    expect(keepOrder(graph, [10, 0, 10, 0, undefined], false)[1]).toContain(4);
    expect(crossings(keepOrder(graph, [10, 0, 10, 0, undefined], false), graph)).toBe(0);
    expect(keepOrder(graph, [10, 0, 10, 0, undefined], false)[0]).toEqual([1, 0]);
  });

  test("gives up an order that crosses far more than need be", () => {
    const pairs = Array.from({ length: 8 }, (_, i) => [i, 8 + i] as const);
    const graph = layered(
      Array.from({ length: 16 }, (_, i) => Number(i >= 8)),
      ...pairs,
    );
    const worst = Array.from({ length: 16 }, (_, i) => (i < 8 ? i : 16 - i));
    expect(crossings(keepOrder(graph, worst, true), graph)).toBe(0);
  });
});

describe("coordinates", () => {
  const heights = [40, 40, 40, 40];
  test("a long edge is straight", () => {
    const graph = layered([0, 1, 2, 3], [0, 1], [1, 2], [2, 3], [0, 3]);
    const ys = assignHeights(graph, separation(graph, heights, 16));
    expect(ys[4]).toBeCloseTo(ys[5] as number);
  });

  test("a chain is straight beside the edge that bypasses it", () => {
    const graph = layered([0, 1, 2], [0, 1], [1, 2], [0, 2]);
    const ys = assignHeights(graph, separation(graph, heights, 16));
    expect(ys[0]).toBeCloseTo(ys[1] as number);
    expect(ys[1]).toBeCloseTo(ys[2] as number);
  });

  test("a join stands at the middle of its branches, the middle branch straight", () => {
    const branches = [1, 2, 3, 4, 5];
    const pairs = branches.flatMap((branch) => [[0, branch] as const, [branch, 6] as const]);
    const graph = layered([0, 1, 1, 1, 1, 1, 2], ...pairs);
    const ys = assignHeights(graph, separation(graph, Array(7).fill(40), 16));
    expect([0, 3, 6].map((card) => ys[card])).toEqual([0, 0, 0]);
    expect(branches.map((branch) => ys[branch])).toEqual([-112, -56, 0, 56, 112]);
  });

  test("a picture is less than twice as high as its fullest rank, and its cards stay apart and in order", () => {
    const next = random(9);
    const pairs = Array.from(
      { length: 72 },
      (_, i) => [i - (i % 8) + Math.floor(next() * 8), i + 8] as const,
    );
    const loose = layered(
      Array.from({ length: 80 }, (_, i) => Math.floor(i / 8)),
      ...pairs,
    );
    const graph = { ...loose, ranks: orderRanks(loose) };
    const boxes = Array<number>(80).fill(40);
    const ys = assignHeights(graph, separation(graph, boxes, 16));
    const [top, bottom] = extent(ys, boxes);
    expect(bottom - top).toBeLessThan(2 * (8 * 40 + 7 * 16));
    for (const row of graph.ranks)
      row.slice(1).forEach((vertex, above) => {
        expect(ys[vertex]).toBeGreaterThanOrEqual((ys[row[above] as number] as number) + 56 - 1e-6);
      });
  });

  test("a turned edge gets lanes beside both of its cards", () => {
    const graph = layers([0, 1], arcs([1, 0]), [true]);
    const laned = addLanes(graph, graph.ranks, [1]);
    expect(laned.ranks).toEqual([
      [0, 3],
      [1, 2, 4],
    ]);
    expect(laned.paths.map(({ vertices }) => vertices)).toEqual([[3, 4], [2]]);
  });

  test("what must make room moves least, and an edge gives way to a card", () => {
    const settle = (cards: number, top = -100) =>
      settleHeights(
        { ...layered([0, 0, 0]), cards },
        [0, 4, 30],
        () => 10,
        () => top,
      );
    expect(settle(3)).toEqual([-3, 7, 30]);
    expect(settle(1)[0]).toBeCloseTo(0, 0);
    expect(settle(3, 0)).toEqual([0, 10, 30]);
  });

  test("columns stay where they were and move only when one before them needs the room", () => {
    expect(columns([100, 50], 60)).toEqual([
      { left: 0, right: 100 },
      { left: 160, right: 210 },
    ]);
    expect(columns([110, 50], 60, [0, 160])[1]?.left).toBe(160);
    expect(columns([200, 50], 60, [0, 160])[1]?.left).toBe(236);
    expect(columns([100, 50], 60, [undefined, 500])[0]?.left).toBe(340);
  });
});

describe("routing", () => {
  test("a level edge is one straight Bézier", () => {
    const points = curve([
      { from: 0, to: 10, y: 5 },
      { from: 40, to: 40, y: 5 },
    ]);
    expect(points.map(({ x }) => Math.round(x))).toEqual([0, 13, 27, 40]);
    expect(points.every(({ y }) => y === 5)).toBe(true);
  });

  test("a step is an S with level ends", () => {
    const points = curve([
      { from: 0, to: 0, y: 0 },
      { from: 40, to: 40, y: 30 },
    ]);
    expect(points).toEqual([
      { x: 0, y: 0 },
      { x: 20, y: 0 },
      { x: 20, y: 30 },
      { x: 40, y: 30 },
    ]);
    expect(heightAt(points, 20)).toBe(15);
    expect(heightAt(points, 50)).toBeUndefined();
  });
});

describe("packing", () => {
  const item = (width: number, height: number, more: Partial<Item> = {}): Item => ({
    bounds: { x: 0, y: 0, width, height },
    unchanged: false,
    weight: 1,
    ...more,
  });

  test("goes right until the aspect is reached, then below", () => {
    const places = pack([item(100, 100), item(100, 100), item(100, 100)], 1.2, 10);
    expect(places).toEqual([
      { x: 0, y: 0 },
      { x: 110, y: 0 },
      { x: 0, y: 110 },
    ]);
  });

  test("keeps places; of two in each other's way the lighter moves to the nearest free one", () => {
    const at = (x: number, y: number, weight: number) => item(100, 50, { wanted: { x, y }, weight });
    const places = pack([at(0, 0, 1), at(0, 40, 9), at(500, 500, 1)], 2, 10);
    expect(places.slice(1)).toEqual([
      { x: 0, y: 40 },
      { x: 500, y: 500 },
    ]);
    expect(places[0]).toEqual({ x: 0, y: 93.5 });
  });

  test("who has grown makes others give way, and those the ones behind them, when that moves less", () => {
    const kept = (y: number, height: number, weight: number) =>
      item(100, height, { wanted: { x: 0, y }, weight });
    const row = [kept(0, 100, 50), kept(90, 50, 5), kept(150, 50, 5), kept(210, 300, 5)];
    expect(pack(row, 9, 10).map(({ x, y }) => [x, y])).toEqual([
      [0, 0],
      [0, 103.5],
      [0, 157],
      [0, 210.5],
    ]);
  });

  test("fills a gap before it grows", () => {
    const kept = (x: number) => item(100, 50, { wanted: { x, y: 0 }, unchanged: true });
    expect(pack([kept(0), kept(220), item(90, 40)], 2, 10)[2]).toEqual({ x: 110, y: 0 });
  });

  test("boxes of any size stay apart", () => {
    const next = random(8);
    const items = cards(120).map(() => item(20 + next() * 300, 20 + next() * 100));
    const places = pack(items, 2.4, 10);
    items.forEach(({ bounds: a }, i) => {
      items.slice(i + 1).forEach(({ bounds: b }, step) => {
        const [p, q] = [places[i], places[i + 1 + step]] as [
          { x: number; y: number },
          { x: number; y: number },
        ];
        const apart =
          p.x + a.width <= q.x || q.x + b.width <= p.x || p.y + a.height <= q.y || q.y + b.height <= p.y;
        expect(apart).toBe(true);
      });
    });
  });
});
