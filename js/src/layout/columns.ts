/** Horizontal place of one rank. Cards stand at its left. */
export interface Column {
  readonly left: number;
  readonly right: number;
}

/** A gap may shrink to this share rather than move what was there. */
const LEAST_GAP = 0.6;

/**
 * A column for each rank, wide enough for its widest card. `earlier` tells where a column was: it stays there unless
 * the one before it needs the room.
 */
export function columns(
  widths: readonly number[],
  rankGap: number,
  earlier: readonly (number | undefined)[] = [],
): Column[] {
  const result: Column[] = [];
  const first = earlier.findIndex((left) => left !== undefined);
  let next = 0;
  if (first > 0)
    next = (earlier[first] as number) - widths.slice(0, first).reduce((sum, w) => sum + w + rankGap, 0);
  widths.forEach((width, rank) => {
    const was = earlier[rank];
    const left = was === undefined ? next : rank ? Math.max(was, next - rankGap * (1 - LEAST_GAP)) : was;
    result.push({ left, right: left + width });
    next = left + width + rankGap;
  });
  return result;
}
