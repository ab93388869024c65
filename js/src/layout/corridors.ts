import { at, countBefore } from "./arrays.ts";
import type { Box, LayoutOptions, Route } from "./graph.ts";

/** An interval of heights. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A free way across a strip, between two cards of it that lie one above the other. */
export interface Slot extends Span {
  /** Heights at which edges run already. */
  readonly taken: number[];
}

/** The free space between cards: vertical lanes, and between two lanes a strip with slots across. */
export interface Corridors {
  readonly lanes: readonly number[];
  readonly slots: readonly (readonly Slot[])[];
  /** Of each lane, what is free of cards. */
  readonly free: readonly (readonly Span[])[];
  /** Around lanes. */
  readonly clear: number;
}

/** Shares of the gaps: where a lane lies beside its cards, and what stays clear of edges. */
const LANE = 0.3;
const BESIDE = 0.25;
const ABOVE = 0.3;
/** Lanes closer than this are one. */
const CLOSE = 3;
const SLACK = 1e-6;
/** What a change of height costs, in pixels of length. */
const BEND = 24;
/** Edges side by side lie so far apart, and what each that runs there already costs. */
const APART = 5;
const BESIDE_EDGE = 3;
/** The search hurries to the goal, and gives up. */
const HASTE = 1.5;
const WORK_BUDGET = 1_000_000;

/** What is left of all heights without the blocks. */
function gaps(blocks: readonly Span[]): Span[] {
  const sorted = [...blocks].sort((a, b) => a.from - b.from);
  const free: Span[] = [];
  let from = -Infinity;
  for (const block of sorted) {
    if (block.from > from) free.push({ from, to: block.from });
    from = Math.max(from, block.to);
  }
  free.push({ from, to: Infinity });
  return free;
}

/** Lanes at or before `x`. */
const laneCount = (lanes: readonly number[], x: number): number => countBefore(lanes, (lane) => lane > x);

/** The lane right of `x`, and the one left of it, so far that cards do not reach them. */
export const laneAfter = ({ lanes, clear }: Corridors, x: number): number =>
  Math.min(lanes.length - 1, laneCount(lanes, x + clear - SLACK));
export const laneBefore = ({ lanes, clear }: Corridors, x: number): number =>
  Math.max(0, laneCount(lanes, x - clear + SLACK) - 1);

/** Lanes lie before the columns of cards, after `sources` and before `targets`, as far away as `ease` (1 or less) allows. */
export function corridors(
  boxes: Iterable<Box>,
  sources: readonly Box[],
  targets: readonly Box[],
  routes: readonly Route[],
  { rankGap, nodeGap }: LayoutOptions,
  ease: number,
): Corridors {
  const all = [...boxes];
  const clear = rankGap * BESIDE * ease;
  const above = nodeGap * ABOVE * ease;
  const lead = rankGap * LANE * ease;
  const before = ({ x, width }: Box) => x - width / 2 - lead;
  const after = ({ x, width }: Box) => x + width / 2 + lead;
  const wanted = all.map(before).sort((a, b) => a - b);
  const lanes = [...sources.map(after), ...targets.map(before)];
  wanted.forEach((x, i) => {
    if (!i || x - at(wanted, i - 1) > CLOSE) lanes.push(x);
  });
  lanes.sort((a, b) => a - b);
  const inStrip = lanes.map((): Span[] => []);
  const onLane = lanes.map((): Span[] => []);
  for (const { x, y, width, height } of all) {
    const block = { from: y - height / 2 - above, to: y + height / 2 + above };
    const [left, right] = [x - width / 2 - clear, x + width / 2 + clear];
    const first = laneCount(lanes, left);
    if (first) at(inStrip, first - 1).push(block);
    for (let i = first; i < lanes.length && at(lanes, i) < right; i++) {
      at(inStrip, i).push(block);
      at(onLane, i).push(block);
    }
  }
  const slots = inStrip.map((blocks) => gaps(blocks).map((slot): Slot => ({ ...slot, taken: [] })));
  for (const { points } of routes) {
    for (let i = 3; i < points.length; i += 3) {
      const [{ x: a, y }, { x: b, y: end }] = [at(points, i - 3), at(points, i)];
      if (y !== end) continue;
      for (let lane = laneCount(lanes, Math.min(a, b)); at(lanes, lane + 1) <= Math.max(a, b); lane++)
        at(slots, lane)[countBefore(at(slots, lane), ({ to }) => to >= y)]?.taken.push(y);
    }
  }
  return { lanes, slots, free: onLane.map(gaps), clear };
}

const freeAt = (spans: readonly Span[], y: number): Span | undefined => {
  const span = spans[countBefore(spans, ({ to }) => to >= y)];
  return span && span.from <= y ? span : undefined;
};

/** How an edge crosses a strip. */
export interface Crossing {
  readonly slot: Slot;
  readonly y: number;
  /** The one that it reaches. */
  readonly lane: number;
}

interface Step extends Crossing {
  readonly cost: number;
  readonly guess: number;
  readonly before: Step | undefined;
}

/** A height in a slot near `y`, if possible one at which no other edge runs. */
function heightIn({ from, to, taken }: Slot, y: number): number {
  const room = Math.min(8, (to - from) / 2);
  const near = Math.min(Math.max(y, from + room), to - room);
  for (let step = 0; step < 40; step++) {
    const height = near + (step % 2 ? 1 : -1) * ((step + 1) >> 1) * APART;
    if (height > from && height < to && taken.every((other) => Math.abs(other - height) >= APART - 1))
      return height;
  }
  return near;
}

/**
 * A short way from lane `from` at height `start` to lane `to` at height `end`: the slots that it takes, in order
 * (A* over the slots). Undefined when there is none.
 */
export function wayThrough(
  ways: Corridors,
  from: { readonly lane: number; readonly y: number },
  to: { readonly lane: number; readonly y: number },
): Crossing[] | undefined {
  const { lanes, slots, free } = ways;
  const goal = freeAt(at(free, to.lane), to.y);
  const start = freeAt(at(free, from.lane), from.y);
  if (!goal || !start) return undefined;
  if (from.lane === to.lane && goal === start) return [];
  const goalX = at(lanes, to.lane);
  /** By falling estimates of the whole length. */
  const queue: Step[] = [];
  const settled = new Set<Slot>();
  let work = 0;
  const turn = (y: number, height: number): number =>
    Math.abs(y - height) < 0.01 ? 0 : BEND + Math.abs(y - height);
  /** Enter the strips on both sides of a lane. */
  const enter = (lane: number, y: number, cost: number, before: Step | undefined) => {
    const span = freeAt(at(free, lane), y);
    if (!span) return;
    for (const strip of [lane - 1, lane]) {
      const end = strip === lane ? lane + 1 : strip;
      if (strip < 0 || end >= lanes.length) continue;
      const length = Math.abs(at(lanes, end) - at(lanes, lane));
      const some = at(slots, strip);
      for (let i = countBefore(some, (slot) => slot.to >= span.from); i < some.length; i++) {
        const slot = at(some, i);
        work++;
        if (slot.from > span.to) break;
        if (slot.to < span.from || settled.has(slot)) continue;
        const height = heightIn(slot, y);
        if (height < span.from || height > span.to) continue;
        const total = cost + length + turn(y, height) + BESIDE_EDGE * slot.taken.length;
        const rest =
          end === to.lane ? turn(height, to.y) : Math.abs(at(lanes, end) - goalX) + Math.abs(height - to.y);
        const guess = total + HASTE * rest;
        const place = countBefore(queue, (other) => other.guess <= guess);
        queue.splice(place, 0, { slot, y: height, cost: total, guess, lane: end, before });
      }
    }
  };
  enter(from.lane, from.y, 0, undefined);
  for (let step = queue.pop(); step && work < WORK_BUDGET; step = queue.pop()) {
    if (settled.has(step.slot)) continue;
    settled.add(step.slot);
    if (step.lane === to.lane && freeAt(at(free, step.lane), step.y) === goal) {
      const way: Crossing[] = [];
      for (let each: Step | undefined = step; each; each = each.before) way.push(each);
      return way.reverse();
    }
    enter(step.lane, step.y, step.cost, step);
  }
  return undefined;
}
