import { at } from "./arrays.ts";
import { type Column, columns } from "./columns.ts";
import type { Component } from "./components.ts";
import { assignHeights } from "./coordinates.ts";
import { turnedArcs } from "./cycles.ts";
import type { Box, LayoutOptions, NodeId, Point, Route } from "./graph.ts";
import { type Layers, layers } from "./layers.ts";
import { addLanes } from "./loops.ts";
import { keepOrder, orderRanks } from "./ordering.ts";
import type { Rect } from "./packing.ts";
import { anchorOf, heightAt, type Previous } from "./previous.ts";
import { type Earlier, keepRanks, rank } from "./ranking.ts";
import { route } from "./routing.ts";
import { extent, separation } from "./separation.ts";
import { settleHeights } from "./settling.ts";

/** One component, drawn somewhere. */
export interface Drawing {
  readonly boxes: readonly (readonly [NodeId, Box])[];
  readonly ranks: readonly (readonly [NodeId, number])[];
  readonly routes: readonly Route[];
  readonly bounds: Rect;
}

export function bounds(boxes: Drawing["boxes"], routes: readonly Route[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const include = (x: number, y: number) => {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  };
  for (const [, { x, y, width, height }] of boxes) {
    include(x - width / 2, y - height / 2);
    include(x + width / 2, y + height / 2);
  }
  for (const { points } of routes) for (const { x, y } of points) include(x, y);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** Slices of a drawing, each as high as what it holds. */
export function parts({ boxes, routes }: Pick<Drawing, "boxes" | "routes">): Rect[] {
  const edges = [...new Set(boxes.map(([, { x, width }]) => x - width / 2))].sort((a, b) => a - b);
  const whole = bounds(boxes, routes);
  const slices = edges.map(() => [Infinity, -Infinity] as [number, number]);
  const include = (from: number, to: number, top: number, bottom: number) => {
    let slice = sliceAt(edges, from);
    do {
      const [high, low] = at(slices, slice);
      slices[slice] = [Math.min(high, top), Math.max(low, bottom)];
      slice++;
    } while (slice < edges.length && at(edges, slice) < to);
  };
  for (const [, { x, y, width, height }] of boxes)
    include(x - width / 2, x + width / 2, y - height / 2, y + height / 2);
  for (const { points } of routes) {
    for (let i = 3; i < points.length; i += 3) {
      const hull = points.slice(i - 3, i + 1);
      const xs = hull.map(({ x }) => x);
      const ys = hull.map(({ y }) => y);
      include(Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys));
    }
  }
  return slices.map(([top, bottom], slice) => {
    const x = slice ? at(edges, slice) : whole.x;
    return { x, y: top, width: (edges[slice + 1] ?? whole.x + whole.width) - x, height: bottom - top };
  });
}

/** The last slice that begins at or before `x`, by bisection. */
function sliceAt(edges: readonly number[], x: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (at(edges, middle) <= x) low = middle;
    else high = middle - 1;
  }
  return low;
}

function compose(
  { nodes }: Component,
  laned: Layers,
  cols: readonly Column[],
  ys: readonly number[],
  options: LayoutOptions,
): Drawing {
  const widths = nodes.map((node) => node.width);
  const [, lowest] = extent(
    ys,
    nodes.map((node) => node.height),
  );
  const boxes = nodes.map(({ id, width, height }, index) => {
    const x = at(cols, at(laned.rankOf, index)).left + width / 2;
    return [id, { x, y: at(ys, index), width, height }] as const;
  });
  const routes = laned.paths.map((path) => ({
    source: at(nodes, path.from).id,
    target: at(nodes, path.to).id,
    points: route(path, laned, cols, widths, ys, lowest + options.nodeGap, options.rankGap),
    reversed: path.turned,
  }));
  const ranks = nodes.map(({ id }, index) => [id, at(laned.rankOf, index)] as const);
  return { boxes, ranks, routes, bounds: bounds(boxes, routes) };
}

function columnWidths({ nodes }: Component, ranks: readonly number[]): number[] {
  const widths: number[] = [];
  nodes.forEach(({ width }, index) => {
    const r = at(ranks, index);
    widths[r] = Math.max(widths[r] ?? 0, width);
  });
  return Array.from(widths, (width) => width ?? 0);
}

const directed = (component: Component, turned: readonly boolean[]) =>
  component.arcs.map(({ from, to }, index) => (turned[index] ? { from: to, to: from } : { from, to }));

/** A component from scratch. */
export function draw(component: Component, options: LayoutOptions): Drawing {
  const { nodes, arcs, selfEdges } = component;
  const turned = turnedArcs(nodes.length, arcs);
  const ranks = rank(nodes.length, directed(component, turned));
  const layered = layers(ranks, arcs, turned);
  const laned = addLanes(layered, orderRanks(layered), selfEdges);
  const heights = nodes.map((node) => node.height);
  const ys = assignHeights(laned, heights, separation(laned, heights, options.nodeGap));
  return compose(component, laned, columns(columnWidths(component, ranks), options.rankGap), ys, options);
}

/** Where the vertices of a path ran before: the old curve where the columns are now. */
function earlierCourse(points: readonly Point[], xs: readonly number[]): (number | undefined)[] {
  return xs.map((x) => heightAt(points, x));
}

/**
 * A component of which at least half was there before: ranks, order and places are kept as far as the new edges
 * allow. It lies where its largest old part was; other old parts join it above or below, as they lay.
 */
export function redraw(component: Component, previous: Previous, options: LayoutOptions): Drawing {
  const { nodes, arcs, selfEdges } = component;
  const anchor = anchorOf(component, previous);
  const earlierRank = nodes.map(({ id }): Earlier | undefined => {
    const [r, part] = [previous.ranks.get(id), previous.component.get(id)];
    return r === undefined || part === undefined ? undefined : { rank: r, component: part };
  });
  const isAnchor = (index: number) => earlierRank[index]?.component === anchor;
  const box = (index: number) => previous.boxes.get(at(nodes, index).id);
  const oldRoute = (from: number, to: number) =>
    previous.route({ source: at(nodes, from).id, target: at(nodes, to).id });

  const turned = turnedArcs(
    nodes.length,
    arcs,
    arcs.map(({ from, to }) => oldRoute(from, to)?.reversed),
  );
  const kept = keepRanks(nodes.length, directed(component, turned), earlierRank, anchor as number);
  const least = kept.reduce((a, b) => Math.min(a, b));
  const ranks = kept.map((value) => value - least);

  const lefts: (number | undefined)[] = [];
  nodes.forEach((_, index) => {
    const was = box(index);
    const r = at(ranks, index);
    if (was && isAnchor(index) && at(kept, index) === earlierRank[index]?.rank)
      lefts[r] = Math.min(lefts[r] ?? Number.POSITIVE_INFINITY, was.x - was.width / 2);
  });
  const widths = columnWidths(component, ranks);
  const cols = columns(
    widths,
    options.rankGap,
    Array.from(widths, (_, r) => lefts[r]),
  );

  const seedsOf = (layered: Layers): (number | undefined)[] => {
    const seeds: (number | undefined)[] = layered.rankOf.map(() => undefined);
    nodes.forEach((_, index) => {
      seeds[index] = box(index)?.y;
    });
    for (const { from, to, vertices } of layered.paths) {
      const old = oldRoute(from, to);
      if (!old || !isAnchor(from) || !isAnchor(to)) continue;
      const dummies = vertices.filter((vertex) => vertex >= layered.cards);
      const middles = dummies.map((vertex) => {
        const { left, right } = at(cols, at(layered.rankOf, vertex));
        return (left + right) / 2;
      });
      const points = old.reversed && from !== to ? old.points.slice(3, -3) : old.points;
      earlierCourse(points, middles).forEach((y, i) => {
        seeds[at(dummies, i)] = y;
      });
    }
    return seeds;
  };

  const layered = layers(ranks, arcs, turned);
  const laned = addLanes(layered, keepOrder(layered, seedsOf(layered)), selfEdges);
  const heights = nodes.map((node) => node.height);
  const top = nodes.reduce((highest, _, index) => {
    const was = box(index);
    return was && isAnchor(index) ? Math.min(highest, was.y - was.height / 2) : highest;
  }, Number.POSITIVE_INFINITY);
  const apart = separation(laned, heights, options.nodeGap);
  const ys = settleHeights(laned, seedsOf(laned), apart, (vertex) => top + (heights[vertex] ?? 0) / 2);
  return compose(component, laned, cols, ys, options);
}
