/** How many cards can be read in a view. */

interface View {
  readonly width: number;
  readonly height: number;
}

/** In a view whose size is not known. */
export const USUAL = 150;
/** Fewer are shown in the smallest view, more are too many in the largest. */
const BOUNDS = { least: 40, most: 250 } as const;
/** From this scale of the whole on, names can be read well. */
const SCALE = 0.3;
/** What a card takes of a layout at life size, with the gaps and the edges round it: of real graphs, 40,000 to 50,000. */
const CARD_PX2 = 45_000;
/** What a view does not give to cards: margins and buttons. */
const BESIDE = { width: 40, height: 76 } as const;
/** A view that is less than so many times larger or smaller is as good as before. */
const RESIZED = 1.25;

/** So many cards have readable names when the whole is in sight; `before` when that is still about right. */
export function readableIn({ width, height }: View, before = 0): number {
  const room = Math.max(0, width - BESIDE.width) * Math.max(0, height - BESIDE.height);
  const cards = Math.round(room / (CARD_PX2 * SCALE ** 2));
  const now = Math.max(BOUNDS.least, Math.min(BOUNDS.most, cards));
  return Math.max(now, before) <= RESIZED * Math.min(now, before) ? before : now;
}
