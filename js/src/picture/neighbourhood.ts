/** Local connectivity: who a node uses and who uses it, so many steps far. */
import type { Cells } from "./cells.ts";

export function neighbourhood({ before, after }: Cells, from: number, up: number, down: number): Set<number> {
  const walk = (next: readonly (readonly number[])[], steps: number) => {
    const reached = new Set([from]);
    let front = new Set(reached);
    for (let step = 0; step < steps && front.size > 0; step++) {
      const ahead = [...front].flatMap((cell) => next[cell] ?? []).filter((cell) => !reached.has(cell));
      front = new Set(ahead);
      for (const cell of front) reached.add(cell);
    }
    return reached;
  };
  return new Set([...walk(before, up), ...walk(after, down)]);
}
