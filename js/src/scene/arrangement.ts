/** Where the cards of a picture stand: laid out anew when its structure has changed, and only then. */
import type { Layout, LayoutGraph, LayoutOptions } from "../layout/graph.ts";
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
  /** Layouts of what was looked at before, by what that was: to come back to. */
  readonly kept: ReadonlyMap<string, Kept>;
}

interface Kept {
  readonly layout: Layout;
  readonly room: Size;
}

/** What to lay out, and for whom. */
export interface Plan {
  readonly structure: number;
  /** What of the groups is shown, and how: another aspect is drawn for itself. */
  readonly aspect: string;
  /** The aspect with what is opened in it. */
  readonly key: string;
  readonly measure: Measure;
  /** The view that the layout is shaped for. */
  readonly room: Size;
  readonly texts: ReadonlyMap<NodeId, CardText>;
  readonly graph: LayoutGraph;
  readonly options: LayoutOptions;
  readonly previous: Layout | undefined;
  readonly continues: boolean;
}

export const NO_ARRANGEMENT: Arrangement = { texts: new Map(), motion: STILL, plan: null, kept: new Map() };

const GAPS = { rankGap: 36, nodeGap: 16 } as const;
/** A view that is so many times wider or narrower gets a new drawing, shaped for it. */
const RESHAPED = 1.35;

const isReshaped = (before: Size, now: Size): boolean =>
  Math.max(before.width / now.width, now.width / before.width) > RESHAPED;

/** It is laid out as it should be, or somebody is at it. */
export const isPlanned = ({ plan }: Arrangement, picture: Picture, measure: Measure, room: Size): boolean =>
  plan?.structure === picture.structure && plan.measure === measure && !isReshaped(plan.room, room);

/** What a layout shall build on when somebody asks for another one: null: on nothing, from scratch. */
export type Base = Layout | null;

/** What must be laid out, on `base` if that is given. */
export function planFor(
  { plan, motion, kept }: Arrangement,
  picture: Picture,
  measure: Measure,
  view: Size,
  { texts, widths }: Sizes,
  base?: Base,
): Plan {
  const aspect = aspectOf(picture);
  const key = `${aspect} ${[...(picture.lens?.open ?? [])].join(" ")}`;
  const room = plan && base === undefined && !isReshaped(plan.room, view) ? plan.room : view;
  return {
    structure: picture.structure,
    aspect,
    key,
    measure,
    room,
    texts,
    graph: layoutGraph(picture.nodes, widths),
    options: { ...GAPS, aspect: view.width / view.height, viewWidth: view.width },
    ...(base === undefined
      ? foundation(plan, { aspect, key, room }, motion.to, kept.get(key))
      : { previous: base ?? undefined, continues: false }),
  };
}

function aspectOf({ level, lens }: Picture): string {
  if (!lens) return level;
  const { sizing, finished, focus } = lens;
  return [level, sizing, finished === "folded", focus?.node, focus?.up, focus?.down].join(" ");
}

/** What a layout builds on: what is shown; for another aspect, what was shown of that before, if anything. */
function foundation(
  plan: Plan | null,
  { aspect, key, room }: Pick<Plan, "aspect" | "key" | "room">,
  shown: Layout,
  before: Kept | undefined,
): Pick<Plan, "previous" | "continues"> {
  if (plan && plan.room !== room) return { previous: undefined, continues: false };
  if (plan && plan.key !== key && before?.room === room) return { previous: before.layout, continues: false };
  if (plan && plan.aspect !== aspect) return { previous: undefined, continues: false };
  return { previous: shown.boxes.size > 0 ? shown : undefined, continues: true };
}

export const planned = (arrangement: Arrangement, plan: Plan): Arrangement => ({ ...arrangement, plan });

/** The cards go to their places in a layout that has been made for `plan`. */
export const arranged = (
  { motion, plan: latest, kept }: Arrangement,
  layout: Layout,
  plan: Plan,
  nowMs: number,
  glideMs: number,
): Arrangement => ({
  texts: plan.texts,
  motion: redirect(motion, layout, nowMs, glideMs),
  plan: latest,
  kept: remembered(kept, plan, layout),
});

/** So many aspects are remembered. */
const REMEMBERED = 8;

function remembered(kept: ReadonlyMap<string, Kept>, { key, room }: Plan, layout: Layout): Map<string, Kept> {
  const others = [...kept].filter(([other]) => other !== key);
  return new Map([...others.slice(1 - REMEMBERED), [key, { layout, room }]]);
}
