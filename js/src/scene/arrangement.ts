/** Where the cards of a picture stand: laid out anew when its structure has changed, and only then. */
import { layout } from "../layout/index.ts";
import type { Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";
import { layoutGraph } from "./boxes.ts";
import type { Size } from "./camera.ts";
import { type CardText, cardText, cardWidth, type Measure } from "./card.ts";
import { type Motion, redirect, STILL } from "./motion.ts";

export interface Arrangement {
  /** Of the picture that it was made for. */
  readonly structure: number;
  readonly measure: Measure | null;
  /** The view that it was shaped for. */
  readonly room: Size;
  readonly texts: ReadonlyMap<NodeId, CardText>;
  readonly motion: Motion;
}

export const NO_ARRANGEMENT: Arrangement = {
  structure: -1,
  measure: null,
  room: { width: 0, height: 0 },
  texts: new Map(),
  motion: STILL,
};

const GAPS = { rankGap: 36, nodeGap: 16 } as const;
/** A view that is so many times wider or narrower gets a new drawing, shaped for it. */
const RESHAPED = 1.35;

const isReshaped = (before: Size, now: Size): boolean =>
  before.width > 0 && Math.max(before.width / now.width, now.width / before.width) > RESHAPED;

export function arrange(
  before: Arrangement,
  picture: Picture,
  measure: Measure,
  room: Size,
  nowMs: number,
  glideMs: number,
): Arrangement {
  const reshaped = isReshaped(before.room, room);
  if (before.structure === picture.structure && before.measure === measure && !reshaped) return before;
  const texts = new Map<NodeId, CardText>();
  const widths = new Map<NodeId, number>();
  for (const node of picture.nodes.values()) {
    const text = cardText(node, measure);
    texts.set(node.id, text);
    widths.set(node.id, cardWidth(node, text, measure));
  }
  const { to } = before.motion;
  const previous = to.boxes.size > 0 && !reshaped ? to : undefined;
  const options = { ...GAPS, aspect: room.width / room.height, viewWidth: room.width };
  const next = layout(layoutGraph(picture.nodes, widths), options, previous);
  return {
    structure: picture.structure,
    measure,
    room: before.room.width > 0 && !reshaped ? before.room : room,
    texts,
    motion: redirect(before.motion, next, nowMs, glideMs),
  };
}
