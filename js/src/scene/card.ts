/** What stands on a card, and how large it is. */
import { barOfNode } from "../bar.ts";
import { count, ratio } from "../format.ts";
import { cutMiddle, cutToWidth } from "../names.ts";
import type { GraphNode, NodeKind } from "../picture/node.ts";
import type { Segment } from "../progress.ts";
import { texts } from "../texts.ts";

export type Font = "name" | "fact";

/** Width of a text in world pixels. */
export type Measure = (text: string, font: Font) => number;

export interface Badge {
  readonly state: "erred" | "no-worker";
  readonly text: string;
}

export interface CardText {
  readonly prefix: string;
  readonly token: string;
  readonly prefixWidth: number;
  /** Where the token begins, from the start of the prefix. */
  readonly tokenAt: number;
}

export interface CardFacts {
  readonly ratio: string;
  readonly ratioWidth: number;
  readonly bar: readonly Segment[];
  readonly badge: Badge | null;
  readonly badgeWidth: number;
  /** The state of most tasks; null of none. */
  readonly mostly: string | null;
}

/** Lengths at scale 1. */
export const CARD = {
  height: 46,
  minWidth: 96,
  minBar: 44,
  /** Only a name longer than anything that a person writes is ever cut in its prefix. */
  maxPrefix: 400,
  padding: 10,
  tokenGap: 6,
  tokenLength: 7,
  ratioGap: 9,
  /** Widths are rounded up to this, so that cards of like names are alike. */
  step: 4,
} as const;

/** By the step of a node: how much larger all of its card is. */
const SCALES = [1, 1.2, 1.45, 1.75, 2.1] as const;

export const scaleOf = ({ step }: GraphNode): number => SCALES[step] ?? 1;

interface Offset {
  readonly x: number;
  readonly y: number;
}

/** How far each of the cards behind that of several groups looks out at the right and at the bottom. */
const BEHIND: Readonly<Record<NodeKind, readonly Offset[]>> = {
  group: [],
  prefix: [
    { x: 6, y: 6 },
    { x: 3, y: 3 },
  ],
  computation: [
    { x: 6, y: 6 },
    { x: 3, y: 3 },
  ],
  chain: [
    { x: 12, y: 0 },
    { x: 8, y: 0 },
    { x: 4, y: 0 },
  ],
  finished: [{ x: 3, y: 3 }],
};

export const behind = ({ kind }: GraphNode): readonly Offset[] => BEHIND[kind];

/** What the cards behind take from the box, at scale 1. */
export const overhang = (node: GraphNode): Offset => behind(node)[0] ?? { x: 0, y: 0 };

export function cardText({ name, kind }: GraphNode, measure: Measure): CardText {
  const { prefix, token } = name;
  const shown = cutToWidth(prefix, CARD.maxPrefix, (text) => measure(text, "name"));
  const prefixWidth = measure(shown, "name");
  return {
    prefix: shown,
    token: kind === "group" ? cutMiddle(token, CARD.tokenLength) : token,
    prefixWidth,
    tokenAt: prefixWidth + CARD.tokenGap,
  };
}

export function cardWidth(node: GraphNode, { token, tokenAt }: CardText, measure: Measure): number {
  const name = token ? tokenAt + measure(token, "fact") : tokenAt - CARD.tokenGap;
  const most = 10 ** node.digits - 1;
  const progress = CARD.minBar + CARD.ratioGap + measure(ratio(most, most), "fact");
  const width = Math.max(CARD.minWidth, 2 * CARD.padding + Math.max(name, progress)) + overhang(node).x;
  return Math.ceil((scaleOf(node) * width) / CARD.step) * CARD.step;
}

export const cardHeight = (node: GraphNode): number =>
  Math.ceil(scaleOf(node) * (CARD.height + overhang(node).y));

export function cardFacts(node: GraphNode, states: readonly string[], measure: Measure): CardFacts {
  const { progress, segments } = barOfNode(node, states);
  const text = progress.total > 0 ? ratio(progress.done, progress.total) : texts.noTasks;
  const badge = badgeOf(segments);
  return {
    ratio: text,
    ratioWidth: progress.total > 0 ? figuresWidth(text, measure) : measure(text, "fact"),
    bar: segments,
    badge,
    badgeWidth: badge ? measure(badge.text, "fact") : 0,
    mostly: mostOf(segments),
  };
}

/** Figure by figure: there are few of them, and a text that was never measured takes its time. */
function figuresWidth(text: string, measure: Measure): number {
  let width = 0;
  for (const figure of text) width += measure(figure, "fact");
  return width;
}

function mostOf(bar: readonly Segment[]): string | null {
  let most: Segment | null = null;
  for (const segment of bar) if (segment.count > (most?.count ?? 0)) most = segment;
  return most?.state ?? null;
}

function badgeOf(bar: readonly Segment[]): Badge | null {
  const many = (state: string) => bar.find((segment) => segment.state === state)?.count ?? 0;
  const erred = many("erred");
  if (erred > 0) return { state: "erred", text: texts.cardErred(count(erred)) };
  const noWorker = many("no-worker");
  return noWorker > 0 ? { state: "no-worker", text: texts.cardNoWorker(count(noWorker)) } : null;
}
