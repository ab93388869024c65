import { at, countBefore, float, int } from "./arrays.ts";
import { addPulls, type Pulls, pulls, type Standing } from "./pooling.ts";

const ROUNDS = 6;
const SLACK = 1e-9;
/** Pieces inside long edges are to be straight whatever they rise, and an edge that bypasses a card is not before one to it. */
const LONG = 1e9;
const BYPASS = 2.5;
const CARD_FIRST = 8;

/**
 * Lines of vertices, one in a rank, that would like to stand at one height: no vertex is in two, and none crosses
 * another. Pieces inside long edges come first, then the flattest, those from card to card before others.
 */
export function lines({ placed, cards, y }: Standing): number[][] {
  const { rows, place, before } = placed;
  const lineOf: (number[] | undefined)[] = Array.from(y, () => undefined);
  const found: number[][] = [];
  /** Less comes first. */
  const bend = (from: number, to: number): number => {
    const rise = Math.abs(float(y, from) - float(y, to));
    const dummies = Number(from >= cards) + Number(to >= cards);
    return dummies === 2 ? rise - LONG : dummies === 1 ? BYPASS * rise + CARD_FIRST : rise;
  };
  for (const row of rows) {
    const pieces: { from: number; to: number; bent: number }[] = [];
    for (const to of row)
      for (let k = int(before.start, to); k < int(before.start, to + 1); k++) {
        const from = int(before.list, k);
        pieces.push({ from, to, bent: bend(from, to) });
      }
    pieces.sort((a, b) => a.bent - b.bent);
    const starts: number[] = [];
    const ends: number[] = [];
    for (const { from, to } of pieces) {
      const own = int(place, from);
      const slot = countBefore(starts, (start) => start >= own);
      if (starts[slot] === own) continue;
      if (slot && at(ends, slot - 1) >= int(place, to)) continue;
      if (slot < ends.length && at(ends, slot) <= int(place, to)) continue;
      starts.splice(slot, 0, own);
      ends.splice(slot, 0, int(place, to));
      const line = lineOf[from] ?? [from];
      if (line.length === 1) found.push(line);
      line.push(to);
      lineOf[to] = line;
    }
  }
  return found;
}

/** Move parts of a line, each as long as its neighbours above and below allow, to one height. */
function level(line: readonly number[], stood: Standing, felt: Pulls): void {
  const { placed, rankOf, y, gap } = stood;
  const { rows, place, before, after } = placed;
  const ceiling = (vertex: number) => {
    const index = int(place, vertex);
    const row = at(rows, at(rankOf, vertex));
    return index ? float(y, int(row, index - 1)) + float(gap, vertex) : -Infinity;
  };
  const floor = (vertex: number) => {
    const index = int(place, vertex) + 1;
    const row = at(rows, at(rankOf, vertex));
    return index < row.length ? float(y, int(row, index)) - float(gap, int(row, index)) : Infinity;
  };
  for (let start = 0; start < line.length; ) {
    const first = at(line, start);
    let top = ceiling(first);
    let bottom = floor(first);
    let end = start + 1;
    for (; end < line.length; end++) {
      const [higher, lower] = [Math.max(top, ceiling(at(line, end))), Math.min(bottom, floor(at(line, end)))];
      if (higher > lower + SLACK) break;
      top = higher;
      bottom = lower;
    }
    felt.sum[first] = felt.weight[first] = 0;
    for (let index = start; index < end; index++) {
      const [previous, next] = [
        index > start ? at(line, index - 1) : -1,
        index + 1 < end ? at(line, index + 1) : -1,
      ];
      addPulls(felt, first, stood, before, at(line, index), previous);
      addPulls(felt, first, stood, after, at(line, index), next);
    }
    const wanted = float(felt.weight, first)
      ? float(felt.sum, first) / float(felt.weight, first)
      : float(y, first);
    const height = Math.min(Math.max(wanted, top), Math.max(top, bottom));
    for (let index = start; index < end; index++) y[at(line, index)] = height;
    start = end;
  }
}

/** Make straight what has the room, and let it be drawn to its neighbours as a whole. */
export function straighten(stood: Standing): void {
  const felt = pulls(stood.y.length);
  const found = lines(stood);
  for (let round = 0; round < ROUNDS; round++) {
    for (const line of found) level(line, stood, felt);
    found.reverse();
  }
}
