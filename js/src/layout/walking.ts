import { at } from "./arrays.ts";
import type { Layers } from "./layers.ts";

/**
 * Vertices in the order in which a walk along the flow (or against it) meets them: depth first over all edges, or
 * breadth first. `backwards`: from the last start, and the last edge first.
 */
export function walkOrder(
  { ranks, rankOf, before, after }: Layers,
  along: boolean,
  depthFirst: boolean,
  backwards: boolean,
): number[][] {
  const [ahead, behind] = along ? [after, before] : [before, after];
  const order: number[][] = ranks.map(() => []);
  const seen = new Uint8Array(rankOf.length);
  const starts = [...rankOf.keys()].filter((vertex) => !at(behind, vertex).length);
  for (const start of backwards ? starts.reverse() : starts) {
    const open = [start];
    for (let first = 0; first < open.length; ) {
      const vertex = depthFirst ? (open.pop() as number) : at(open, first++);
      if (seen[vertex]) continue;
      seen[vertex] = 1;
      at(order, at(rankOf, vertex)).push(vertex);
      const next = depthFirst ? [...at(behind, vertex), ...at(ahead, vertex)] : at(ahead, vertex);
      for (let i = 0; i < next.length; i++) {
        const other = at(next, depthFirst === backwards ? i : next.length - 1 - i);
        if (!seen[other]) open.push(other);
      }
    }
  }
  return order;
}
