/** How much of a card is drawn at which zoom. */
export type Detail = "block" | "bar" | "card";

const CARD_FROM = 0.7;
const BAR_FROM = 0.2;

export function detailAt(zoom: number): Detail {
  if (zoom >= CARD_FROM) return "card";
  return zoom >= BAR_FROM ? "bar" : "block";
}
