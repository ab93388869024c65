import { at } from "./arrays.ts";
import { columns } from "./columns.ts";
import { assignHeights } from "./coordinates.ts";
import { keepCuts, messes } from "./cuts.ts";
import { type BandHeights, cardHeights, columnWidths, compose, type Drawing, directed } from "./drawing.ts";
import { type Band, fold } from "./fold.ts";
import type { LayoutOptions } from "./graph.ts";
import { isDue, keepOrder } from "./keeping.ts";
import { deferLatecomers } from "./latecomers.ts";
import { type Layers, layers, type Path } from "./layers.ts";
import { addLanes } from "./loops.ts";
import type { Piece } from "./loosening.ts";
import { heightAt, type Previous } from "./previous.ts";
import { seat } from "./seating.ts";
import { separation } from "./separation.ts";
import { settleHeights } from "./settling.ts";

/** The last ranks of the last band: what is new joins them as anywhere in a picture that is not folded. */
const OPEN_RANKS = 2;

/** Pixels. */
const STILL = 1e-6;

/** An edge may run so far above the cards, as a share of the gap between them. */
const EDGE_ABOVE = 0.6;

/**
 * A component of which at least half was there before: ranks, bands, order and places are kept as far as the new
 * edges allow. It lies where its largest old part was; other old parts join it above or below, as they lay. A band
 * grows to `limit` before a new one begins.
 */
export function redraw(
  { component, ranks: near, turned, home }: Piece,
  previous: Previous,
  options: LayoutOptions,
  limit: number,
  tightened: boolean,
): Drawing {
  const { nodes, arcs, selfEdges } = component;
  const earlierRank = nodes.map(({ id }) => {
    const [r, part] = [previous.ranks.get(id), previous.component.get(id)];
    return r === undefined || part === undefined ? undefined : { rank: r, component: part };
  });
  const isAnchor = (index: number) => earlierRank[index]?.component === home;
  const box = (index: number) => (index < nodes.length ? previous.boxes.get(at(nodes, index).id) : undefined);
  const oldBand = (index: number) => previous.bands.get(at(nodes, index).id) ?? 0;
  const oldRoute = (from: number, to: number) => {
    const route = previous.route(at(nodes, from).id, at(nodes, to).id);
    return route?.loose ? undefined : route;
  };

  const anchors = nodes.map((_, index) => index).filter(isAnchor);
  const lastBand = anchors.reduce((most, index) => Math.max(most, oldBand(index)), 0);
  const tail = anchors.filter((index) => oldBand(index) === lastBand).map((index) => at(near, index));
  const end = tail.reduce((a, b) => Math.max(a, b)) + 1;
  const lastStart = tail.reduce((a, b) => Math.min(a, b), end);
  const kept = lastBand
    ? deferLatecomers(
        near,
        directed(component, turned),
        (index) => !earlierRank[index],
        Math.max(lastStart, end - OPEN_RANKS),
        end,
      )
    : near;
  const least = kept.reduce((a, b) => Math.min(a, b));
  const ranks = kept.map((value) => value - least);

  const widths = columnWidths(component, ranks);
  const lefts: (number | undefined)[] = widths.map(() => undefined);
  const bandBefore: (number | undefined)[] = widths.map(() => undefined);
  const rights: number[] = widths.map(() => Number.NEGATIVE_INFINITY);
  /** It has the rank that it had in the drawing that is kept. */
  const isFixed = (index: number) => isAnchor(index) && at(kept, index) === earlierRank[index]?.rank;
  nodes.forEach((_, index) => {
    const was = box(index);
    const r = at(ranks, index);
    if (!was || !isFixed(index)) return;
    rights[r] = Math.max(at(rights, r), was.x + was.width / 2);
    lefts[r] = Math.min(lefts[r] ?? Number.POSITIVE_INFINITY, was.x - was.width / 2);
    bandBefore[r] = oldBand(index);
  });

  const layered = layers(ranks, arcs, turned);
  const isFoldable = !layered.paths.some(({ detour }) => detour);
  const wide = widths.reduce((sum, width) => sum + width + options.rankGap, -options.rankGap) > limit;
  const cuts =
    isFoldable && (lastBand || wide)
      ? keepCuts(bandBefore, widths, messes(layered), options.rankGap, limit)
      : [];
  const isFolded = cuts.length > 0;
  const bandAt = (rank: number) => cuts.findLastIndex((cut) => cut <= rank) + 1;
  const starts = [0, ...cuts];
  const labels = starts.map((from, band) =>
    bandBefore.slice(from, starts[band + 1]).find((was) => was !== undefined),
  );
  /** It lies in the same band of the same drawing as before. */
  const isAtHome = (index: number) =>
    isAnchor(index) && (!isFolded || labels[bandAt(at(ranks, index))] === oldBand(index));

  const margin = lefts.reduce<number>((a, b) => Math.min(a, b ?? a), Number.POSITIVE_INFINITY);
  const cols = starts.flatMap((from, band) => {
    const [own, was] = [widths.slice(from, starts[band + 1]), lefts.slice(from, starts[band + 1])];
    const isNew = margin < Number.POSITIVE_INFINITY && was.every((left) => left === undefined);
    return columns(own, options.rankGap, isNew ? [margin] : was);
  });

  const extents = labels.map((_, band) => {
    let [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    nodes.forEach((_, index) => {
      const was = box(index);
      if (!was || !isAtHome(index) || bandAt(at(ranks, index)) !== band) return;
      top = Math.min(top, was.y - was.height / 2);
      bottom = Math.max(bottom, was.y + was.height / 2);
    });
    return { top, bottom };
  });

  const seeds: (number | undefined)[] = nodes.map((_, index) => box(index)?.y);
  /** Where old edges ran, for the vertices from `first` on. */
  const seedDummies = ({ paths, rankOf }: Layers, first: number) => {
    while (seeds.length < rankOf.length) seeds.push(undefined);
    for (const { from, to, vertices } of paths) {
      if (!vertices.some((vertex) => vertex >= first)) continue;
      const old = isAnchor(from) && isAnchor(to) ? oldRoute(from, to) : undefined;
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
  seat(
    layered,
    seeds,
    separation(
      layered,
      nodes.map(({ height }) => height),
      options.nodeGap,
    ),
    (vertex) => (nodes[vertex]?.height ?? 0) / 2,
    (rank) => at(extents, bandAt(rank)),
  );
  const known =
    nodes.filter((_, index) => box(index)).length + arcs.filter(({ from, to }) => oldRoute(from, to)).length;
  const due = tightened || isDue(known, nodes.length + arcs.length);
  const laned = addLanes(layered, keepOrder(layered, seeds, due), selfEdges);
  if (laned.rankOf.length > layered.rankOf.length) seedDummies(laned, layered.rankOf.length);

  const heightsOf = (band: Band): BandHeights => {
    const heights = cardHeights(component, band);
    const apart = separation(band.layers, heights, options.nodeGap);
    const { top } = at(extents, at(whole.bandOf, band.from));
    if (top === Number.POSITIVE_INFINITY) return { ys: assignHeights(band.layers, apart), stays: false };
    const earlier = band.vertices.map((vertex) =>
      !isFolded || !box(vertex) || isAtHome(vertex) ? seeds[vertex] : undefined,
    );
    const edge = top - options.nodeGap * EDGE_ABOVE;
    const highest = (vertex: number) => (vertex < band.layers.cards ? top + at(heights, vertex) / 2 : edge);
    return { ys: settleHeights(band.layers, earlier, apart, highest), stays: true };
  };
  const whole = fold(laned, cuts);
  const isNear = (a: number, b: number | undefined) => b !== undefined && Math.abs(a - b) < STILL;
  const isKept = cols.map(
    ({ left, right }, rank) => isNear(left, lefts[rank]) && isNear(right, rights[rank]),
  );
  /** The old route, when all that it runs through is where it was. */
  const asBefore = ({ from, to, vertices, turned }: Path, ys: readonly number[]) => {
    const stays = (vertex: number) =>
      isKept[at(laned.rankOf, vertex)] && isNear(at(ys, vertex), seeds[vertex]);
    const isSame = (index: number) =>
      stays(index) && isFixed(index) && box(index)?.width === at(nodes, index).width;
    const old = isSame(from) && isSame(to) && vertices.every(stays) ? oldRoute(from, to) : undefined;
    return old?.reversed === turned ? old : undefined;
  };
  return compose({ component, layers: laned, widths }, whole, cols, heightsOf, options, asBefore);
}
