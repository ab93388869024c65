import { at, lists } from "./arrays.ts";
import { type Arc, roots } from "./components.ts";

/**
 * New nodes that no old one needs, each connected part as a whole: those that would stand before rank `start` are
 * moved to `end`, behind the last band, so that no band has to move down for them.
 */
export function deferLatecomers(
  ranks: readonly number[],
  arcs: readonly Arc[],
  isNew: (node: number) => boolean,
  start: number,
  end: number,
): number[] {
  const before = lists<number>(ranks.length);
  for (const { from, to } of arcs) at(before, to).push(from);
  const needed = new Uint8Array(ranks.length);
  const stack = ranks.map((_, node) => node).filter((node) => !isNew(node));
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (needed[node]) continue;
    needed[node] = 1;
    stack.push(...at(before, node));
  }
  const root = roots(
    ranks.length,
    arcs.filter(({ from, to }) => !needed[from] && !needed[to]),
  );
  const least = new Map<number, number>();
  ranks.forEach((rank, node) => {
    if (!needed[node]) least.set(at(root, node), Math.min(rank, least.get(at(root, node)) ?? rank));
  });
  return ranks.map((rank, node) => {
    const first = needed[node] ? undefined : least.get(at(root, node));
    return first === undefined || first >= start ? rank : rank + end - first;
  });
}
