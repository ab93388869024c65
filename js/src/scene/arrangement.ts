/** Where the cards of a picture stand: laid out anew when its structure has changed, and only then. */
import { layout } from "../layout/index.ts";
import type { Picture } from "../picture.ts";
import type { GroupId } from "../wire.ts";
import { layoutGraph } from "./boxes.ts";
import { type CardText, cardText, cardWidth, type Measure } from "./card.ts";
import { type Motion, redirect, STILL } from "./motion.ts";

export interface Arrangement {
  /** Of the picture that it was made for. */
  readonly structure: number;
  readonly measure: Measure | null;
  readonly texts: ReadonlyMap<GroupId, CardText>;
  readonly motion: Motion;
}

export const NO_ARRANGEMENT: Arrangement = { structure: -1, measure: null, texts: new Map(), motion: STILL };

const GAPS = { rankGap: 36, nodeGap: 16 } as const;

export function arrange(
  before: Arrangement,
  picture: Picture,
  measure: Measure,
  aspect: number,
  nowMs: number,
  glideMs: number,
): Arrangement {
  if (before.structure === picture.structure && before.measure === measure) return before;
  const texts = new Map<GroupId, CardText>();
  const widths = new Map<GroupId, number>();
  for (const group of picture.groups.values()) {
    const text = cardText(group, measure);
    texts.set(group.id, text);
    widths.set(group.id, cardWidth(group, text, measure));
  }
  const { to } = before.motion;
  const previous = to.boxes.size > 0 ? to : undefined;
  const next = layout(layoutGraph(picture.groups, widths), { ...GAPS, aspect }, previous);
  return {
    structure: picture.structure,
    measure,
    texts,
    motion: redirect(before.motion, next, nowMs, glideMs),
  };
}
