import type { Arc } from "./arcs.ts";
import { at, countBefore, grouped, least } from "./arrays.ts";
import { bounds } from "./bounds.ts";
import { columns } from "./columns.ts";
import { edgeOf } from "./components.ts";
import { assignHeights } from "./coordinates.ts";
import { keepCuts, messes } from "./cuts.ts";
import { type BandHeights, cardHeights, columnWidths, compose, type Drawing } from "./drawing.ts";
import { type Band, fold } from "./fold.ts";
import type { Box, LayoutOptions } from "./graph.ts";
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

/**
 * A component of which at least half was there before: ranks, bands, order and places are kept as far as the new
 * edges allow. It lies where its largest old part was; other old parts join it above or below, as they lay. A band
 * grows to `limit` before a new one begins. When it is `due`, its order is looked at as a whole.
 */
export function redraw(
  { component, ranks: near, turned, home: body }: Piece,
  previous: Previous,
  options: LayoutOptions,
  limit: number,
  due: boolean,
): Drawing {
  const { nodes, arcs, selfEdges } = component;
  const first = least(near);
  const ranks = near.map((value) => value - first);
  const was = nodes.map(({ id }) => previous.boxes.get(id));
  const bandWas = nodes.map(({ id }) => previous.bands.get(id) ?? 0);
  const rankWas = nodes.map(({ id }) => previous.ranks.get(id));
  const boxOf = (index: number) => was[index] as Box;
  const isAnchor = (index: number) =>
    rankWas[index] !== undefined && previous.component.get(at(nodes, index).id) === body;
  /** It has the rank that it had in the drawing that is kept. */
  const isFixed = (index: number) => isAnchor(index) && at(near, index) === rankWas[index];
  const oldRoute = (arc: Arc) => {
    const route = previous.route(edgeOf(component, arc));
    return route?.loose ? undefined : route;
  };

  const widths = columnWidths(component, ranks);
  const fixed = grouped([...nodes.keys()].filter(isFixed), (index) => at(ranks, index));
  const columnWas = widths.map((_, rank) => {
    const members = fixed.get(rank);
    return members && { ...bounds(members.map(boxOf)), band: bandWas[at(members, 0)] };
  });

  const layered = layers(ranks, arcs, turned);
  const bandBefore = columnWas.map((column) => column?.band);
  const isFoldable = !layered.paths.some(({ detour }) => detour);
  const cuts = isFoldable ? keepCuts(bandBefore, widths, () => messes(layered), options.rankGap, limit) : [];
  const isFolded = cuts.length > 0;
  const bandAt = (rank: number) => countBefore(cuts, (cut) => cut > rank);
  const starts = [0, ...cuts];
  const labels = starts.map((from, band) =>
    bandBefore.slice(from, starts[band + 1]).find((label) => label !== undefined),
  );
  /** It lies in the same band of the same drawing as before. */
  const isAtHome = (index: number) =>
    isAnchor(index) && (!isFolded || labels[bandAt(at(ranks, index))] === bandWas[index]);
  const home = grouped([...nodes.keys()].filter(isAtHome), (index) => bandAt(at(ranks, index)));
  const extents = starts.map((_, band) => {
    const members = home.get(band);
    return members && bounds(members.map(boxOf));
  });

  const margin = least(columnWas.flatMap((column) => column?.x ?? []));
  const cols = starts.flatMap((from, band) => {
    const lefts = columnWas.slice(from, starts[band + 1]).map((column) => column?.x);
    const isNew = margin < Infinity && lefts.every((left) => left === undefined);
    return columns(widths.slice(from, starts[band + 1]), options.rankGap, isNew ? [margin] : lefts);
  });

  const seeds = was.map((box) => box?.y);
  /** Where old edges ran, for the vertices from `first` on. */
  const seedDummies = ({ paths, rankOf }: Layers, first: number) => {
    while (seeds.length < rankOf.length) seeds.push(undefined);
    for (const path of paths) {
      const { from, to, vertices } = path;
      if (!vertices.some((vertex) => vertex >= first)) continue;
      const old = isAnchor(from) && isAnchor(to) ? oldRoute(path) : undefined;
      if (!old) continue;
      const points = old.reversed && from !== to ? old.points.slice(3, -3) : old.points;
      for (const dummy of vertices) {
        if (dummy < first) continue;
        const rank = at(rankOf, dummy);
        const { left, right } = at(cols, rank);
        seeds[dummy] = heightAt(points, (left + right) / 2, isFolded ? extents[bandAt(rank)] : undefined);
      }
    }
  };
  seedDummies(layered, nodes.length);
  const laned = addLanes(layered, keepOrder(layered, seeds, due), selfEdges);
  if (laned.rankOf.length > layered.rankOf.length) seedDummies(laned, layered.rankOf.length);

  const heightsOf = (band: Band): BandHeights => {
    const heights = cardHeights(component, band);
    const apart = separation(band.layers, heights, options.nodeGap);
    const extent = extents[bandAt(band.from)];
    if (!extent) return { ys: assignHeights(band.layers, apart), stays: false };
    const earlier = band.vertices.map((vertex) =>
      !isFolded || !was[vertex] || isAtHome(vertex) ? seeds[vertex] : undefined,
    );
    const edge = extent.y - options.nodeGap * EDGE_ABOVE;
    const highest = (vertex: number) =>
      vertex < band.layers.cards ? extent.y + at(heights, vertex) / 2 : edge;
    return { ys: settleHeights(band.layers, earlier, apart, highest), stays: true };
  };
  const whole = fold(laned, cuts);
  const isNear = (a: number, b: number | undefined) => b !== undefined && Math.abs(a - b) < STILL;
  const isKept = cols.map(({ left, right }, rank) => {
    const old = columnWas[rank];
    return old && isNear(left, old.x) && isNear(right, old.x + old.width);
  });
  /** The old route, when all that it runs through is where it was. */
  const asBefore = (path: Path, ys: readonly number[]) => {
    const { from, to, vertices, turned } = path;
    const stays = (vertex: number) =>
      isKept[at(laned.rankOf, vertex)] && isNear(at(ys, vertex), seeds[vertex]);
    const isSame = (index: number) =>
      stays(index) && isFixed(index) && was[index]?.width === at(nodes, index).width;
    const old = isSame(from) && isSame(to) && vertices.every(stays) ? oldRoute(path) : undefined;
    return old?.reversed === turned ? old : undefined;
  };
  return compose({ component, layers: laned, widths }, whole, cols, heightsOf, options, asBefore);
}
