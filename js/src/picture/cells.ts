/** A graph whose nodes hold groups: what the stages of a picture take and give. */
import type { Group, GroupId } from "../wire.ts";
import type { NodeKind } from "./node.ts";

export interface Cell {
  readonly key: string;
  readonly kind: NodeKind;
  readonly within: readonly string[];
  readonly members: readonly Group[];
}

/** Cells by their place in the list; edges run along the flow, each once. */
export interface Cells {
  readonly cells: readonly Cell[];
  readonly before: readonly (readonly number[])[];
  readonly after: readonly (readonly number[])[];
  /** Cells with a group that depends on itself, alone in its cell. */
  readonly selfish: ReadonlySet<number>;
}

export function connected(cells: readonly Cell[]): Cells {
  const home = new Map<GroupId, number>();
  cells.forEach(({ members }, cell) => {
    for (const { id } of members) home.set(id, cell);
  });
  const before: number[][] = [];
  const after: number[][] = cells.map(() => []);
  const selfish = new Set<number>();
  cells.forEach(({ members }, cell) => {
    const needed = new Set<number>();
    for (const { id, dependencies } of members) {
      for (const dependency of dependencies) {
        const other = home.get(dependency);
        if (other === undefined) continue;
        if (other !== cell) needed.add(other);
        else if (dependency === id && members.length === 1) selfish.add(cell);
      }
    }
    before.push([...needed]);
    for (const other of needed) after[other]?.push(cell);
  });
  return { cells, before, after, selfish };
}

/** Sets of cells merged into one each, which stands where the first of them stood. Members stay in order. */
export function merged(
  { cells }: Cells,
  sets: readonly (readonly number[])[],
  make: (members: readonly Cell[]) => Pick<Cell, "key" | "kind">,
): Cells {
  const head = new Map<number, Cell>();
  const absorbed = new Set<number>();
  for (const set of sets) {
    const parts = set.flatMap((cell) => cells[cell] ?? []);
    const [first, ...rest] = set;
    if (first === undefined) continue;
    for (const cell of rest) absorbed.add(cell);
    head.set(first, { ...make(parts), within: [], members: parts.flatMap(({ members }) => members) });
  }
  return connected(cells.flatMap((cell, index) => (absorbed.has(index) ? [] : [head.get(index) ?? cell])));
}

/** Edges for each cell that there may be. */
const EDGES_PER_CELL = 2;

/** Of these cells the first ones: at most `most`, with a bounded number of edges among them. */
export function firstOf(graph: Cells, cells: Iterable<number>, most: number): Cells {
  const kept = new Set<number>();
  let edges = 0;
  for (const cell of cells) {
    const ends = [...(graph.before[cell] ?? []), ...(graph.after[cell] ?? [])];
    edges += ends.filter((other) => kept.has(other)).length;
    if (kept.size >= most || edges > EDGES_PER_CELL * most) break;
    kept.add(cell);
  }
  return restricted(graph, kept);
}

/** Only the cells in `kept`. */
export const restricted = ({ cells }: Cells, kept: ReadonlySet<number>): Cells =>
  connected(cells.filter((_, cell) => kept.has(cell)));
