/** Long lines of nodes, each the only one that needs the one before, and needing nothing else. */
import type { Lens } from "../lens.ts";
import type { Group, GroupId } from "../wire.ts";
import { type Cell, type Cells, merged } from "./cells.ts";

/** Shorter lines are read as they are; in a picture of many cards, where room is dear, these are long already. */
const LONG = 16;
const LONG_AMONG_MANY = 8;
const MANY = 60;

/** Cards in a line from which on it is folded, in a picture of so many. */
export const longIn = (cards: number): number => (cards > MANY ? LONG_AMONG_MANY : LONG);

/** Cells in a line, from the first to the last, for every long one. */
export function chains({ cells, before, after, selfish }: Cells, cards: number = cells.length): number[][] {
  const next = (cell: number): number | undefined => {
    const [only, ...others] = after[cell] ?? [];
    if (only === undefined || others.length > 0 || before[only]?.length !== 1) return undefined;
    return selfish.has(cell) || selfish.has(only) ? undefined : only;
  };
  const follows = new Set(cells.flatMap((_, cell) => next(cell) ?? []));
  const long = longIn(cards);
  const found: number[][] = [];
  cells.forEach((_, start) => {
    if (follows.has(start)) return;
    const line = [start];
    for (let cell = next(start); cell !== undefined; cell = next(cell)) line.push(cell);
    if (line.length >= long) found.push(line);
  });
  return found;
}

const keyOfChain = (parts: readonly Cell[]): string => `chain ${parts[0]?.key}`;

/** Long lines as one cell each, but for those that the user has opened; in a picture of `cards` when nothing is opened. */
export function foldChains(graph: Cells, open: Lens["open"], cards = graph.cells.length): Cells {
  const lines = chains(graph, cards);
  if (lines.length === 0) return graph;
  const partsOf = (line: readonly number[]) => line.flatMap((cell) => graph.cells[cell] ?? []);
  const keyOf = (line: readonly number[]) => keyOfChain(partsOf(line));
  const isOpen = (line: readonly number[]) => open.get(keyOf(line)) === true;
  const cells = [...graph.cells];
  for (const line of lines.filter(isOpen)) {
    const key = keyOf(line);
    for (const at of line) {
      const cell = cells[at];
      if (cell) cells[at] = { ...cell, within: [key, ...cell.within] };
    }
  }
  const folded = lines.filter((line) => !isOpen(line));
  return merged({ ...graph, cells }, folded, (parts) => ({ key: keyOfChain(parts), kind: "chain" }));
}

/** By how many cards folding the chains of these groups makes a picture smaller. */
export function chainSavings(groups: readonly Group[]): number {
  const place = new Map<GroupId, number>(groups.map(({ id }, index) => [id, index]));
  const single = new Int32Array(groups.length).fill(-1);
  const dependents = new Int32Array(groups.length);
  groups.forEach(({ dependencies }, index) => {
    let known = 0;
    let only = -1;
    for (const id of dependencies) {
      const other = place.get(id);
      if (other === undefined) continue;
      dependents[other] = (dependents[other] ?? 0) + 1;
      known++;
      only = other;
    }
    if (known === 1 && only !== index) single[index] = only;
  });
  const links = single.map((other) => (other >= 0 && dependents[other] === 1 ? other : -1));
  const isInside = new Uint8Array(groups.length);
  for (const other of links) if (other >= 0) isInside[other] = 1;
  const long = longIn(groups.length);
  let saved = 0;
  links.forEach((_, last) => {
    if (isInside[last]) return;
    let count = 1;
    for (let at = links[last] ?? -1; at >= 0; at = links[at] ?? -1) count++;
    if (count >= long) saved += count - 1;
  });
  return saved;
}
