/** What the camera makes of a card of several groups that is opened. */
import type { Box, Layout, Point } from "../layout/graph.ts";
import type { Lens } from "../lens.ts";
import type { Picture } from "../picture/index.ts";
import type { GroupId } from "../wire.ts";
import {
  type Bounds,
  boundsOf,
  type Camera,
  type Covered,
  fitTo,
  reveal,
  type Size,
  toScreen,
} from "./camera.ts";
import { boundsOfLayout } from "./steady.ts";

export interface Opening {
  readonly members: readonly GroupId[];
  /** Where the card stood. */
  readonly from: Box;
}

/** The card that `open` opens. */
export function openingOf(open: Lens["open"], { nodes, lens }: Picture, layout: Layout): Opening | null {
  if (lens?.open === open) return null;
  for (const { id, key, members } of nodes.values()) {
    const from = layout.boxes.get(id);
    if (from && members.length > 1 && open.get(key) && !lens?.open.get(key))
      return { members: members.map((member) => member.id), from };
  }
  return null;
}

/** What it has become in a layout; null while it is not in there. */
export const openedInto = (
  { members }: Opening,
  { homes }: Pick<Picture, "homes">,
  { boxes }: Layout,
): Bounds | null => boundsOf(members.flatMap((id) => boxes.get(homes.get(id) ?? 0) ?? []));

/** A camera on the whole is as good as before when it is hardly further away, or near enough for whole cards. */
const HARDLY = 0.9;
const WHOLE_CARDS = 0.7;

export const staysClose = (camera: Camera, layout: Layout, size: Size, covered: Covered): boolean =>
  fitTo(boundsOfLayout(layout), size, covered).k >= Math.min(WHOLE_CARDS, HARDLY * camera.k);

/** Further away than this, names cannot be read. */
const NAMES = 0.3;

/**
 * What was opened is seen where the card was, moved by the least that shows it whole; smaller than the card only where
 * it does not fit, and never too small to be read.
 */
export function unfolded(camera: Camera, from: Point, into: Bounds, size: Size, covered: Covered): Camera {
  const k = Math.min(camera.k, Math.max(NAMES, fitTo(into, size, covered).k));
  const middle = { x: (into.left + into.right) / 2, y: (into.top + into.bottom) / 2 };
  const place = toScreen(camera, from);
  const box = { ...middle, width: into.right - into.left, height: into.bottom - into.top };
  return reveal({ k, x: place.x - k * middle.x, y: place.y - k * middle.y }, box, size, covered);
}
