import { at } from "./arrays.ts";
import type { Item, Rect } from "./packing.ts";

type Direction = readonly [x: -1 | 0 | 1, y: -1 | 0 | 1];

interface Place {
  readonly x: number;
  readonly y: number;
}

/** New places, and how far their nodes move in all. */
interface Shove {
  readonly places: ReadonlyMap<number, Place>;
  readonly cost: number;
}

const DIRECTIONS: readonly Direction[] = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
];
/** So many may give way one after the other. */
const CHAIN = 64;
/** Pairs of items that are compared at most: with more, packing alone has to do. */
const WORK_BUDGET = 400_000;
const SLACK = 1e-6;

const overlap = (a: Rect, b: Rect, distance: number): boolean =>
  a.x < b.x + b.width + distance - SLACK &&
  b.x < a.x + a.width + distance - SLACK &&
  a.y < b.y + b.height + distance - SLACK &&
  b.y < a.y + a.height + distance - SLACK;

/** How far `their` must go in a direction to be `distance` away from `own`, when they overlap. */
function clearance(own: Rect, their: Rect, [dx, dy]: Direction, distance: number): number {
  const across = dx > 0 ? own.x + own.width - their.x : their.x + their.width - own.x;
  const down = dy > 0 ? own.y + own.height - their.y : their.y + their.height - own.y;
  return (dx ? across : down) + distance;
}

/**
 * Where kept items would like to be, once those that have grown into others are apart by `distance`: neighbours give
 * way by as little as they must, in one direction, and so do theirs, or the item itself does; the fewest nodes move
 * least. What would have to move further than to a place of its own is left to packing.
 */
export function shove(items: readonly Item[], distance: number): readonly Item[] {
  const wanted = new Map<number, Place>();
  items.forEach(({ wanted: place }, item) => {
    if (place) wanted.set(item, place);
  });
  const partsAt = (item: number, { x, y }: Place): Rect[] => {
    const { bounds, parts = [bounds] } = at(items, item);
    return parts.map((part) => ({ ...part, x: part.x + x - bounds.x, y: part.y + y - bounds.y }));
  };
  let work = 0;

  /** Everybody in the way of `pusher`, and how far each must go. */
  const inTheWay = (
    pusher: number,
    placeOf: (item: number) => Place,
    direction: Direction,
  ): [item: number, by: number][] => {
    const { x, y } = placeOf(pusher);
    const { width, height } = at(items, pusher).bounds;
    let mine: Rect[] | undefined;
    const found: [number, number][] = [];
    for (const other of wanted.keys()) {
      work++;
      const place = placeOf(other);
      const { bounds } = at(items, other);
      if (other === pusher || place.y >= y + height + distance || y >= place.y + bounds.height + distance)
        continue;
      if (place.x >= x + width + distance || x >= place.x + bounds.width + distance) continue;
      mine ??= partsAt(pusher, placeOf(pusher));
      let by = 0;
      for (const their of partsAt(other, place))
        for (const own of mine)
          if (overlap(own, their, distance)) by = Math.max(by, clearance(own, their, direction, distance));
      if (by) found.push([other, by]);
    }
    return found;
  };

  const chain = (
    first: readonly (readonly [number, number])[],
    direction: Direction,
    limit: number,
    pusher?: number,
  ) => {
    const places = new Map<number, Place>();
    const placeOf = (item: number) => places.get(item) ?? (wanted.get(item) as Place);
    const queue: number[] = [];
    let cost = 0;
    const give = (pairs: readonly (readonly [number, number])[]): boolean => {
      for (const [item, by] of pairs) {
        if (item === pusher) return false;
        const { x, y } = placeOf(item);
        const place = { x: x + by * direction[0], y: y + by * direction[1] };
        if (place.x < Math.min(0, x) || place.y < Math.min(0, y)) return false;
        places.set(item, place);
        cost += by * at(items, item).weight;
        queue.push(item);
      }
      return cost <= limit;
    };
    if (!give(first)) return undefined;
    for (let steps = 0; queue.length; steps++) {
      if (steps > CHAIN || !give(inTheWay(queue.shift() as number, placeOf, direction))) return undefined;
    }
    return { places, cost };
  };

  const changed = [...wanted.keys()].filter((item) => !at(items, item).unchanged);
  changed.sort((a, b) => at(items, b).weight - at(items, a).weight || a - b);
  for (const item of changed) {
    if (work > WORK_BUDGET) break;
    const placeOf = (other: number) => wanted.get(other) as Place;
    let best: Shove | undefined;
    for (const direction of DIRECTIONS) {
      const others = inTheWay(item, placeOf, direction);
      if (!others.length) break;
      const weight = others.reduce((sum, [other]) => sum + at(items, other).weight, 0);
      const lighter = Math.min(weight, at(items, item).weight);
      const { width, height } = at(items, item).bounds;
      let limit = best?.cost ?? lighter * Math.max(width, height);
      best = chain(others, direction, limit, item) ?? best;
      limit = best?.cost ?? limit;
      const back: Direction = [-direction[0] as -1 | 0 | 1, -direction[1] as -1 | 0 | 1];
      best = chain([[item, Math.max(...others.map(([, by]) => by))]], back, limit) ?? best;
    }
    for (const [moved, place] of best?.places ?? []) wanted.set(moved, place);
  }
  return items.map((item, index) =>
    wanted.has(index) ? { ...item, wanted: wanted.get(index) as Place } : item,
  );
}
