import { at, last } from "./arrays.ts";
import { type Corridors, corridors, laneAfter, laneBefore, wayThrough } from "./corridors.ts";
import type { Box, LayoutEdge, LayoutOptions, NodeId, Point, Route } from "./graph.ts";
import type { Previous } from "./previous.ts";
import { curve, rounded } from "./routing.ts";

type Boxes = ReadonlyMap<NodeId, Box>;

const startOf = ({ x, y, width }: Box): Point => ({ x: x + width / 2, y });
const endOf = ({ x, y, width }: Box): Point => ({ x: x - width / 2, y });

const isSame = (a: Box | undefined, b: Box | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.x === b.x &&
  a.y === b.y &&
  a.width === b.width &&
  a.height === b.height;

/** No card of `moved` lies in the way. */
function isClear({ points, source, target }: Route, moved: Boxes): boolean {
  for (const [id, { x, y, width, height }] of moved) {
    if (id === source || id === target) continue;
    for (let i = 3; i < points.length; i += 3) {
      const [a, b] = [at(points, i - 3), at(points, i)];
      if (
        Math.min(a.x, b.x) < x + width / 2 &&
        Math.max(a.x, b.x) > x - width / 2 &&
        Math.min(a.y, b.y) < y + height / 2 &&
        Math.max(a.y, b.y) > y - height / 2
      )
        return false;
    }
  }
  return true;
}

/** Each corner once, and no point between two others on a line. */
function corners(line: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of line) {
    const [before, end] = [result.at(-2), result.at(-1)];
    if (end && end.x === point.x && end.y === point.y) continue;
    if (
      before &&
      end &&
      ((before.x === end.x && end.x === point.x) || (before.y === end.y && end.y === point.y))
    )
      result.pop();
    result.push(point);
  }
  return result;
}

/** Where the cards leave no way. */
const straight = (source: Box, target: Box): Point[] =>
  curve([startOf(source), endOf(target)].map(({ x, y }) => ({ from: x, to: x, y })));

/** Undefined when the free space does not connect the two. */
function woven(ways: Corridors, source: Box, target: Box, shift: number): Point[] | undefined {
  const [start, end] = [startOf(source), endOf(target)];
  const from = { lane: laneAfter(ways, start.x), y: start.y };
  const to = { lane: laneBefore(ways, end.x), y: end.y };
  const way = wayThrough(ways, from, to);
  if (!way) return undefined;
  const aside = Math.min(1, ways.clear / 10) * shift;
  const x = (lane: number) => at(ways.lanes, lane) + aside;
  const line: Point[] = [start, { x: x(from.lane), y: start.y }];
  for (const { slot, y, lane } of way) {
    slot.taken.push(y);
    line.push({ x: last(line).x, y }, { x: x(lane), y });
  }
  line.push({ x: last(line).x, y: end.y }, end);
  const turns = corners(line);
  const radii = turns.map(() => ways.clear - Math.abs(aside));
  return [start, ...rounded(turns, radii)];
}

/** Edges side by side in a lane lie so far apart. */
const APART = 2;

/** Where components lie close, edges squeeze through. */
const EASES = [1, 0.35];

/**
 * Routes of the loose edges: out to the right, through the free space between the cards, in from the left. Those
 * from before stay where nothing has come in their way.
 */
export function weave(
  loose: readonly LayoutEdge[],
  boxes: Boxes,
  routes: readonly Route[],
  previous: Previous,
  options: LayoutOptions,
): Route[] {
  if (!loose.length) return [];
  const moved = new Map([...boxes].filter(([id, box]) => !isSame(previous.boxes.get(id), box)));
  const kept = loose.map((edge) => {
    const { source, target } = edge;
    const route = previous.route(edge);
    return route?.loose && !moved.has(source) && !moved.has(target) && isClear(route, moved)
      ? route
      : undefined;
  });
  if (kept.every((route) => route !== undefined)) return kept;
  const box = (id: NodeId) => boxes.get(id) as Box;
  const fixed = [...routes, ...kept.filter((route) => route !== undefined)];
  const [sources, targets] = [loose.map(({ source }) => box(source)), loose.map(({ target }) => box(target))];
  const ways: Corridors[] = [];
  const waysAt = (ease: number, place: number): Corridors => {
    ways[place] ??= corridors(boxes.values(), sources, targets, fixed, options, ease);
    return ways[place];
  };
  return loose.map(({ source, target }, index) => {
    const old = kept[index];
    if (old) return old;
    const [from, to] = [box(source), box(target)];
    const shift = ((index % 5) - 2) * APART;
    let points: Point[] | undefined;
    EASES.forEach((ease, place) => {
      points ??= woven(waysAt(ease, place), from, to, shift);
    });
    return { source, target, points: points ?? straight(from, to), reversed: false, loose: true };
  });
}
