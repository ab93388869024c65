/** Which rows of a long table are in sight. Arithmetic only. */

export const ROW_PX = 24;
/** Firefox draws nothing that is taller than 17.8 million pixels. */
export const MOST_PX = 15_000_000;

export interface Window {
  /** The first row to make, and how many. */
  readonly first: number;
  readonly count: number;
  /** Where the first stands in what is scrolled. */
  readonly top: number;
}

/** Of what is scrolled. A table too tall for a browser is scrolled in proportion. */
export const heightOf = (rows: number): number => Math.min(rows * ROW_PX, MOST_PX);

/** Pixels of the whole table for each that is scrolled. */
function stretch(rows: number, view: number): number {
  const height = heightOf(rows);
  return height > view ? Math.max(1, (rows * ROW_PX - view) / (height - view)) : 1;
}

export function windowAt(scrolled: number, view: number, rows: number): Window {
  const place = Math.max(0, scrolled) * stretch(rows, view);
  const first = Math.max(0, Math.min(Math.floor(place / ROW_PX), rows - 1));
  const count = Math.min(rows - first, Math.ceil(view / ROW_PX) + 1);
  return { first, count: Math.max(0, count), top: scrolled - (place - first * ROW_PX) };
}

/** How far to scroll so that a row is in sight; as it is where it is already. */
export function scrolledTo(row: number, scrolled: number, view: number, rows: number): number {
  const by = stretch(rows, view);
  const place = scrolled * by;
  const top = row * ROW_PX;
  if (top < place) return top / by;
  return top + ROW_PX > place + view ? (top + ROW_PX - view) / by : scrolled;
}
