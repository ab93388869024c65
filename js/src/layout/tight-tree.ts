import { int } from "./arrays.ts";
import type { Constraint } from "./simplex.ts";

/** Arcs in flat arrays, and the arcs at each node: those from `start[node]` to `start[node + 1]`. */
export interface Incidence {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly length: Int32Array;
  readonly start: Int32Array;
  readonly arc: Int32Array;
}

export function incidence(count: number, arcs: readonly Constraint[]): Incidence {
  const from = Int32Array.from(arcs, (each) => each.from);
  const to = Int32Array.from(arcs, (each) => each.to);
  const length = Int32Array.from(arcs, (each) => each.length);
  const start = new Int32Array(count + 1);
  for (const ends of [from, to]) for (const node of ends) start[node + 1] = int(start, node + 1) + 1;
  for (let node = 0; node < count; node++) start[node + 1] = int(start, node + 1) + int(start, node);
  const arc = new Int32Array(2 * arcs.length);
  const fill = start.slice();
  for (let own = 0; own < arcs.length; own++)
    for (const node of [int(from, own), int(to, own)]) {
      arc[int(fill, node)] = own;
      fill[node] = int(fill, node) + 1;
    }
  return { from, to, length, start, arc };
}

/** A spanning tree with node 0 as its root. */
export interface Tree {
  /** -1 at the root. */
  readonly parentArc: Int32Array;
  /** Nodes, parents before children. */
  readonly found: Int32Array;
}

/** A spanning tree of arcs without slack; moves ranks until there is one. */
export function tightTree(
  count: number,
  { from, to, length, start, arc }: Incidence,
  rank: Int32Array,
): Tree {
  const parentArc = new Int32Array(count).fill(-1);
  const inside = new Uint8Array(count);
  const found = new Int32Array(count);
  let size = 1;
  let scanned = 0;
  inside[0] = 1;
  const slack = (own: number) => int(rank, int(to, own)) - int(rank, int(from, own)) - int(length, own);
  for (;;) {
    for (; scanned < size; scanned++) {
      const node = int(found, scanned);
      for (let k = int(start, node); k < int(start, node + 1); k++) {
        const own = int(arc, k);
        const other = int(from, own) === node ? int(to, own) : int(from, own);
        if (inside[other] || slack(own)) continue;
        inside[other] = 1;
        parentArc[other] = own;
        found[size++] = other;
      }
    }
    if (size === count) return { parentArc, found };
    let best = -1;
    let least = Infinity;
    for (let own = 0; own < from.length; own++) {
      if (inside[int(from, own)] === inside[int(to, own)] || slack(own) >= least) continue;
      least = slack(own);
      best = own;
    }
    if (best < 0) throw new Error("network simplex: the graph is not connected");
    const isFromInside = inside[int(from, best)] === 1;
    const shift = isFromInside ? least : -least;
    for (let k = 0; k < size; k++) rank[int(found, k)] = int(rank, int(found, k)) + shift;
    const other = isFromInside ? int(to, best) : int(from, best);
    inside[other] = 1;
    parentArc[other] = best;
    found[size++] = other;
  }
}
