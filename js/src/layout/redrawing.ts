import type { Arc } from "./arcs.ts";
import { at, countBefore, grouped, least } from "./arrays.ts";
import { bounds, type Rect } from "./bounds.ts";
import { columns } from "./columns.ts";
import { edgeOf } from "./components.ts";
import { assignHeights } from "./coordinates.ts";
import { keepCuts, messes } from "./cuts.ts";
import { type BandHeights, cardHeights, columnWidths, compose, type Drawing } from "./drawing.ts";
import { type Band, fold } from "./fold.ts";
import type { Box, LayoutOptions, Route } from "./graph.ts";
import { keepOrder } from "./keeping.ts";
import { type Layers, layers, type Path } from "./layers.ts";
import { addLanes } from "./loops.ts";
import type { Piece } from "./loosening.ts";
import { heightAt, type Previous } from "./previous.ts";
import { separation } from "./separation.ts";
import { settleHeights } from "./settling.ts";

/** Pixels. */
const STILL = 1e-6;

/** An edge may run so far above the cards, as a share of the gap between them. */
const EDGE_ABOVE = 0.6;

/** A component as it was. */
interface Earlier {
  /** Of each node that was there. */
  readonly boxes: readonly (Box | undefined)[];
  readonly bands: readonly number[];
  /** Part of the drawing that is kept, and with the rank that it had there. */
  readonly isAnchor: (node: number) => boolean;
  readonly isFixed: (node: number) => boolean;
  readonly routeOf: (arc: Arc) => Route | undefined;
}

function earlier({ component, ranks, home }: Piece, previous: Previous): Earlier {
  const { nodes } = component;
  const rankWas = nodes.map(({ id }) => previous.ranks.get(id));
  const isAnchor = (node: number) =>
    rankWas[node] !== undefined && previous.component.get(at(nodes, node).id) === home;
  return {
    boxes: nodes.map(({ id }) => previous.boxes.get(id)),
    bands: nodes.map(({ id }) => previous.bands.get(id) ?? 0),
    isAnchor,
    isFixed: (node) => isAnchor(node) && at(ranks, node) === rankWas[node],
    routeOf: (arc) => {
      const route = previous.route(edgeOf(component, arc));
      return route?.loose ? undefined : route;
    },
  };
}

/** What those nodes covered together, in groups. */
function extentsWas(
  { boxes }: Earlier,
  isOne: (node: number) => boolean,
  groupOf: (node: number) => number,
): Map<number, Rect> {
  const groups = grouped([...boxes.keys()].filter(isOne), groupOf);
  return new Map([...groups].map(([key, group]) => [key, bounds(group.map((node) => boxes[node] as Box))]));
}

/**
 * A component of which at least half was there before: ranks, bands, order and places are kept as far as the new
 * edges allow. It lies where its largest old part was; other old parts join it above or below, as they lay. A band
 * grows to `limit` before a new one begins. When it is `due`, its order is looked at as a whole.
 */
export function redraw(
  piece: Piece,
  previous: Previous,
  options: LayoutOptions,
  limit: number,
  due: boolean,
): Drawing {
  const { component, turned } = piece;
  const { nodes, arcs, selfEdges } = component;
  const old = earlier(piece, previous);
  const first = least(piece.ranks);
  const ranks = piece.ranks.map((value) => value - first);
  const rank = (node: number) => at(ranks, node);

  const widths = columnWidths(component, ranks);
  const layered = layers(ranks, arcs, turned);
  const columnWas = extentsWas(old, old.isFixed, rank);
  const bandWas: (number | undefined)[] = widths.map(() => undefined);
  for (const node of nodes.keys()) if (old.isFixed(node)) bandWas[rank(node)] = old.bands[node];
  const isFoldable = !layered.paths.some(({ detour }) => detour);
  const cuts = isFoldable ? keepCuts(bandWas, widths, () => messes(layered), options.rankGap, limit) : [];
  const isFolded = cuts.length > 0;
  const bandAt = (rank: number) => countBefore(cuts, (cut) => cut > rank);
  const starts = [0, ...cuts];
  const labels = starts.map((from, band) =>
    bandWas.slice(from, starts[band + 1]).find((label) => label !== undefined),
  );
  /** It lies in the same band of the same drawing as before. */
  const isAtHome = (node: number) =>
    old.isAnchor(node) && (!isFolded || labels[bandAt(rank(node))] === old.bands[node]);
  const extents = extentsWas(old, isAtHome, (node) => bandAt(rank(node)));

  const margin = least([...columnWas.values()].map(({ x }) => x));
  const cols = starts.flatMap((from, band) => {
    const own = widths.slice(from, starts[band + 1]);
    const lefts = own.map((_, place) => columnWas.get(from + place)?.x);
    const isNew = margin < Infinity && lefts.every((left) => left === undefined);
    return columns(own, options.rankGap, isNew ? [margin] : lefts);
  });

  const seeds = old.boxes.map((box) => box?.y);
  /** Where old edges ran, for the vertices from `first` on. */
  const seedDummies = ({ paths, rankOf }: Layers, first: number) => {
    while (seeds.length < rankOf.length) seeds.push(undefined);
    for (const path of paths) {
      const { from, to, vertices } = path;
      if (!vertices.some((vertex) => vertex >= first)) continue;
      const route = old.isAnchor(from) && old.isAnchor(to) ? old.routeOf(path) : undefined;
      if (!route) continue;
      const points = route.reversed && from !== to ? route.points.slice(3, -3) : route.points;
      for (const dummy of vertices) {
        if (dummy < first) continue;
        const { left, right } = at(cols, at(rankOf, dummy));
        const band = isFolded ? extents.get(bandAt(at(rankOf, dummy))) : undefined;
        seeds[dummy] = heightAt(points, (left + right) / 2, band);
      }
    }
  };
  seedDummies(layered, nodes.length);
  const laned = addLanes(layered, keepOrder(layered, seeds, due), selfEdges);
  if (laned.rankOf.length > layered.rankOf.length) seedDummies(laned, layered.rankOf.length);

  const heightsOf = (band: Band): BandHeights => {
    const heights = cardHeights(component, band);
    const apart = separation(band.layers, heights, options.nodeGap);
    const extent = extents.get(bandAt(band.from));
    if (!extent) return { ys: assignHeights(band.layers, apart), stays: false };
    const earlier = band.vertices.map((vertex) =>
      !isFolded || !old.boxes[vertex] || isAtHome(vertex) ? seeds[vertex] : undefined,
    );
    const edge = extent.y - options.nodeGap * EDGE_ABOVE;
    const highest = (vertex: number) =>
      vertex < band.layers.cards ? extent.y + at(heights, vertex) / 2 : edge;
    return { ys: settleHeights(band.layers, earlier, apart, highest), stays: true };
  };
  const whole = fold(laned, cuts);
  const isNear = (a: number, b: number | undefined) => b !== undefined && Math.abs(a - b) < STILL;
  const isKept = cols.map(({ left, right }, rank) => {
    const was = columnWas.get(rank);
    return was && isNear(left, was.x) && isNear(right, was.x + was.width);
  });
  /** The old route, when all that it runs through is where it was. */
  const asBefore = (path: Path, ys: readonly number[]) => {
    const { from, to, vertices, turned } = path;
    const stays = (vertex: number) =>
      isKept[at(laned.rankOf, vertex)] && isNear(at(ys, vertex), seeds[vertex]);
    const isSame = (node: number) =>
      stays(node) && old.isFixed(node) && old.boxes[node]?.width === at(nodes, node).width;
    const route = isSame(from) && isSame(to) && vertices.every(stays) ? old.routeOf(path) : undefined;
    return route?.reversed === turned ? route : undefined;
  };
  return compose({ component, layers: laned, widths }, whole, cols, heightsOf, options, asBefore);
}
