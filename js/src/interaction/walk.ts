/** Where the arrow keys lead: left and right along the edges, up and down to the neighbour. */
import { barOfNode } from "../bar.ts";
import type { Box, Layout, NodeId } from "../layout/graph.ts";
import type { Picture } from "../picture/index.ts";
import type { Direction, Step } from "./commands.ts";

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
      return near(others(picture.nodes.get(from)?.dependencies ?? []), (box) => aside(here, box));
    case "right":
      return near(others(picture.dependents.get(from) ?? []), (box) => aside(here, box));
    case "up":
      return near(others(boxes.keys()), (box) => vertical(here, box, here.y - box.y));
    case "down":
      return near(others(boxes.keys()), (box) => vertical(here, box, box.y - here.y));
  }
}

/** The nearest column first, and there the nearest height. */
const aside = (here: Box, { x, y }: Box): number => Math.abs(x - here.x) + Math.abs(y - here.y) / 2;

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

/** The next of `candidates` after `from`, or the one before, round and round. */
export function nextOf(candidates: readonly NodeId[], from: NodeId | null, step: Step = 1): NodeId | null {
  const at = from === null ? -1 : candidates.indexOf(from);
  if (at < 0) return candidates.at(step > 0 ? 0 : -1) ?? null;
  return candidates.at((at + step) % candidates.length) ?? null;
}

/** Nodes with tasks in a state, along the flow: band by band, from left to right. */
export function nodesIn(
  state: string,
  { nodes }: Picture,
  states: readonly string[],
  { boxes, bands }: Layout,
): NodeId[] {
  const placed = [...nodes.values()].flatMap((node) => {
    const box = boxes.get(node.id);
    const has = barOfNode(node, states).segments.some((segment) => segment.state === state);
    return box && has ? [{ id: node.id, box, band: bands?.get(node.id) ?? 0 }] : [];
  });
  return placed.sort((a, b) => a.band - b.band || a.box.x - b.box.x || a.box.y - b.box.y).map(({ id }) => id);
}

/** Where that which a node stood for is now, when another picture has no such node. */
export function heirOf(id: NodeId | null, before: Picture, now: Picture): NodeId | null {
  if (id === null || now.nodes.has(id)) return id;
  const [first] = before.nodes.get(id)?.members ?? [];
  return (first && now.homes.get(first.id)) ?? null;
}
