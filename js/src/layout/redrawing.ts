import { at } from "./arrays.ts";
import { columns } from "./columns.ts";
import type { Component } from "./components.ts";
import { assignHeights } from "./coordinates.ts";
import { keepCuts, messes } from "./cuts.ts";
import { turnedArcs } from "./cycles.ts";
import { type BandHeights, cardHeights, columnWidths, compose, type Drawing, directed } from "./drawing.ts";
import { type Band, fold } from "./fold.ts";
import type { LayoutOptions } from "./graph.ts";
import { keepOrder } from "./keeping.ts";
import { deferLatecomers } from "./latecomers.ts";
import { type Layers, layers } from "./layers.ts";
import { addLanes } from "./loops.ts";
import { anchorOf, heightAt, type Previous } from "./previous.ts";
import { type Earlier, keepRanks } from "./ranking.ts";
import { separation } from "./separation.ts";
import { settleHeights } from "./settling.ts";

/** The last ranks of the last band: what is new joins them as anywhere in a picture that is not folded. */
const OPEN_RANKS = 2;

/**
 * A component of which at least half was there before: ranks, bands, order and places are kept as far as the new
 * edges allow. It lies where its largest old part was; other old parts join it above or below, as they lay. A band
 * grows to `limit` before a new one begins.
 */
export function redraw(
  component: Component,
  previous: Previous,
  options: LayoutOptions,
  limit: number,
): Drawing {
  const { nodes, arcs, selfEdges } = component;
  const anchor = anchorOf(component, previous);
  const earlierRank = nodes.map(({ id }): Earlier | undefined => {
    const [r, part] = [previous.ranks.get(id), previous.component.get(id)];
    return r === undefined || part === undefined ? undefined : { rank: r, component: part };
  });
  const isAnchor = (index: number) => earlierRank[index]?.component === anchor;
  const box = (index: number) => previous.boxes.get(at(nodes, index).id);
  const oldBand = (index: number) => previous.bands.get(at(nodes, index).id) ?? 0;
  const oldRoute = (from: number, to: number) =>
    previous.route({ source: at(nodes, from).id, target: at(nodes, to).id });

  const turned = turnedArcs(
    nodes.length,
    arcs,
    arcs.map(({ from, to }) => oldRoute(from, to)?.reversed),
  );
  const forward = directed(component, turned);
  const near = keepRanks(nodes.length, forward, earlierRank, anchor as number);
  const anchors = nodes.map((_, index) => index).filter(isAnchor);
  const lastBand = anchors.reduce((most, index) => Math.max(most, oldBand(index)), 0);
  const tail = anchors.filter((index) => oldBand(index) === lastBand).map((index) => at(near, index));
  const end = tail.reduce((a, b) => Math.max(a, b)) + 1;
  const lastStart = tail.reduce((a, b) => Math.min(a, b), end);
  const kept = lastBand
    ? deferLatecomers(
        near,
        forward,
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
  nodes.forEach((_, index) => {
    const was = box(index);
    const r = at(ranks, index);
    if (!was || !isAnchor(index) || at(kept, index) !== earlierRank[index]?.rank) return;
    lefts[r] = Math.min(lefts[r] ?? Number.POSITIVE_INFINITY, was.x - was.width / 2);
    bandBefore[r] = oldBand(index);
  });

  const layered = layers(ranks, arcs, turned);
  const isFoldable = !layered.paths.some(({ detour }) => detour);
  const cuts = isFoldable ? keepCuts(bandBefore, widths, messes(layered), options.rankGap, limit) : [];
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

  const seedsOf = (layered: Layers): (number | undefined)[] => {
    const seeds: (number | undefined)[] = layered.rankOf.map(() => undefined);
    nodes.forEach((_, index) => {
      seeds[index] = box(index)?.y;
    });
    for (const { from, to, vertices } of layered.paths) {
      const old = oldRoute(from, to);
      if (!old || !isAnchor(from) || !isAnchor(to)) continue;
      const points = old.reversed && from !== to ? old.points.slice(3, -3) : old.points;
      for (const dummy of vertices) {
        if (dummy < layered.cards) continue;
        const rank = at(layered.rankOf, dummy);
        const { left, right } = at(cols, rank);
        seeds[dummy] = heightAt(points, (left + right) / 2, isFolded ? extents[bandAt(rank)] : undefined);
      }
    }
    return seeds;
  };

  const laned = addLanes(layered, keepOrder(layered, seedsOf(layered)), selfEdges);
  const seeds = seedsOf(laned);
  const heightsOf = (band: Band): BandHeights => {
    const heights = cardHeights(component, band);
    const apart = separation(band.layers, heights, options.nodeGap);
    const { top } = at(extents, at(whole.bandOf, band.from));
    if (top === Number.POSITIVE_INFINITY) return { ys: assignHeights(band.layers, apart), stays: false };
    const earlier = band.vertices.map((vertex) =>
      !isFolded || vertex >= nodes.length || isAtHome(vertex) ? seeds[vertex] : undefined,
    );
    const highest = (vertex: number) => top + (heights[vertex] ?? 0) / 2;
    return { ys: settleHeights(band.layers, earlier, apart, highest), stays: true };
  };
  const whole = fold(laned, cuts);
  return compose({ component, layers: laned, widths }, whole, cols, heightsOf, options);
}
