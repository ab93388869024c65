import { at, lists } from "./arrays.ts";
import { places, sortedPlaces } from "./crossings.ts";
import type { Layers } from "./layers.ts";
import { extent, type Separation } from "./separation.ts";

const pair = (count: number, a: number, b: number): number => Math.min(a, b) * count + Math.max(a, b);

/**
 * Edge pieces that must not be straight: those that cross a piece between two dummies (long edges have the right of
 * way), and where an edge bypasses the only other card beside its end, for card to card to be straight.
 */
export function conflicts({ ranks, before, after, cards, rankOf }: Layers, place: Int32Array): Set<number> {
  const found = new Set<number>();
  const innerAbove = (vertex: number) =>
    vertex >= cards ? at(before, vertex).find((other) => other >= cards) : undefined;
  for (let r = 1; r < ranks.length; r++) {
    const row = at(ranks, r);
    let first = 0;
    let scanned = 0;
    row.forEach((vertex, index) => {
      const inner = innerAbove(vertex);
      if (inner === undefined && index < row.length - 1) return;
      const final = inner === undefined ? at(ranks, r - 1).length : at(place, inner);
      for (; scanned <= index; scanned++) {
        const lower = at(row, scanned);
        for (const upper of at(before, lower)) {
          if (upper >= cards && lower >= cards) continue;
          const p = at(place, upper);
          if (p < first || p > final) found.add(pair(rankOf.length, upper, lower));
        }
      }
      first = final;
    });
  }
  for (let card = 0; card < cards; card++) {
    for (const near of [at(before, card), at(after, card)]) {
      const bypass = near.find((vertex) => vertex >= cards);
      if (near.length === 2 && bypass !== undefined && near.some((vertex) => vertex < cards))
        found.add(pair(rankOf.length, card, bypass));
    }
  }
  return found;
}

/** Join each vertex to the median of its neighbours in the row before it into blocks. Returns roots. */
function blocks(
  rows: readonly (readonly number[])[],
  near: readonly (readonly number[])[],
  blocked: ReadonlySet<number>,
  count: number,
  cards: number,
): Int32Array {
  const root = Int32Array.from({ length: count }, (_, vertex) => vertex);
  const joined = new Uint8Array(count);
  const place = places(rows, count);
  for (let r = 1; r < rows.length; r++) {
    const previous = at(rows, r - 1);
    let taken = -1;
    for (const vertex of at(rows, r)) {
      const around = sortedPlaces(at(near, vertex), place);
      if (!around.length) continue;
      const middle = (around.length - 1) / 2;
      const medians = [at(around, Math.floor(middle)), at(around, Math.ceil(middle))];
      // Card to card is straight before the edge that bypasses a card.
      if (at(previous, at(medians, 0)) >= cards && at(previous, at(medians, 1)) < cards) medians.reverse();
      for (const p of medians) {
        const other = at(previous, p);
        if (joined[vertex] || taken >= p || blocked.has(pair(count, vertex, other))) continue;
        joined[vertex] = 1;
        root[vertex] = at(root, other);
        taken = p;
      }
    }
  }
  return root;
}

/** Place blocks as high as they go, then down towards what lies below them. */
function compact(rows: readonly (readonly number[])[], root: Int32Array, apart: Separation): number[] {
  const count = root.length;
  const below = lists<{ block: number; distance: number }>(count);
  const above = new Int32Array(count);
  for (const row of rows) {
    for (let i = 1; i < row.length; i++) {
      const upper = at(root, at(row, i - 1));
      const lower = at(root, at(row, i));
      at(below, upper).push({ block: lower, distance: apart(at(row, i - 1), at(row, i)) });
      above[lower] = at(above, lower) + 1;
    }
  }
  const y = new Array<number>(count).fill(0);
  const order = [...root.keys()].filter((vertex) => at(root, vertex) === vertex && !above[vertex]);
  for (let next = 0; next < order.length; next++) {
    const upper = at(order, next);
    for (const { block, distance } of at(below, upper)) {
      y[block] = Math.max(at(y, block), at(y, upper) + distance);
      above[block] = at(above, block) - 1;
      if (!above[block]) order.push(block);
    }
  }
  for (const block of order.reverse()) {
    let lowest = Number.POSITIVE_INFINITY;
    for (const next of at(below, block)) lowest = Math.min(lowest, at(y, next.block) - next.distance);
    if (lowest < Number.POSITIVE_INFINITY) y[block] = Math.max(at(y, block), lowest);
  }
  return Array.from(root, (block) => at(y, block));
}

/**
 * Heights of all vertices that keep the order of each rank and the separation, with straight long edges
 * (Brandes and Köpf 2002, blocks compacted as in dagre). Four alignments, then the mean of the middle two.
 */
export function assignHeights(layers: Layers, heights: readonly number[], apart: Separation): number[] {
  const { ranks, before, after, rankOf } = layers;
  const count = rankOf.length;
  const blocked = conflicts(layers, places(ranks, count));
  const mirror = (rows: readonly (readonly number[])[]) => rows.map((row) => [...row].reverse());
  const backwards = [...ranks].reverse();
  const runs = [
    { rows: ranks, near: before },
    { rows: backwards, near: after },
  ].flatMap(({ rows, near }) => {
    const flipped = mirror(rows);
    return [
      compact(rows, blocks(rows, near, blocked, count, layers.cards), apart),
      compact(flipped, blocks(flipped, near, blocked, count, layers.cards), (a, b) => apart(b, a)).map(
        (y) => -y,
      ),
    ];
  });
  const extents = runs.map((run) => extent(run, heights));
  const [top, bottom] = extents.reduce((least, each) =>
    each[1] - each[0] < least[1] - least[0] ? each : least,
  );
  const aligned = runs.map((run, index) => {
    const [runTop, runBottom] = at(extents, index);
    const shift = index % 2 === 0 ? top - runTop : bottom - runBottom;
    return run.map((y) => y + shift);
  });
  return rankOf.map((_, vertex) => {
    const [, a, b] = aligned.map((run) => at(run, vertex)).sort((p, q) => p - q) as [number, number, number];
    return (a + b) / 2;
  });
}
