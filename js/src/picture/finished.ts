/** What is done and needed by nothing that is not. */
import { barOf } from "../bar.ts";
import type { Lens } from "../lens.ts";
import type { Group } from "../wire.ts";
import { type Cells, merged } from "./cells.ts";

export function isFinished(group: Group, states: readonly string[]): boolean {
  const { total, done } = barOf(group, states).progress;
  return total > 0 && done === total;
}

/** Connected parts of at least two cells that are done, as are all that need them. */
export function finishedParts({ cells, before, after }: Cells, states: readonly string[]): number[][] {
  const done = cells.map(({ members }) => members.every((group) => isFinished(group, states)));
  const settled = done.map((own, cell) => own && (after[cell] ?? []).every((other) => done[other]));
  const seen = new Set<number>();
  const parts: number[][] = [];
  cells.forEach((_, start) => {
    if (!settled[start] || seen.has(start)) return;
    const part = [start];
    seen.add(start);
    for (const cell of part) {
      for (const other of [...(before[cell] ?? []), ...(after[cell] ?? [])]) {
        if (!settled[other] || seen.has(other)) continue;
        seen.add(other);
        part.push(other);
      }
    }
    if (part.length > 1) parts.push(part.sort((a, b) => a - b));
  });
  return parts;
}

/** Finished parts as one cell each, but for those that the user has opened. */
export function foldFinished(graph: Cells, states: readonly string[], open: Lens["open"]): Cells {
  const keyOf = (part: readonly number[]) => `finished ${graph.cells[part[0] ?? 0]?.members[0]?.id}`;
  const parts = finishedParts(graph, states).filter((part) => open.get(keyOf(part)) !== true);
  return merged(graph, parts, (cells) => ({
    key: `finished ${cells[0]?.members[0]?.id}`,
    kind: "finished",
  }));
}
