/** What stays where it is on the screen while a new layout moves the cards, and when the camera may move by itself. */
import type { Box, Layout, NodeId, Point } from "../layout/graph.ts";
import {
  type Bounds,
  type Camera,
  type Covered,
  centredOn,
  edgesOf,
  fitTo,
  overlap,
  type Size,
  toScreen,
  UNCOVERED,
  viewed,
} from "./camera.ts";

/** The camera with which a box that moved is seen where it was. */
export const steadied = (camera: Camera, before: Point, after: Point): Camera => ({
  k: camera.k,
  x: camera.x + camera.k * (before.x - after.x),
  y: camera.y + camera.k * (before.y - after.y),
});

/**
 * The card to keep in its place: the first of `wanted` that is seen and stays, else the one nearest to `near` (a place
 * on the screen).
 */
export function fixedCard(
  before: ReadonlyMap<NodeId, Box>,
  after: ReadonlyMap<NodeId, Box>,
  wanted: readonly (NodeId | null)[],
  near: Point,
  camera: Camera,
  size: Size,
): NodeId | null {
  const view = viewed(camera, size);
  const isSeen = (box: Box | undefined) => box !== undefined && overlap(edgesOf(box), view);
  const first = wanted.find((id) => id !== null && after.has(id) && isSeen(before.get(id)));
  if (first !== undefined) return first;
  let best: NodeId | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const [id, box] of before) {
    if (!after.has(id) || !isSeen(box)) continue;
    const { x, y } = toScreen(camera, box);
    const distance = Math.hypot(x - near.x, y - near.y);
    if (distance < least) [best, least] = [id, distance];
  }
  return best;
}

/** Beyond the view by so many pixels, or so much smaller than it could be, the graph does not fit any more. */
const OVERLAP_PX = 2;
const LOOSE = 0.72;

/** Whether a camera that fits the graph by itself may stay: all is seen, and not much smaller than it could be. */
export function stillFits(camera: Camera, bounds: Bounds, size: Size, covered: Covered = UNCOVERED): boolean {
  const low = toScreen(camera, { x: bounds.left, y: bounds.top });
  const high = toScreen(camera, { x: bounds.right, y: bounds.bottom });
  const isInside =
    low.x >= -OVERLAP_PX &&
    low.y >= covered.top - OVERLAP_PX &&
    high.x <= size.width + OVERLAP_PX &&
    high.y <= size.height - covered.bottom + OVERLAP_PX;
  return isInside && camera.k >= LOOSE * fitTo(bounds, size, covered).k;
}

function union(boxes: readonly Bounds[], routes: Layout["routes"]): Bounds {
  let { left, top, right, bottom } = boxes[0] ?? { left: 0, top: 0, right: 0, bottom: 0 };
  const include = (x: number, y: number) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  };
  for (const box of boxes) {
    include(box.left, box.top);
    include(box.right, box.bottom);
  }
  for (const { points } of routes) for (const { x, y } of points) include(x, y);
  return { left, top, right, bottom };
}

const boundsOfLayouts = new WeakMap<Layout, Bounds | null>();

/** Of what stands in a layout: where groups have gone, it may have empty margins. */
export function boundsOfLayout(layout: Layout): Bounds | null {
  const known = boundsOfLayouts.get(layout);
  if (known !== undefined) return known;
  const bounds = layout.boxes.size > 0 ? union([...layout.boxes.values()].map(edgesOf), layout.routes) : null;
  boundsOfLayouts.set(layout, bounds);
  return bounds;
}

/** Of the view, in each direction: what runs within it need not be followed. */
const CALM = 0.08;
/** Closer than this nothing is gained by following. */
const MOST_ZOOM = 1;

/** The camera that shows what runs, as it is when that is well in sight. */
export function followed(camera: Camera, running: Bounds | null, size: Size): Camera {
  if (!running) return camera;
  const low = toScreen(camera, { x: running.left, y: running.top });
  const high = toScreen(camera, { x: running.right, y: running.bottom });
  const within = (from: number, to: number, room: number) => from >= CALM * room && to <= (1 - CALM) * room;
  if (within(low.x, high.x, size.width) && within(low.y, high.y, size.height)) return camera;
  const { k } = fitTo(running, size);
  const zoom = Math.min(MOST_ZOOM, camera.k, k);
  const middle = { x: (running.left + running.right) / 2, y: (running.top + running.bottom) / 2 };
  return centredOn(middle, zoom, size);
}
