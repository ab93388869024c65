/** What benchmarks and tests measure of a picture. */
import type { Layout, NodeId, Point } from "../src/layout/graph.ts";

/** An edge as straight pieces. */
export interface Line {
  readonly source: NodeId;
  readonly target: NodeId;
  readonly line: readonly Point[];
}

/** A picture by ours or any other layout. */
export interface Picture {
  readonly boxes: ReadonlyMap<NodeId, Point>;
  readonly lines: readonly Line[];
  readonly width: number;
  readonly height: number;
}

/** Cubic Béziers in a row as straight pieces. */
export function polyline(points: readonly Point[], pieces = 8): Point[] {
  const line = points.slice(0, 1);
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [a, b, c, d] = points.slice(i, i + 4) as [Point, Point, Point, Point];
    const straight = a.y === d.y && b.y === a.y && c.y === a.y;
    for (let step = 1; step <= (straight ? 1 : pieces); step++) {
      const t = straight ? 1 : step / pieces;
      const u = 1 - t;
      const mix = (k: "x" | "y") =>
        u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k];
      line.push({ x: mix("x"), y: mix("y") });
    }
  }
  return line;
}

/** Pairs of pieces of different edges without a common end that properly cross, by a sweep over x. */
export function drawnCrossings(lines: readonly Line[]): number {
  const pieces = lines.flatMap(({ source, target, line }, edge) =>
    line.slice(1).map((b, i) => {
      const a = line[i] as Point;
      const [p, q] = a.x <= b.x ? [a, b] : [b, a];
      return { edge, source, target, p, q, low: Math.min(p.y, q.y), high: Math.max(p.y, q.y) };
    }),
  );
  pieces.sort((a, b) => a.p.x - b.p.x);
  const side = (p: Point, q: Point, r: Point) =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  const found = new Set<string>();
  let active: typeof pieces = [];
  let total = 0;
  for (const a of pieces) {
    active = active.filter((b) => b.q.x >= a.p.x);
    for (const b of active) {
      if (a.edge === b.edge || a.high < b.low || b.high < a.low) continue;
      if (a.source === b.source || a.target === b.target || a.source === b.target || a.target === b.source)
        continue;
      if (side(a.p, a.q, b.p) * side(a.p, a.q, b.q) >= 0 || side(b.p, b.q, a.p) * side(b.p, b.q, a.q) >= 0)
        continue;
      const key = `${Math.round(a.p.x)} ${Math.min(a.edge, b.edge)} ${Math.max(a.edge, b.edge)}`;
      if (found.has(key)) continue;
      found.add(key);
      total++;
    }
    active.push(a);
  }
  return total;
}

export const linesOf = (layout: Layout): Line[] =>
  layout.routes.map(({ source, target, points }) => ({ source, target, line: polyline(points) }));

type Boxes = Pick<Picture, "boxes" | "width" | "height">;

/** Mean distance that the boxes of both pictures moved, as a share of the first one's diagonal. */
export function meanMove(before: Boxes, after: Boxes): number {
  const both = [...before.boxes].filter(([id]) => after.boxes.has(id));
  const sum = both.reduce((total, [id, a]) => {
    const b = after.boxes.get(id) as Point;
    return total + Math.hypot(a.x - b.x, a.y - b.y);
  }, 0);
  return sum / Math.max(1, both.length) / (Math.hypot(before.width, before.height) || 1);
}
