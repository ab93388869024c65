/** Graphs and layouts as a few flat arrays, which are quick to hand to a worker and back. */
import { at } from "./arrays.ts";
import type { Box, Layout, LayoutGraph, NodeId, Point, Route } from "./graph.ts";

export interface PackedGraph {
  readonly ids: Int32Array;
  /** Width and height of each node. */
  readonly sizes: Float64Array;
  /** Source and target of each edge. */
  readonly ends: Int32Array;
}

export interface PackedLayout {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly ids: Int32Array;
  /** x, y, width and height of each box. */
  readonly boxes: Float64Array;
  /** Of each box, -1 where it has none. */
  readonly ranks: Int32Array;
  readonly bands: Int32Array;
  readonly ends: Int32Array;
  /** Sums of `REVERSED` and `LOOSE`, for each route. */
  readonly kinds: Uint8Array;
  /** Where the points of each route end among all. */
  readonly until: Int32Array;
  /** x and y of each point. */
  readonly points: Float64Array;
}

const REVERSED = 1;
const LOOSE = 2;

export const packGraph = ({ nodes, edges }: LayoutGraph): PackedGraph => ({
  ids: Int32Array.from(nodes, ({ id }) => id),
  sizes: Float64Array.from(nodes.flatMap(({ width, height }) => [width, height])),
  ends: packEnds(edges),
});

const packEnds = (edges: LayoutGraph["edges"]): Int32Array =>
  Int32Array.from(edges.flatMap(({ source, target }) => [source, target]));

export function unpackGraph({ ids, sizes, ends }: PackedGraph): LayoutGraph {
  const nodes = Array.from(ids, (id, index) => ({
    id,
    width: at(sizes, 2 * index),
    height: at(sizes, 2 * index + 1),
  }));
  const edges = Array.from({ length: ends.length / 2 }, (_, index) => ({
    source: at(ends, 2 * index),
    target: at(ends, 2 * index + 1),
  }));
  return { nodes, edges };
}

export function packLayout(layout: Layout): PackedLayout {
  const { left = 0, top = 0, width, height, boxes, routes, ranks, bands } = layout;
  const ids = Int32Array.from(boxes.keys());
  const until = new Int32Array(routes.length);
  let count = 0;
  routes.forEach((route, index) => {
    count += route.points.length;
    until[index] = count;
  });
  const points = new Float64Array(2 * count);
  let next = 0;
  for (const route of routes) {
    for (const { x, y } of route.points) {
      points[next++] = x;
      points[next++] = y;
    }
  }
  return {
    left,
    top,
    width,
    height,
    ids,
    boxes: Float64Array.from([...boxes.values()].flatMap((box) => [box.x, box.y, box.width, box.height])),
    ranks: ids.map((id) => ranks?.get(id) ?? -1),
    bands: ids.map((id) => bands?.get(id) ?? -1),
    ends: packEnds(routes),
    kinds: Uint8Array.from(routes, ({ reversed, loose }) => (reversed ? REVERSED : 0) + (loose ? LOOSE : 0)),
    until,
    points,
  };
}

export function unpackLayout(packed: PackedLayout): Layout {
  const { left, top, width, height, ids, ends, kinds, until, points } = packed;
  const boxes = new Map<NodeId, Box>();
  ids.forEach((id, index) => {
    const box = packed.boxes.subarray(4 * index, 4 * index + 4);
    boxes.set(id, { x: at(box, 0), y: at(box, 1), width: at(box, 2), height: at(box, 3) });
  });
  const routes = Array.from(kinds, (kind, index): Route => {
    const line: Point[] = [];
    for (let point = index ? at(until, index - 1) : 0; point < at(until, index); point++)
      line.push({ x: at(points, 2 * point), y: at(points, 2 * point + 1) });
    const route = {
      source: at(ends, 2 * index),
      target: at(ends, 2 * index + 1),
      points: line,
      reversed: (kind & REVERSED) > 0,
    };
    return kind & LOOSE ? { ...route, loose: true } : route;
  });
  return {
    left,
    top,
    width,
    height,
    boxes,
    routes,
    ranks: known(ids, packed.ranks),
    bands: known(ids, packed.bands),
  };
}

function known(ids: Int32Array, values: Int32Array): Map<NodeId, number> {
  const result = new Map<NodeId, number>();
  ids.forEach((id, index) => {
    if (at(values, index) >= 0) result.set(id, at(values, index));
  });
  return result;
}

export const buffersOf = (packed: PackedGraph | PackedLayout): ArrayBuffer[] =>
  Object.values(packed).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer as ArrayBuffer] : []));
