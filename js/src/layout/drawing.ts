import { type Arc, directed } from "./arcs.ts";
import { at, least } from "./arrays.ts";
import { bounds, type Rect } from "./bounds.ts";
import { type Column, columns } from "./columns.ts";
import type { Component } from "./components.ts";
import { assignHeights } from "./coordinates.ts";
import { turnedArcs } from "./cycles.ts";
import { type Band, type Fold, fold } from "./fold.ts";
import type { Box, LayoutOptions, NodeId, Route } from "./graph.ts";
import { aisles, type Extent, lanes, marginWidth } from "./gutters.ts";
import { layersFor } from "./hubs.ts";
import type { Layers, Path } from "./layers.ts";
import { addLanes } from "./loops.ts";
import { orderRanks } from "./ordering.ts";
import { rank } from "./ranking.ts";
import { route } from "./routing.ts";
import { extent, separation } from "./separation.ts";

/** One component, drawn somewhere. */
export interface Drawing {
  readonly boxes: readonly (readonly [NodeId, Box])[];
  readonly ranks: readonly (readonly [NodeId, number])[];
  readonly bands: readonly (readonly [NodeId, number])[];
  readonly routes: readonly Route[];
  readonly bounds: Rect;
}

/** A component whose cards have ranks and an order, but no places yet. */
export interface Sketch {
  readonly component: Component;
  readonly layers: Layers;
  /** Of each rank. */
  readonly widths: readonly number[];
}

export function columnWidths({ nodes }: Component, ranks: readonly number[]): number[] {
  const widths: number[] = [];
  nodes.forEach(({ width }, index) => {
    const r = at(ranks, index);
    widths[r] = Math.max(widths[r] ?? 0, width);
  });
  return Array.from(widths, (width) => width ?? 0);
}

export const forwardArcs = ({ arcs }: Component, turned: readonly boolean[]): Arc[] =>
  arcs.map((arc, index) => directed(arc, turned[index]));

/** The stages up to the order: cycle removal, ranking, layers with dummies, ordering, lanes against the flow. */
export function sketch(component: Component): Sketch {
  const { nodes, arcs, selfEdges } = component;
  const turned = turnedArcs(nodes.length, arcs);
  const forward = forwardArcs(component, turned);
  const layered = layersFor(rank(nodes.length, forward), arcs, turned);
  const laned = addLanes(layered, orderRanks(layered), selfEdges);
  return { component, layers: laned, widths: columnWidths(component, layered.rankOf) };
}

/** Heights of the vertices of one band. */
export interface BandHeights {
  readonly ys: readonly number[];
  /** It was there before: it moves down only when the band above it needs the room. */
  readonly stays: boolean;
}

/** Heights of all vertices, the bands one below the other with room for the edges between them. */
function stack(
  whole: Fold,
  heightsOf: (band: Band) => BandHeights,
  cards: readonly number[],
  gaps: readonly { wanted: number; least: number }[],
): { ys: number[]; tops: number[]; bottoms: number[] } {
  const ys: number[] = [];
  const tops: number[] = [];
  const bottoms: number[] = [];
  whole.bands.forEach((band, index) => {
    const placed = heightsOf(band);
    const [top, bottom] = extent(
      placed.ys,
      band.vertices.map((vertex) => cards[vertex] ?? 0),
    );
    const gap = at(gaps, Math.max(0, index - 1));
    const earliest = index ? at(bottoms, index - 1) + (placed.stays ? gap.least : gap.wanted) : top;
    const shift = placed.stays ? Math.max(0, earliest - top) : earliest - top;
    band.vertices.forEach((vertex, place) => {
      ys[vertex] = at(placed.ys, place) + shift;
    });
    tops.push(top + shift);
    bottoms.push(bottom + shift);
  });
  return { ys, tops, bottoms };
}

/** Boxes and routes, once every rank has a column and every band knows its heights. Routes may be `asBefore`. */
export function compose(
  { component: { nodes }, layers: laned }: Sketch,
  whole: Fold,
  cols: readonly Column[],
  heightsOf: (band: Band) => BandHeights,
  options: LayoutOptions,
  asBefore: (path: Path, ys: readonly number[]) => Route | undefined = () => undefined,
): Drawing {
  const heights = nodes.map((node) => node.height);
  const { ys, tops, bottoms } = stack(whole, heightsOf, heights, aisles(whole, options));
  const extents = whole.bands.map(
    ({ from, to }, band): Extent => ({
      left: at(cols, from).left,
      right: at(cols, to - 1).right,
      top: at(tops, band),
      bottom: at(bottoms, band),
    }),
  );
  const ground = {
    layers: laned,
    fold: whole,
    lanes: lanes(whole, extents, cols, ys, options),
    cols,
    widths: nodes.map((node) => node.width),
    ys,
    bottom: at(bottoms, bottoms.length - 1) + options.nodeGap,
    options,
  };
  const boxes = nodes.map(({ width, height }, index): Box => {
    const x = at(cols, at(laned.rankOf, index)).left + width / 2;
    return { x, y: at(ys, index), width, height };
  });
  const routes = laned.paths.map((path, index): Route => {
    const old = path.detour || whole.links.has(index) ? undefined : asBefore(path, ys);
    if (old) return old;
    const points = route(index, ground);
    return { source: at(nodes, path.from).id, target: at(nodes, path.to).id, points, reversed: path.turned };
  });
  const ranks = nodes.map(({ id }, index) => [id, at(laned.rankOf, index)] as const);
  const bands = nodes.map(({ id }, index) => [id, at(whole.bandOf, at(laned.rankOf, index))] as const);
  const own = bounds(boxes, routes);
  const left = least(extents.map((extent) => extent.left)) - marginWidth(options);
  const margin = whole.bands.length > 1 ? Math.max(0, own.x - left) : 0;
  return {
    boxes: nodes.map(({ id }, index) => [id, at(boxes, index)] as const),
    ranks,
    bands,
    routes,
    bounds: { ...own, x: own.x - margin, width: own.width + margin },
  };
}

/** Heights of the cards of a band, by its own vertices. */
export const cardHeights = ({ nodes }: Component, { vertices, layers: { cards } }: Band): number[] =>
  vertices.slice(0, cards).map((vertex) => at(nodes, vertex).height);

/** The stages that give places, folded at `cuts`: columns, heights, routes. */
export function draw(drawn: Sketch, options: LayoutOptions, cuts: readonly number[] = []): Drawing {
  const { component, layers: laned, widths } = drawn;
  const whole = fold(laned, cuts);
  const cols = whole.bands.flatMap(({ from, to }) => columns(widths.slice(from, to), options.rankGap));
  const heightsOf = (band: Band): BandHeights => {
    const heights = cardHeights(component, band);
    const apart = separation(band.layers, heights, options.nodeGap);
    return { ys: assignHeights(band.layers, apart), stays: false };
  };
  return compose(drawn, whole, cols, heightsOf, options);
}
