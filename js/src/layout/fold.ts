import { at } from "./arrays.ts";
import type { Layers } from "./layers.ts";

/** The ranks of one band as a layered graph of their own. Its cards come first, as in the whole. */
export interface Band {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** What each vertex is in the whole. */
  readonly vertices: readonly number[];
  readonly layers: Layers;
}

/** An edge that leaves its band at the right end and enters a later one at the left. */
export interface Link {
  readonly path: number;
  readonly from: number;
  readonly to: number;
  /** The last vertex in the one band, the first in the other. */
  readonly leaves: number;
  readonly enters: number;
}

/** A layered graph wrapped like text: bands of ranks, each read from left to right, one below the other. */
export interface Fold {
  readonly bands: readonly Band[];
  readonly links: ReadonlyMap<number, Link>;
  /** The band of each rank. */
  readonly bandOf: readonly number[];
}

/** Fold at `cuts`, the ranks that begin a new band. Edges have no dummies in bands that they only pass. */
export function fold(whole: Layers, cuts: readonly number[]): Fold {
  const starts = [0, ...cuts, whole.ranks.length];
  let open = 0;
  const bandOf = whole.ranks.map((_, rank) => {
    if (rank === cuts[open]) open++;
    return open;
  });
  const band = (vertex: number) => at(bandOf, at(whole.rankOf, vertex));
  if (!cuts.length) {
    const vertices = [...whole.rankOf.keys()];
    return {
      bands: [{ from: 0, to: whole.ranks.length, vertices, layers: whole }],
      links: new Map(),
      bandOf,
    };
  }

  const links = new Map<number, Link>();
  const passing = new Set<number>();
  whole.paths.forEach(({ vertices }, path) => {
    const from = band(at(vertices, 0));
    const to = band(at(vertices, vertices.length - 1));
    if (from === to) return;
    for (const vertex of vertices) if (band(vertex) > from && band(vertex) < to) passing.add(vertex);
    const leaves = vertices.findLast((vertex) => band(vertex) === from) as number;
    const enters = vertices.find((vertex) => band(vertex) === to) as number;
    links.set(path, { path, from, to, leaves, enters });
  });

  const local = new Int32Array(whole.rankOf.length);
  const bands = starts.slice(0, -1).map((from, index): Band => {
    const to = at(starts, index + 1);
    const rows = whole.ranks.slice(from, to).map((row) => row.filter((vertex) => !passing.has(vertex)));
    const vertices = rows.flat().sort((a, b) => a - b);
    vertices.forEach((vertex, place) => {
      local[vertex] = place;
    });
    const inside = (vertex: number) => band(vertex) === index && !passing.has(vertex);
    const near = (lists: readonly (readonly number[])[]) =>
      vertices.map((vertex) =>
        at(lists, vertex)
          .filter(inside)
          .map((other) => at(local, other)),
      );
    const layers: Layers = {
      cards: vertices.filter((vertex) => vertex < whole.cards).length,
      rankOf: vertices.map((vertex) => at(whole.rankOf, vertex) - from),
      ranks: rows.map((row) => row.map((vertex) => at(local, vertex))),
      paths: [],
      before: near(whole.before),
      after: near(whole.after),
    };
    return { from, to, vertices, layers };
  });
  return { bands, links, bandOf };
}
