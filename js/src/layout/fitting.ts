import { at, most, sum } from "./arrays.ts";
import type { Rect } from "./bounds.ts";
import { cutsFor, messes } from "./cuts.ts";
import { type Drawing, draw, type Sketch } from "./drawing.ts";
import type { LayoutOptions, Point } from "./graph.ts";
import { marginWidth } from "./gutters.ts";
import { type Item, pack } from "./packing.ts";

/** A component to be packed; with a sketch, it may still be folded. */
export interface Placeable {
  readonly drawing: Drawing;
  readonly item: Item;
  readonly sketch?: Sketch;
}

export interface Packed {
  readonly placeables: readonly Placeable[];
  readonly places: readonly Point[];
}

const VIEW_WIDTH = 900;
const COMPONENT_GAP = 2.5;
/** Cards at this scale can be read: nothing is folded. */
const READABLE = 0.9;
/** Folding must make cards larger by this. */
const WORTH = 1.25;
/** What an edge too many at a cut costs, as a share of the scale. */
const TANGLE = 0.06;
/** What each band costs a reader who has to find the next one. */
const TURN = 0.02;
/** Round the picture, in pixels at any scale. */
const MARGIN = 20;
/** Widths of a band that are tried, about the one at which everything would fill the view. */
const TRIED = [2, 1.7, 1.45, 1.25, 1.1, 1, 0.9, 0.8, 0.65, 0.5];
/** One is drawn when it would be worth it by a rough measure, or nearly. */
const NEARLY = 0.9;
/** Between bands, as a share of the gap between cards, for that measure. */
const AISLE = 2.2;
const TOO_LARGE = 30_000;

export const viewWidth = (options: LayoutOptions): number => options.viewWidth ?? VIEW_WIDTH;

/** The scale at which a picture fits the view, at most life size. */
export function scaleToFit(
  { width, height }: { width: number; height: number },
  options: LayoutOptions,
): number {
  const view = viewWidth(options);
  const room = (length: number) => Math.max(1, length - 2 * MARGIN);
  return Math.min(1, room(view) / Math.max(1, width), room(view / options.aspect) / Math.max(1, height));
}

const packed = (items: readonly Item[], options: LayoutOptions): readonly Point[] =>
  pack(items, options.aspect, options.nodeGap * COMPONENT_GAP);

function sizeOf(items: readonly Item[], places: readonly Point[]): { width: number; height: number } {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  items.forEach(({ bounds }, index) => {
    const { x, y } = at(places, index);
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x + bounds.width);
    bottom = Math.max(bottom, y + bounds.height);
  });
  return { width: right - left, height: bottom - top };
}

const isFoldable = ({ layers, widths }: Sketch): boolean =>
  widths.length > 2 && !layers.paths.some(({ detour }) => detour);

const isFolded = ({ drawing }: Placeable): boolean => drawing.bands.some(([, band]) => band > 0);

/** Beside folded components, those that are new begin where their bands do. */
function aligned(placeables: readonly Placeable[], options: LayoutOptions): readonly Placeable[] {
  if (!placeables.some(isFolded)) return placeables;
  const margin = marginWidth(options);
  return placeables.map((placeable) => {
    const { item, sketch } = placeable;
    if (!sketch || item.wanted || isFolded(placeable)) return placeable;
    const { x, width } = item.bounds;
    return {
      ...placeable,
      item: { ...item, bounds: { ...item.bounds, x: x - margin, width: width + margin } },
    };
  });
}

/** The width at which the cards alone, with their gaps, fill a picture of the wanted aspect. */
function fillingWidth(placeables: readonly Placeable[], { aspect, rankGap, nodeGap }: LayoutOptions): number {
  let area = 0;
  for (const { drawing } of placeables)
    for (const [, { width, height }] of drawing.boxes)
      area += (width + rankGap) * (height + nodeGap * COMPONENT_GAP);
  return Math.sqrt(area * aspect);
}

interface Foldable {
  readonly index: number;
  readonly sketch: Sketch;
  readonly mess: readonly number[];
  /** Of each rank, its vertices as close as they get. */
  readonly heights: readonly number[];
}

/** A way to fold the components: where each is cut. */
type Cuts = readonly (readonly number[])[];

function foldables(placeables: readonly Placeable[], { nodeGap }: LayoutOptions): Foldable[] {
  return placeables.flatMap(({ sketch }, index) => {
    if (!sketch || !isFoldable(sketch)) return [];
    const { layers, component } = sketch;
    const height = (vertex: number) => component.nodes[vertex]?.height ?? 0;
    const heights = layers.ranks.map((row) =>
      row.reduce((sum, vertex) => sum + height(vertex) + nodeGap, -nodeGap),
    );
    return [{ index, sketch, mess: messes(layers), heights }];
  });
}

/** How large a component would be, folded. */
function estimate({ sketch, heights }: Foldable, cuts: readonly number[], options: LayoutOptions): Rect {
  const starts = [0, ...cuts];
  let width = 0;
  let height = 0;
  starts.forEach((from, band) => {
    const to = starts[band + 1] ?? heights.length;
    const own = sketch.widths.slice(from, to).reduce((sum, each) => sum + each + options.rankGap, 0);
    width = Math.max(width, own + marginWidth(options));
    height += most(heights.slice(from, to), 0) + AISLE * options.nodeGap;
  });
  return { x: 0, y: 0, width, height: height - AISLE * options.nodeGap };
}

/** What the reader loses by the cuts: a factor of 1 or more. */
function penalty(folds: readonly Foldable[], cuts: Cuts): number {
  const made = cuts.flatMap((each, i) => each.map((cut) => at(at(folds, i).mess, cut)));
  const folded = cuts.filter((each) => each.length > 0).length;
  return 1 + (TANGLE * sum(made) + TURN * made.length) / folded;
}

/** The way to fold that fits best by a rough measure, and its scale with the penalty. */
function bestCuts(
  placeables: readonly Placeable[],
  folds: readonly Foldable[],
  options: LayoutOptions,
): { cuts: Cuts; value: number } | undefined {
  const wanted = Math.max(viewWidth(options), fillingWidth(placeables, options));
  const tried = new Set<string>();
  let best: { cuts: Cuts; value: number } | undefined;
  for (const share of TRIED) {
    const cuts = folds.map(({ sketch, mess }) =>
      cutsFor(sketch.widths, mess, options.rankGap, wanted * share),
    );
    const key = cuts.join(";");
    if (tried.has(key) || cuts.every((each) => !each.length)) continue;
    tried.add(key);
    const next = placeables.map(({ item }) => item);
    folds.forEach((each, i) => {
      const own = at(cuts, i);
      if (own.length) next[each.index] = { ...at(next, each.index), bounds: estimate(each, own, options) };
    });
    const value = scaleToFit(sizeOf(next, packed(next, options)), options) / penalty(folds, cuts);
    if (value > (best?.value ?? 0)) best = { cuts, value };
  }
  return best;
}

/**
 * Pack the components, those with a sketch folded to a common width when that makes the whole fit the view at a
 * scale larger by enough. Tangled cuts count against it.
 */
export function fitToView(placeables: readonly Placeable[], options: LayoutOptions): Packed {
  const place = (some: readonly Placeable[]) => {
    const items = aligned(some, options).map(({ item }) => item);
    const places = packed(items, options);
    return {
      placeables: some.map((each, index) => ({ ...each, item: at(items, index) })),
      places,
      scale: scaleToFit(sizeOf(items, places), options),
    };
  };
  const flat = place(placeables);
  const vertices = placeables.reduce((sum, { sketch }) => sum + (sketch?.layers.rankOf.length ?? 1), 0);
  if (!(flat.scale < READABLE) || vertices > TOO_LARGE) return flat;

  const folds = foldables(placeables, options);
  const best = bestCuts(placeables, folds, options);
  const worth = flat.scale * WORTH;
  if (!best || best.value < NEARLY * worth) return flat;
  const next = [...placeables];
  folds.forEach(({ index, sketch }, i) => {
    const cuts = at(best.cuts, i);
    if (!cuts.length) return;
    const drawing = draw(sketch, options, cuts);
    next[index] = { sketch, drawing, item: { ...at(placeables, index).item, bounds: drawing.bounds } };
  });
  const folded = place(next);
  return folded.scale / penalty(folds, best.cuts) > worth ? folded : flat;
}
