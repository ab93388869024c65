import { readFileSync } from "node:fs";
import type { Box, Layout, LayoutEdge, LayoutGraph, LayoutOptions, Point } from "../../src/layout/graph.ts";

export { meanMove } from "../../bench/measures.ts";

export const OPTIONS: LayoutOptions = { aspect: 2.4, rankGap: 56, nodeGap: 16 };

interface SampleFile {
  readonly nodes: readonly { readonly id: string; readonly w: number; readonly h: number }[];
  readonly edges: readonly (readonly [string, string])[];
}

/** A graph of `tests/data/graphs`; ids are the positions in the file. */
export function sample(name: string): LayoutGraph {
  const url = new URL(`../../../tests/data/graphs/${name}.json`, import.meta.url);
  const { nodes, edges } = JSON.parse(readFileSync(url, "utf8")) as SampleFile;
  const index = new Map(nodes.map((node, id) => [node.id, id]));
  return {
    nodes: nodes.map(({ w, h }, id) => ({ id, width: w, height: h })),
    edges: edges.map(([source, target]) => ({
      source: index.get(source) as number,
      target: index.get(target) as number,
    })),
  };
}

/** Random numbers from 0 to 1 that are the same in every run (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Any graph: cycles, self edges, parallel edges, edges to nobody. */
export function randomGraph(seed: number): LayoutGraph {
  const next = random(seed);
  const count = 1 + Math.floor(next() * 60);
  const pick = () => Math.floor(next() * (count + 1));
  return {
    nodes: Array.from({ length: count }, (_, id) => ({
      id,
      width: 60 + Math.floor(next() * 160),
      height: 30 + Math.floor(next() * 30),
    })),
    edges: Array.from({ length: Math.floor(next() * 2 * count) }, () => ({ source: pick(), target: pick() })),
  };
}

export const cards = (count: number): LayoutGraph["nodes"] =>
  Array.from({ length: count }, (_, id) => ({ id, width: 100, height: 40 }));

export const edges = (...pairs: readonly (readonly [number, number])[]): LayoutEdge[] =>
  pairs.map(([source, target]) => ({ source, target }));

const sides = ({ x, y, width, height }: Box) => ({
  left: x - width / 2,
  right: x + width / 2,
  top: y - height / 2,
  bottom: y + height / 2,
});

export function overlaps(layout: Layout): [number, number][] {
  const boxes = [...layout.boxes].map(([id, box]) => ({ id, ...sides(box) })).sort((a, b) => a.left - b.left);
  const found: [number, number][] = [];
  boxes.forEach((a, index) => {
    for (let next = index + 1; next < boxes.length; next++) {
      const b = boxes[next] as (typeof boxes)[number];
      if (b.left >= a.right - 0.01) break;
      if (a.top < b.bottom - 0.01 && b.top < a.bottom - 0.01) found.push([a.id, b.id]);
    }
  });
  return found;
}

export function sampled(points: readonly Point[], pieces = 8): Point[] {
  const line: Point[] = [];
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [a, b, c, d] = points.slice(i, i + 4) as [Point, Point, Point, Point];
    for (let step = 0; step <= pieces; step++) {
      const t = step / pieces;
      const u = 1 - t;
      const mix = (k: "x" | "y") =>
        u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k];
      line.push({ x: mix("x"), y: mix("y") });
    }
  }
  return line;
}

/** Routes that run through a card which is none of their ends. */
export function throughCards(layout: Layout): LayoutEdge[] {
  const boxes = [...layout.boxes].map(([id, box]) => ({ id, ...sides(box) })).sort((a, b) => a.left - b.left);
  const widest = Math.max(0, ...boxes.map(({ left, right }) => right - left));
  /** The first box that begins at `x` or after, by bisection. */
  const firstFrom = (x: number): number => {
    let [low, high] = [0, boxes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((boxes[middle]?.left ?? x) < x) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return layout.routes.filter(({ source, target, points }) =>
    sampled(points).some(({ x, y }) => {
      for (let index = firstFrom(x - widest); index < boxes.length; index++) {
        const { id, left, right, top, bottom } = boxes[index] as (typeof boxes)[number];
        if (left >= x - 1) return false;
        if (id !== source && id !== target && x < right - 1 && y > top + 1 && y < bottom - 1) return true;
      }
      return false;
    }),
  );
}
