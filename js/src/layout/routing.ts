import { at, last } from "./arrays.ts";
import type { Column } from "./columns.ts";
import type { Fold } from "./fold.ts";
import type { LayoutOptions, Point } from "./graph.ts";
import { type Lane, laneWidth, leadWidth } from "./gutters.ts";
import type { Layers } from "./layers.ts";

const BULGE = 0.55;
const STRAIGHT = 0.01;
/** Radius of the innermost turn between bands, as a share of its lead. */
const TURN = 0.7;

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

/** A quarter of a circle as a Bézier. */
const KAPPA = 0.5523;

/** Cubic Béziers along a line of right angles, from its second point on, each corner as round as `radii` and room allow. */
export function rounded(line: readonly Point[], radii: readonly number[]): Point[] {
  const points: Point[] = [];
  const mix = (a: Point, b: Point, t: number): Point => ({
    x: a.x + (b.x - a.x) * t,
    y: a.y + (b.y - a.y) * t,
  });
  const distance = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
  let here = at(line, 0);
  const straight = (end: Point) => {
    if (distance(here, end) > STRAIGHT) points.push(mix(here, end, 1 / 3), mix(here, end, 2 / 3), end);
    here = end;
  };
  for (let i = 1; i + 1 < line.length; i++) {
    const [before, corner, after] = [at(line, i - 1), at(line, i), at(line, i + 1)];
    const into = distance(before, corner);
    const out = distance(corner, after);
    const radius = Math.min(at(radii, i - 1), i > 1 ? into / 2 : into, i + 2 < line.length ? out / 2 : out);
    if (radius < STRAIGHT) continue;
    const start = mix(corner, before, radius / into);
    const end = mix(corner, after, radius / out);
    straight(start);
    points.push(mix(start, corner, KAPPA), mix(end, corner, KAPPA), end);
    here = end;
  }
  straight(last(line));
  return points;
}

/** What the edges of a component run through. */
export interface Ground {
  readonly layers: Layers;
  readonly fold: Fold;
  readonly lanes: ReadonlyMap<number, Lane>;
  readonly cols: readonly Column[];
  /** Of the cards. */
  readonly widths: readonly number[];
  /** Of all vertices. */
  readonly ys: readonly number[];
  /** Below all cards. */
  readonly bottom: number;
  readonly options: LayoutOptions;
}

/** From the end of one band to the start of another. */
function between(
  end: Point,
  start: Point,
  { right, y, left, inside }: Lane,
  options: LayoutOptions,
): Point[] {
  const lead = leadWidth(options);
  const [outer, inner] = inside.map((count) => lead * TURN + count * laneWidth(options)) as [number, number];
  return rounded(
    [end, { x: right, y: end.y }, { x: right, y }, { x: left, y }, { x: left, y: start.y }, start],
    [outer, outer, inner, inner],
  );
}

/** The points of the path `index`, as `Route.points` wants them. */
export function route(index: number, ground: Ground): Point[] {
  const { layers, fold, cols, widths, ys, options } = ground;
  const column = (vertex: number) => at(cols, at(layers.rankOf, vertex));
  const { from, to, turned, vertices, detour } = at(layers.paths, index);
  const isCard = (vertex: number) => vertex < layers.cards;
  const startX = column(from).left + at(widths, from);
  const runsOf = (some: readonly number[]) =>
    some.map((vertex): Run => {
      const { left, right } = column(vertex);
      const y = at(ys, vertex);
      if (isCard(vertex) && vertex === to) return { from: left, to: left, y };
      if (turned && vertex === last(vertices)) return { from: left, to: startX, y };
      return { from: isCard(vertex) ? left + at(widths, vertex) : left, to: right, y };
    });
  const link = fold.links.get(index);
  let points: Point[];
  if (link) {
    const band = (vertex: number) => at(fold.bandOf, at(layers.rankOf, vertex));
    const [above, below] = [link.from, link.to].map((number) =>
      curve(runsOf(vertices.filter((vertex) => band(vertex) === number))),
    ) as [Point[], Point[]];
    const lane = ground.lanes.get(index) as Lane;
    points = [...above, ...between(last(above), at(below, 0), lane, options), ...below.slice(1)];
  } else {
    const runs = runsOf(vertices);
    if (detour) {
      const low = at(layers.rankOf, at(vertices, 0));
      const high = at(layers.rankOf, last(vertices));
      runs.splice(1, 0, { from: at(cols, low + 1).left, to: at(cols, high - 1).right, y: ground.bottom });
    }
    points = curve(runs);
  }
  if (!turned) return points;

  const start = { x: startX, y: at(ys, from) };
  const end = { x: column(to).left, y: at(ys, to) };
  points.reverse();
  const b = options.rankGap * BULGE;
  const { y: startLane } = at(points, 0);
  const { y: endLane } = last(points);
  return [
    start,
    { x: start.x + b, y: start.y },
    { x: start.x + b, y: startLane },
    ...points,
    { x: end.x - b, y: endLane },
    { x: end.x - b, y: end.y },
    end,
  ];
}
