import { at, last } from "./arrays.ts";
import type { Column } from "./columns.ts";
import type { Point } from "./graph.ts";
import type { Layers, Path } from "./layers.ts";

const BULGE = 0.55;
const STRAIGHT = 0.01;

/** A horizontal piece of an edge: through a column between its cards. */
interface Run {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** Cubic Béziers through horizontal runs, with S-curves in the gaps between columns. */
export function curve(runs: readonly Run[]): Point[] {
  const first = at(runs, 0);
  const points: Point[] = [{ x: first.from, y: first.y }];
  let straightFrom: Point | undefined;
  const line = (x: number, y: number) => {
    const end = last(points);
    if (x === end.x) return;
    const start = straightFrom ?? end;
    if (straightFrom) points.length -= 3;
    const third = (x - start.x) / 3;
    points.push({ x: start.x + third, y: start.y }, { x: x - third, y }, { x, y });
    straightFrom = start;
  };
  for (const { from, to, y } of runs) {
    const end = last(points);
    if (Math.abs(end.y - y) < STRAIGHT) line(from, y);
    else {
      const middle = (end.x + from) / 2;
      points.push({ x: middle, y: end.y }, { x: middle, y }, { x: from, y });
      straightFrom = undefined;
    }
    line(to, y);
  }
  return points;
}

/** The points of one edge, as `Route.points` wants them. `ys` are the vertices' heights, `bottom` is below all. */
export function route(
  path: Path,
  layers: Layers,
  cols: readonly Column[],
  widths: readonly number[],
  ys: readonly number[],
  bottom: number,
  rankGap: number,
): Point[] {
  const column = (vertex: number) => at(cols, at(layers.rankOf, vertex));
  const { from, to, turned, vertices, detour } = path;
  const isCard = (vertex: number) => vertex < layers.cards;
  const runs = vertices.map((vertex): Run => {
    const { left, right } = column(vertex);
    const y = at(ys, vertex);
    if (isCard(vertex) && vertex === to) return { from: left, to: left, y };
    return { from: isCard(vertex) ? left + at(widths, vertex) : left, to: right, y };
  });
  if (detour) {
    const low = at(layers.rankOf, at(vertices, 0));
    const high = at(layers.rankOf, last(vertices));
    runs.splice(1, 0, { from: at(cols, low + 1).left, to: at(cols, high - 1).right, y: bottom });
  }
  if (!turned) return curve(runs);

  const start = { x: column(from).left + at(widths, from), y: at(ys, from) };
  const end = { x: column(to).left, y: at(ys, to) };
  const back = runs.reverse().map((run): Run => ({ from: run.to, to: run.from, y: run.y }));
  back[0] = { ...at(back, 0), from: start.x };
  const lane = curve(back);
  const b = rankGap * BULGE;
  const { y: startLane } = at(lane, 0);
  const { y: endLane } = last(lane);
  return [
    start,
    { x: start.x + b, y: start.y },
    { x: start.x + b, y: startLane },
    ...lane,
    { x: end.x - b, y: endLane },
    { x: end.x - b, y: end.y },
    end,
  ];
}
