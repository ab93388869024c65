/** Where the cards of a picture stand: laid out anew when its structure has changed, and only then. */
import type { Layout, LayoutGraph, LayoutOptions } from "../layout/graph.ts";
import type { Focus } from "../lens.ts";
import type { Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";
import { layoutGraph } from "./boxes.ts";
import type { Size } from "./camera.ts";
import type { CardText, Measure } from "./card.ts";
import { type Motion, redirect, STILL } from "./motion.ts";
import type { Sizes } from "./sizes.ts";

export interface Arrangement {
  readonly texts: ReadonlyMap<NodeId, CardText>;
  readonly motion: Motion;
  /** What it was made for, or is being made for. */
  readonly plan: Plan | null;
  /** The last layout that was not of a neighbourhood: to come back to. */
  readonly whole: Layout | undefined;
}

/** What to lay out, and for whom. */
export interface Plan {
  readonly structure: number;
  readonly focus: Focus | null;
  readonly measure: Measure;
  /** The view that the layout is shaped for. */
  readonly room: Size;
  readonly texts: ReadonlyMap<NodeId, CardText>;
  readonly graph: LayoutGraph;
  readonly options: LayoutOptions;
  readonly previous: Layout | undefined;
  readonly continues: boolean;
}

export const NO_ARRANGEMENT: Arrangement = { texts: new Map(), motion: STILL, plan: null, whole: undefined };

const GAPS = { rankGap: 36, nodeGap: 16 } as const;
/** A view that is so many times wider or narrower gets a new drawing, shaped for it. */
const RESHAPED = 1.35;

const isReshaped = (before: Size, now: Size): boolean =>
  Math.max(before.width / now.width, now.width / before.width) > RESHAPED;

/** It is laid out as it should be, or somebody is at it. */
export const isPlanned = ({ plan }: Arrangement, picture: Picture, measure: Measure, room: Size): boolean =>
  plan?.structure === picture.structure && plan.measure === measure && !isReshaped(plan.room, room);

/** What must be laid out. */
export function planFor(
  { plan, motion, whole }: Arrangement,
  picture: Picture,
  measure: Measure,
  room: Size,
  { texts, widths }: Sizes,
): Plan {
  const focus = picture.lens?.focus ?? null;
  const reshaped = plan !== null && isReshaped(plan.room, room);
  return {
    structure: picture.structure,
    focus,
    measure,
    room: plan && !reshaped ? plan.room : room,
    texts,
    graph: layoutGraph(picture.nodes, widths),
    options: { ...GAPS, aspect: room.width / room.height, viewWidth: room.width },
    ...foundation(reshaped, (plan?.focus ?? null) === focus, motion.to, focus ? undefined : whole),
  };
}

/** What the layout builds on. A neighbourhood is drawn for itself, and the whole as it was before. */
function foundation(
  reshaped: boolean,
  sameFocus: boolean,
  shown: Layout,
  whole: Layout | undefined,
): Pick<Plan, "previous" | "continues"> {
  if (reshaped) return { previous: undefined, continues: false };
  if (!sameFocus) return { previous: whole, continues: false };
  return { previous: shown.boxes.size > 0 ? shown : undefined, continues: true };
}

export const planned = (arrangement: Arrangement, plan: Plan): Arrangement => ({ ...arrangement, plan });

/** The cards go to their places in a layout that has been made for `plan`. */
export const arranged = (
  { motion, plan: latest, whole }: Arrangement,
  layout: Layout,
  plan: Plan,
  nowMs: number,
  glideMs: number,
): Arrangement => ({
  texts: plan.texts,
  motion: redirect(motion, layout, nowMs, glideMs),
  plan: latest,
  whole: plan.focus ? whole : layout,
});
