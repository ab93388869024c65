/** What of a scene lies in a part of the world. */
import type { Point } from "../layout/graph.ts";
import { type Bounds, edgesOf, overlap } from "./camera.ts";
import { type Grid, gridOf, within } from "./grid.ts";
import type { Card, Edge, Scene } from "./scene.ts";

/** A grid pays from so many looks on: before there is none, as while cards glide and are others in each frame. */
const PAYS_FROM = 3;

/** The grid of items, or how often they were looked through without one. */
type Grids<Item> = WeakMap<readonly Item[], Grid | number>;

const cardGrids: Grids<Card> = new WeakMap();
const edgeGrids: Grids<Edge> = new WeakMap();
const hulls = new WeakMap<readonly Point[], Bounds>();

/** The cards of a scene in a part of the world, in order. */
export const cardsIn = ({ cards }: Scene, part: Bounds): readonly Card[] =>
  found(cardGrids, cards, part, ({ box }) => edgesOf(box));

/** The edges that may be seen in it: a curve lies within the hull of its points. */
export const edgesIn = ({ edges }: Scene, part: Bounds): readonly Edge[] =>
  found(edgeGrids, edges, part, hullOf);

export const cardAt = (scene: Scene, { x, y }: Point): Card | null =>
  cardsIn(scene, { left: x, top: y, right: x, bottom: y }).at(-1) ?? null;

/** These cards stand where others stood: there is no need to sort them anew. */
export function standAlike(before: readonly Card[], now: readonly Card[]): void {
  const grid = cardGrids.get(before);
  if (grid !== undefined) cardGrids.set(now, grid);
}

function found<Item>(
  grids: Grids<Item>,
  items: readonly Item[],
  part: Bounds,
  boundsOf: (item: Item) => Bounds,
): readonly Item[] {
  const known = grids.get(items) ?? 0;
  if (typeof known === "number" && known + 1 < PAYS_FROM) {
    grids.set(items, known + 1);
    return items.filter((item) => overlap(boundsOf(item), part));
  }
  const grid = typeof known === "number" ? gridOf(items.map(boundsOf)) : known;
  if (grid !== known) grids.set(items, grid);
  const seen: Item[] = [];
  for (const at of within(grid, part)) {
    const item = items[at];
    if (item !== undefined) seen.push(item);
  }
  return seen;
}

function hullOf({ points }: Edge): Bounds {
  const known = hulls.get(points);
  if (known) return known;
  const hull = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (const { x, y } of points) {
    if (x < hull.left) hull.left = x;
    if (x > hull.right) hull.right = x;
    if (y < hull.top) hull.top = y;
    if (y > hull.bottom) hull.bottom = y;
  }
  hulls.set(points, hull);
  return hull;
}
