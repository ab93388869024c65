import { at, least, most } from "./arrays.ts";
import type { Column } from "./columns.ts";
import type { Fold, Link } from "./fold.ts";
import type { LayoutOptions } from "./graph.ts";

/** Shares of the gaps between cards. */
const LANE = 0.5;
const LEAD = 0.55;
const AISLE = 1.1;
const LEAST_AISLE = 0.7;
/** Lanes that the left margin has room for; more lie closer, so that the cards need not move. */
const MARGIN_LANES = 3;

/** Where an edge runs between bands: down at `right`, back along `y`, down at `left`. */
export interface Lane {
  readonly right: number;
  readonly y: number;
  readonly left: number;
  /** Lanes nearer to the cards, on the right and on the left: the turns lie round each other. */
  readonly inside: readonly [right: number, left: number];
}

/** What a band takes up. */
export interface Extent {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const laneWidth = ({ nodeGap }: LayoutOptions): number => nodeGap * LANE;
export const leadWidth = ({ rankGap }: LayoutOptions): number => rankGap * LEAD;

/** Left of all cards of a folded component. */
export const marginWidth = (options: LayoutOptions): number =>
  leadWidth(options) + (MARGIN_LANES - 1) * laneWidth(options);

const leaving = (fold: Fold, band: number): Link[] =>
  [...fold.links.values()].filter(({ from }) => from === band);

/** Height of the gap below each band, and the least one that what was there before need not move for. */
export function aisles(fold: Fold, { nodeGap }: LayoutOptions): { wanted: number; least: number }[] {
  return fold.bands.map((_, band) => {
    const between = LANE * Math.max(0, leaving(fold, band).length - 1);
    return { wanted: nodeGap * (2 * AISLE + between), least: nodeGap * (2 * LEAST_AISLE + between) };
  });
}

/** Bands that lie beside a margin lane must not share it with another edge. */
function marginSlots(links: readonly Link[]): Map<Link, number> {
  const slots: Link[][] = [];
  const result = new Map<Link, number>();
  const bySpan = [...links].sort(
    (a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from || a.path - b.path,
  );
  for (const link of bySpan) {
    const isFree = (slot: readonly Link[]) =>
      slot.every(({ from, to }) => to <= link.from || link.to <= from);
    const free = slots.findIndex(isFree);
    const slot = free < 0 ? slots.push([]) - 1 : free;
    at(slots, slot).push(link);
    result.set(link, slot);
  }
  return result;
}

/**
 * A lane for each edge between bands. Edges that keep their order do not cross: who leaves lowest turns first, runs
 * highest and enters lowest. Those that jump over bands run down in the left margin, outside of the others.
 */
export function lanes(
  fold: Fold,
  extents: readonly Extent[],
  cols: readonly Column[],
  ys: readonly number[],
  options: LayoutOptions,
): Map<number, Lane> {
  const lane = laneWidth(options);
  const lead = leadWidth(options);
  const margin = least(extents.map((extent) => extent.left)) - lead;
  const isNear = ({ from, to }: Link) => to === from + 1;
  const nearby = fold.bands.map((_, band) => leaving(fold, band).filter(isNear).length);
  const fullest = most(nearby, 0);
  const slots = marginSlots([...fold.links.values()].filter((link) => !isNear(link)));
  const slotCount = most(slots.values(), -1) + 1;
  const leftLane = lane * Math.min(1, (MARGIN_LANES - 1) / Math.max(1, fullest + slotCount - 1));
  const result = new Map<number, Lane>();
  fold.bands.forEach((band, index) => {
    const links = leaving(fold, index);
    if (!links.length) return;
    links.sort(
      (a, b) =>
        b.to - a.to ||
        at(ys, b.enters) - at(ys, a.enters) ||
        at(ys, b.leaves) - at(ys, a.leaves) ||
        a.path - b.path,
    );
    const [above, below] = [at(extents, index), at(extents, index + 1)];
    const first = (above.bottom + below.top - (links.length - 1) * lane) / 2;
    const right = at(cols, band.to - 1).right + lead;
    links.forEach((link, place) => {
      const slot = slots.get(link);
      const inside = slot === undefined ? links.length - 1 - place : fullest + slot;
      result.set(link.path, {
        right: right + place * lane,
        y: first + place * lane,
        left: margin - inside * leftLane,
        inside: [place, inside],
      });
    });
  });
  return result;
}
