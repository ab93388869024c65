/** Local connectivity: who a node uses and who uses it, so many steps far. */
import type { Cells } from "./cells.ts";

export interface Neighbourhood {
  readonly cells: ReadonlySet<number>;
  /** More steps would reach more. */
  readonly goesOn: boolean;
}

export function neighbourhood(
  { before, after }: Cells,
  from: number,
  up: number,
  down: number,
): Neighbourhood {
  const walk = (next: readonly (readonly number[])[], steps: number) => {
    const reached = new Set([from]);
    const ahead = (front: Iterable<number>) =>
      [...front].flatMap((cell) => next[cell] ?? []).filter((cell) => !reached.has(cell));
    let front = ahead([from]);
    for (let step = 0; step < steps && front.length > 0; step++) {
      for (const cell of front) reached.add(cell);
      front = ahead(new Set(front));
    }
    return { reached, goesOn: front.length > 0 };
  };
  const ways = [walk(before, up), walk(after, down)];
  return {
    cells: new Set(ways.flatMap(({ reached }) => [...reached])),
    goesOn: ways.some(({ goesOn }) => goesOn),
  };
}
