/** Where the arrow keys lead: left and right along the edges, up and down to the neighbour. */
import type { Box, Layout, NodeId } from "../layout/graph.ts";
import type { Picture } from "../picture/index.ts";
import type { Direction } from "./commands.ts";

export function walk(
  from: NodeId | null,
  direction: Direction,
  picture: Picture,
  { boxes }: Layout,
): NodeId | null {
  const here = from === null ? undefined : boxes.get(from);
  if (from === null || !here) return first(boxes);
  const others = (ids: Iterable<NodeId>) => [...ids].filter((id) => id !== from && boxes.has(id));
  const near = (ids: NodeId[], distance: (box: Box) => number) => nearest(ids, boxes, distance) ?? from;
  switch (direction) {
    case "left":
      return near(others(picture.nodes.get(from)?.dependencies ?? []), (box) => Math.abs(box.y - here.y));
    case "right":
      return near(others(picture.dependents.get(from) ?? []), (box) => Math.abs(box.y - here.y));
    case "up":
      return near(others(boxes.keys()), (box) => vertical(here, box, here.y - box.y));
    case "down":
      return near(others(boxes.keys()), (box) => vertical(here, box, box.y - here.y));
  }
}

/** Sideways counts more, so that one stays in the column as long as there is one. */
const vertical = (here: Box, box: Box, ahead: number): number =>
  ahead > 0 ? ahead + 3 * Math.max(0, Math.abs(box.x - here.x) - (box.width + here.width) / 2) : Infinity;

function nearest(
  ids: readonly NodeId[],
  boxes: ReadonlyMap<NodeId, Box>,
  distance: (box: Box) => number,
): NodeId | null {
  let best: NodeId | null = null;
  let least = Infinity;
  for (const id of ids) {
    const box = boxes.get(id);
    const far = box ? distance(box) : Infinity;
    if (far < least) [best, least] = [id, far];
  }
  return best;
}

const first = (boxes: ReadonlyMap<NodeId, Box>): NodeId | null =>
  nearest([...boxes.keys()], boxes, ({ x, y }) => x + y);

/** The next of `candidates` after `from`, round and round. */
export function nextOf(candidates: readonly NodeId[], from: NodeId | null): NodeId | null {
  const at = from === null ? -1 : candidates.indexOf(from);
  return candidates[(at + 1) % candidates.length] ?? null;
}
