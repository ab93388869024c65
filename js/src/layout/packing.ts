import { at } from "./arrays.ts";
import type { Rect } from "./bounds.ts";

export interface Item {
  readonly bounds: Rect;
  /** Parts that cover all of it, for others to lie close; else its bounds. */
  readonly parts?: readonly Rect[];
  /** Where it was before, or would like to be. */
  readonly wanted?: { readonly x: number; readonly y: number };
  /** Nothing in it has changed: two such items cannot be in each other's way. */
  readonly unchanged: boolean;
  /** The heavier stays where the lighter gives way. */
  readonly weight: number;
}

interface Corner {
  readonly x: number;
  readonly y: number;
  misses: number;
}

/** A corner that did not fit this often is given up: fewer times when there are many items. */
const misses = (items: number): number => (items > 1000 ? 3 : 24);

/** What was there before may come this much closer, as a share of the gap, rather than move. */
const CLOSE = 0.35;
const SLACK = 1e-6;

/** More cells than lie one below the other. */
const ROW = 2 ** 20;

/** Rectangles in square cells, to find the ones nearby. */
function grid(cell: number) {
  const cells = new Map<number, number[]>();
  const keys = function* ({ x, y, width, height }: Rect) {
    for (let i = Math.floor(x / cell); i <= Math.floor((x + width) / cell); i++)
      for (let j = Math.floor(y / cell); j <= Math.floor((y + height) / cell); j++) yield i * ROW + j;
  };
  return {
    add(index: number, rect: Rect) {
      for (const key of keys(rect)) {
        const list = cells.get(key);
        if (list) list.push(index);
        else cells.set(key, [index]);
      }
    },
    *near(rect: Rect): Generator<number> {
      for (const key of keys(rect)) yield* cells.get(key) ?? [];
    },
  };
}

const shifted = (rect: Rect, x: number, y: number): Rect => ({ ...rect, x: rect.x + x, y: rect.y + y });

const grown = ({ x, y, width, height }: Rect, by: number): Rect => ({
  x: x - by,
  y: y - by,
  width: width + 2 * by,
  height: height + 2 * by,
});

const never = (): boolean => false;

const overlap = (a: Rect, b: Rect, gap: number): boolean =>
  a.x < b.x + b.width + gap &&
  b.x < a.x + a.width + gap &&
  a.y < b.y + b.height + gap &&
  b.y < a.y + a.height + gap;

interface Packing {
  readonly places: readonly { readonly x: number; readonly y: number }[];
  /** Distance from the wanted places, times weights. */
  readonly moved: number;
}

/** With so many kept items nobody gives way. */
const MANY = 300;

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
export function pack(items: readonly Item[], aspect: number, gap: number): Packing["places"] {
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

  const partsOf = (item: number): readonly Rect[] => {
    const { bounds, parts } = at(items, item);
    const { x, y } = placed.get(item) as Rect;
    return parts
      ? parts.map((part) => shifted(part, x - bounds.x, y - bounds.y))
      : [placed.get(item) as Rect];
  };
  const fits = (rect: Rect, distance: number, mayMeet: (other: number) => boolean = never): boolean => {
    for (const other of index.near(grown(rect, distance)))
      if (!mayMeet(other) && overlap(rect, placed.get(other) as Rect, distance)) return false;
    return true;
  };
  /** Parts may lie in the hollows of others, and closer. What did not change may stay as near as it was. */
  const fitsClosely = (item: number, x: number, y: number, atHome = false): boolean => {
    const { bounds, parts, unchanged } = at(items, item);
    const mine = (parts ?? [bounds]).map((part) => shifted(part, x - bounds.x, y - bounds.y));
    return fits({ ...bounds, x, y }, close, (other) => {
      if (atHome && unchanged && at(items, other).unchanged && !strayed.has(other)) return true;
      return !partsOf(other).some((part) => mine.some((own) => overlap(own, part, close - SLACK)));
    });
  };
  const put = (item: number, rect: Rect) => {
    placed.set(item, rect);
    index.add(item, rect);
    const right = rect.x + rect.width + gap;
    const below = rect.y + rect.height + gap;
    corners.push({ x: rect.x, y: below, misses: 0 }, { x: right, y: rect.y, misses: 0 });
    if (rect.x > 0) corners.push({ x: 0, y: below, misses: 0 });
    if (rect.y > 0) corners.push({ x: right, y: 0, misses: 0 });
  };
  /** Below everything there is always room. */
  const floor = () =>
    [...placed.values()].reduce((low, rect) => Math.max(low, rect.y + rect.height + gap), 0);
  const search = (bounds: Rect, cost: (x: number, y: number) => number): Rect => {
    let best: Corner | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (let i = corners.length; i-- > 0; ) {
      const corner = at(corners, i);
      if (corner.misses > patience) continue;
      const value = cost(corner.x, corner.y);
      if (value > least || (value === least && best && (corner.y - best.y || corner.x - best.x) >= 0))
        continue;
      if (fits({ ...bounds, x: corner.x, y: corner.y }, gap - SLACK)) {
        best = corner;
        least = value;
      } else corner.misses++;
    }
    corners = corners.filter((corner) => corner !== best && corner.misses <= patience);
    return { ...bounds, x: best?.x ?? 0, y: best?.y ?? floor() };
  };

  /** The free place nearest to the wanted one: beside or below something, straight from there if possible. */
  const nearest = (item: number): Rect => {
    const { bounds, wanted } = at(items, item);
    const [homeX, homeY] = [wanted?.x ?? 0, wanted?.y ?? 0];
    const spots: { x: number; y: number }[] = corners.map(({ x, y }) => ({ x, y }));
    const mine = (at(items, item).parts ?? [bounds]).map((p) =>
      shifted(p, homeX - bounds.x, homeY - bounds.y),
    );
    for (const other of placed.keys()) {
      for (const part of partsOf(other)) {
        for (const own of mine) {
          if (part.x < own.x + own.width + close && own.x < part.x + part.width + close) {
            spots.push({ x: homeX, y: homeY + part.y + part.height + close - own.y });
            spots.push({ x: homeX, y: homeY + part.y - close - own.y - own.height });
          }
          if (part.y < own.y + own.height + close && own.y < part.y + part.height + close) {
            spots.push({ x: homeX + part.x + part.width + close - own.x, y: homeY });
            spots.push({ x: homeX + part.x - close - own.x - own.width, y: homeY });
          }
        }
      }
    }
    const distance = ({ x, y }: { x: number; y: number }) => Math.abs(x - homeX) + Math.abs(y - homeY);
    const inside = spots.filter(({ x, y }) => x >= Math.min(0, homeX) && y >= Math.min(0, homeY));
    inside.sort((a, b) => distance(a) - distance(b) || a.y - b.y || a.x - b.x);
    const spot = inside.find(({ x, y }) => fitsClosely(item, x, y));
    return { ...bounds, x: spot?.x ?? 0, y: spot?.y ?? floor() };
  };

  const kept = [...items.keys()].filter((item) => at(items, item).wanted);
  kept.sort((a, b) => (turn ?? at(TURNS, 0))(at(items, a), at(items, b)) || a - b);
  const homeless: number[] = [];
  const stray = (item: number) => {
    strayed.add(item);
    put(item, nearest(item));
  };
  for (const item of kept) {
    const { bounds, wanted } = at(items, item);
    const [x, y] = [wanted?.x ?? 0, wanted?.y ?? 0];
    if (fitsClosely(item, x, y, true)) put(item, { ...bounds, x, y });
    else if (turn) stray(item);
    else homeless.push(item);
  }
  homeless.forEach(stray);
  const tallness = (item: number) => Math.ceil(Math.log2(at(items, item).bounds.height + 1));
  const fresh = [...items.keys()].filter((item) => !at(items, item).wanted);
  fresh.sort((a, b) => tallness(b) - tallness(a) || a - b);
  for (const item of fresh) {
    const { bounds } = at(items, item);
    put(
      item,
      search(bounds, (x, y) => Math.max(x + bounds.width, aspect * (y + bounds.height))),
    );
  }
  let moved = 0;
  const places = items.map(({ wanted, weight }, item) => {
    const { x, y } = placed.get(item) as Rect;
    if (wanted) moved += weight * Math.hypot(x - wanted.x, y - wanted.y);
    return { x, y };
  });
  return { places, moved };
}
