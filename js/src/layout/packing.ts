import { at } from "./arrays.ts";
import type { Rect } from "./bounds.ts";
import type { Point } from "./graph.ts";

export interface Item {
  readonly bounds: Rect;
  /** Where it was before, or would like to be. */
  readonly wanted?: Point;
  /** Nothing in it has changed: two such items cannot be in each other's way. */
  readonly unchanged: boolean;
  /** The heavier stays where the lighter gives way. */
  readonly weight: number;
}

interface Corner extends Point {
  misses: number;
}

interface Packing {
  readonly places: readonly Point[];
  /** Distance from the wanted places, times weights. */
  readonly moved: number;
}

/** A corner that did not fit this often is given up: fewer times when there are many items. */
const misses = (items: number): number => (items > 1000 ? 3 : 24);

/** What was there before may come this much closer, as a share of the gap, rather than move. */
const CLOSE = 0.35;
const SLACK = 1e-6;
/** With so many items nobody gives way. */
const MANY = 300;

/** More cells than lie one below the other. */
const ROW = 2 ** 20;

/** Rectangles in square cells, to find the ones nearby. */
function grid(cell: number) {
  const cells = new Map<number, number[]>();
  const keys = function* ({ x, y, width, height }: Rect, by: number) {
    for (let i = Math.floor((x - by) / cell); i <= Math.floor((x + width + by) / cell); i++)
      for (let j = Math.floor((y - by) / cell); j <= Math.floor((y + height + by) / cell); j++)
        yield i * ROW + j;
  };
  return {
    add(index: number, rect: Rect) {
      for (const key of keys(rect, 0)) {
        const list = cells.get(key);
        if (list) list.push(index);
        else cells.set(key, [index]);
      }
    },
    *near(rect: Rect, distance: number): Generator<number> {
      for (const key of keys(rect, distance)) yield* cells.get(key) ?? [];
    },
  };
}

const overlap = (a: Rect, b: Rect, gap: number): boolean =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

/** Who takes its place before others: the heavier, the higher, the one further left. */
const TURNS: readonly ((a: Item, b: Item) => number)[] = [
  (a, b) => b.weight - a.weight,
  (a, b) => (a.wanted?.y ?? 0) - (b.wanted?.y ?? 0),
  (a, b) => (a.wanted?.x ?? 0) - (b.wanted?.x ?? 0),
];

/**
 * Places (top left corners) for the items. Who has a wanted place gets it or the nearest free one, the heaviest
 * first. The others follow, the tall ones first and else in order, each where the picture grows least beyond the
 * aspect: gaps are filled, and otherwise what is new lies furthest right or below. Whoever has grown into others may
 * make them give way, and those the ones behind them, when that moves less in all.
 */
export function pack(items: readonly Item[], aspect: number, gap: number): readonly Point[] {
  const ways = [packOnce(items, aspect, gap)];
  if (at(ways, 0).moved && items.length <= MANY)
    for (const turn of TURNS) ways.push(packOnce(items, aspect, gap, turn));
  return ways.reduce((best, way) => (way.moved < best.moved ? way : best)).places;
}

/** Without `turn`, whoever can have the wanted place has it before others look for theirs. */
function packOnce(
  items: readonly Item[],
  aspect: number,
  gap: number,
  turn?: (typeof TURNS)[number],
): Packing {
  const area = items.reduce((sum, { bounds }) => sum + (bounds.width + gap) * (bounds.height + gap), 0);
  const index = grid(Math.max(1, Math.sqrt(area / Math.max(1, items.length))));
  const placed = new Map<number, Rect>();
  const strayed = new Set<number>();
  const close = gap * CLOSE;
  const patience = misses(items.length);
  let corners: Corner[] = [{ x: 0, y: 0, misses: 0 }];

  const fits = (rect: Rect, distance: number, mayMeet = (_: number) => false): boolean => {
    for (const other of index.near(rect, distance))
      if (overlap(rect, placed.get(other) as Rect, distance - SLACK) && !mayMeet(other)) return false;
    return true;
  };
  const put = (item: number, { x, y }: Point) => {
    const { width, height } = at(items, item).bounds;
    placed.set(item, { x, y, width, height });
    index.add(item, { x, y, width, height });
    const right = x + width + gap;
    const below = y + height + gap;
    corners.push({ x, y: below, misses: 0 }, { x: right, y, misses: 0 });
    if (x > 0) corners.push({ x: 0, y: below, misses: 0 });
    if (y > 0) corners.push({ x: right, y: 0, misses: 0 });
  };
  /** Below everything there is always room. */
  const floor = (): Point => ({
    x: 0,
    y: [...placed.values()].reduce((low, rect) => Math.max(low, rect.y + rect.height + gap), 0),
  });
  const search = ({ bounds }: Item): Point => {
    let best: Corner | undefined;
    let least = Infinity;
    for (let i = corners.length; i-- > 0; ) {
      const corner = at(corners, i);
      const { x, y } = corner;
      if (corner.misses > patience) continue;
      const value = Math.max(x + bounds.width, aspect * (y + bounds.height));
      if (value > least || (value === least && best && (y - best.y || x - best.x) >= 0)) continue;
      if (fits({ ...bounds, x, y }, gap)) {
        best = corner;
        least = value;
      } else corner.misses++;
    }
    corners = corners.filter((corner) => corner !== best && corner.misses <= patience);
    return best ?? floor();
  };

  /** The free place nearest to the wanted one: beside or below something, straight from there if possible. */
  const nearest = ({ bounds: { width, height }, wanted: home = { x: 0, y: 0 } }: Item): Point => {
    const spots: Point[] = [...corners];
    for (const other of placed.values()) {
      if (other.x < home.x + width + close && home.x < other.x + other.width + close)
        for (const y of [other.y + other.height + close, other.y - close - height])
          spots.push({ x: home.x, y });
      if (other.y < home.y + height + close && home.y < other.y + other.height + close)
        for (const x of [other.x + other.width + close, other.x - close - width])
          spots.push({ x, y: home.y });
    }
    const distance = ({ x, y }: Point) => Math.abs(x - home.x) + Math.abs(y - home.y);
    const inside = spots.filter(({ x, y }) => x >= Math.min(0, home.x) && y >= Math.min(0, home.y));
    inside.sort((a, b) => distance(a) - distance(b) || a.y - b.y || a.x - b.x);
    return inside.find(({ x, y }) => fits({ x, y, width, height }, close)) ?? floor();
  };

  const kept = [...items.keys()].filter((item) => at(items, item).wanted);
  kept.sort((a, b) => (turn ?? at(TURNS, 0))(at(items, a), at(items, b)) || a - b);
  const homeless: number[] = [];
  const stray = (item: number) => {
    strayed.add(item);
    put(item, nearest(at(items, item)));
  };
  for (const item of kept) {
    const { bounds, wanted, unchanged } = at(items, item);
    const { x, y } = wanted as Point;
    const mayMeet = (other: number) => unchanged && at(items, other).unchanged && !strayed.has(other);
    if (fits({ ...bounds, x, y }, close, mayMeet)) put(item, { x, y });
    else if (turn) stray(item);
    else homeless.push(item);
  }
  homeless.forEach(stray);
  const tallness = (item: number) => Math.ceil(Math.log2(at(items, item).bounds.height + 1));
  const fresh = [...items.keys()].filter((item) => !at(items, item).wanted);
  fresh.sort((a, b) => tallness(b) - tallness(a) || a - b);
  for (const item of fresh) put(item, search(at(items, item)));
  let moved = 0;
  const places = items.map(({ wanted, weight }, item) => {
    const { x, y } = placed.get(item) as Rect;
    if (wanted) moved += weight * Math.hypot(x - wanted.x, y - wanted.y);
    return { x, y };
  });
  return { places, moved };
}
