import { expect } from "vitest";
import type { Box, Layout, LayoutGraph, Point } from "../../src/layout/graph.ts";
import { overlaps, throughCards } from "./sample.ts";

const near = (a: Point | undefined, b: Point): boolean =>
  a !== undefined && Math.abs(a.x - b.x) < 0.001 && Math.abs(a.y - b.y) < 0.001;

function faults(drawn: Layout): string[] {
  const found: string[] = [];
  const { left = 0, top = 0 } = drawn;
  const inside = ({ x, y }: Point) =>
    x >= left - 0.01 && y >= top - 0.01 && x <= left + drawn.width + 0.01 && y <= top + drawn.height + 0.01;
  for (const [id, { x, y, width, height }] of drawn.boxes) {
    const corners = [-0.5, 0.5].map((half) => ({ x: x + half * width, y: y + half * height }));
    if (!corners.every(inside)) found.push(`box ${id} is outside of the picture`);
  }
  for (const { source, target, points, reversed, loose } of drawn.routes) {
    const [a, b] = [drawn.boxes.get(source) as Box, drawn.boxes.get(target) as Box];
    const [from, to] = [drawn.bands?.get(source) ?? 0, drawn.bands?.get(target) ?? 0];
    const start = { x: a.x + a.width / 2, y: a.y };
    const end = { x: b.x - b.width / 2, y: b.y };
    const check = (isRight: boolean, fault: string) => {
      if (!isRight) found.push(`route ${source} to ${target} ${fault}`);
    };
    check(points.every(inside), "is outside of the picture");
    check(points.length % 3 === 1, "is not cubic");
    check(near(points[0], start), "does not start at the right of its source");
    check(near(points.at(-1), end), "does not end at the left of its target");
    if (reversed || loose) continue;
    if (from === to) check(start.x < end.x, "runs backwards");
    else check(from < to && a.y + a.height / 2 < b.y - b.height / 2, "runs to a band above");
  }
  return found;
}

/** Boxes apart, edges forward, routes inside the picture, from side to side and not through foreign cards. */
export function expectSound(graph: LayoutGraph, drawn: Layout) {
  expect(drawn.boxes.size).toBe(new Set(graph.nodes.map(({ id }) => id)).size);
  expect(faults(drawn)).toEqual([]);
  expect(overlaps(drawn)).toEqual([]);
  expect(throughCards(drawn)).toEqual([]);
}
