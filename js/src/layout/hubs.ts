import { type Arc, directed, neighbours } from "./arcs.ts";
import { at } from "./arrays.ts";
import { type Layers, layers } from "./layers.ts";
import { roughCrossings } from "./ordering.ts";

/** A hub that may save fewer crossings stays. */
const LEAST_SAVED = 4;
/** Ways from node to node by a common neighbour that are looked at. */
const WORK_BUDGET = 2_000_000;

/** Ranks with one node moved, the least rank 0, and about how many crossings that saves. */
export interface Moved {
  readonly ranks: number[];
  readonly saved: number;
}

/**
 * Two nodes of one rank that share n neighbours in the next have n (n - 1) / 2 crossings in any order; from two
 * ranks, the arcs of one can pass on both sides of the other, which halves them. So the source (or sink) that may
 * save most moves one rank away.
 */
export function moveHub(ranks: readonly number[], arcs: readonly Arc[]): Moved | undefined {
  const { before, after } = neighbours(ranks.length, arcs);
  let work = 0;
  let hub: { node: number; step: number } | undefined;
  let saved = LEAST_SAVED;
  for (const [near, back, step] of [
    [after, before, -1],
    [before, after, 1],
  ] as const) {
    const shared = new Int32Array(ranks.length);
    ranks.forEach((rank, node) => {
      if (at(back, node).length || work > WORK_BUDGET) return;
      const others: number[] = [];
      for (const neighbour of at(near, node)) {
        if (at(ranks, neighbour) !== rank - step) continue;
        work += at(back, neighbour).length;
        for (const other of at(back, neighbour)) {
          if (other === node || at(ranks, other) !== rank) continue;
          if (!shared[other]) others.push(other);
          shared[other] = at(shared, other) + 1;
        }
      }
      const own = others.reduce((sum, other) => sum + (at(shared, other) * (at(shared, other) - 1)) / 4, 0);
      for (const other of others) shared[other] = 0;
      if (own <= saved) return;
      saved = own;
      hub = { node, step };
    });
  }
  if (!hub || work > WORK_BUDGET) return undefined;
  const { node, step } = hub;
  const moved = ranks.map((rank, index) => (index === node ? rank + step : rank));
  return { ranks: at(moved, node) < 0 ? moved.map((rank) => rank + 1) : moved, saved };
}

/** Moving a hub must remove this share of the crossings, and make the picture longer by this share at most. */
const HUB_GAIN = 0.1;
const HUB_RANKS = 0.2;

/** The layers to draw: edges are as short as can be, but for hubs that stand apart. */
export function layersFor(
  ranks: readonly number[],
  arcs: readonly Arc[],
  turned: readonly boolean[],
): Layers {
  const forward = arcs.map((arc, index) => directed(arc, turned[index]));
  let best = layers(ranks, arcs, turned);
  let moved = moveHub(ranks, forward);
  if (!moved) return best;
  const mostRanks = (1 + HUB_RANKS) * best.ranks.length;
  for (let least = roughCrossings(best); moved && moved.saved > HUB_GAIN * least; ) {
    const next = layers(moved.ranks, arcs, turned);
    const count = roughCrossings(next);
    if (next.ranks.length > mostRanks || count > (1 - HUB_GAIN) * least) break;
    best = next;
    least = count;
    moved = moveHub(moved.ranks, forward);
  }
  return best;
}
