import { float, int } from "./arrays.ts";
import { look, number, type Placing, type Side } from "./placing.ts";

/** The median of a vertex's places on one side; of an even number, between the middle two, nearer to the denser half. */
function median({ start, sorted }: Side, vertex: number): number {
  const from = int(start, vertex);
  const to = int(start, vertex + 1);
  const half = (from + to) >> 1;
  if ((to - from) % 2) return int(sorted, half);
  const upper = int(sorted, half - 1);
  const lower = int(sorted, half);
  const above = upper - int(sorted, from);
  const below = int(sorted, to - 1) - lower;
  return above + below ? (upper * below + lower * above) / (above + below) : (upper + lower) / 2;
}

interface Room {
  readonly key: Float64Array;
  readonly moving: Int32Array;
}

/** Sort one rank by the medians on one side; vertices without neighbours there keep their place. */
function sortRow(row: Int32Array, side: Side, place: Int32Array, room: Room, turnTies: boolean): void {
  look(row, side, place);
  const { key, moving } = room;
  const { start } = side;
  let count = 0;
  for (let index = 0; index < row.length; index++) {
    const vertex = int(row, turnTies ? row.length - 1 - index : index);
    if (int(start, vertex + 1) === int(start, vertex)) continue;
    key[vertex] = median(side, vertex);
    moving[count++] = vertex;
  }
  moving.subarray(0, count).sort((a, b) => float(key, a) - float(key, b));
  let next = 0;
  for (let index = 0; index < row.length; index++) {
    const vertex = int(row, index);
    if (int(start, vertex + 1) > int(start, vertex)) row[index] = int(moving, next++);
  }
  number(row, place);
}

/** Sort rank after rank by weighted medians (Gansner et al. 1993), with the flow or against it. */
export function sortRanks(
  { rows, widest, place, before, after }: Placing,
  forward: boolean,
  turnTies: boolean,
): void {
  const room = {
    key: new Float64Array(place.length),
    moving: new Int32Array(widest),
  };
  for (let step = 1; step < rows.length; step++) {
    const row = rows[forward ? step : rows.length - 1 - step] as Int32Array;
    sortRow(row, forward ? before : after, place, room, turnTies);
  }
}
