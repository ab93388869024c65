/** What stands on a card, and how large it is. */
import { barOfNode } from "../bar.ts";
import { count, ratio } from "../format.ts";
import { cutMiddle, cutToWidth } from "../names.ts";
import type { GraphNode } from "../picture/node.ts";
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
  /** Where the token begins, from the start of the prefix. */
  readonly tokenAt: number;
}

export interface CardFacts {
  readonly ratio: string;
  readonly ratioWidth: number;
  readonly bar: readonly Segment[];
  readonly badge: Badge | null;
  readonly badgeWidth: number;
}

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

export function cardText({ name, kind }: GraphNode, measure: Measure): CardText {
  const { prefix, token } = name;
  const shown = cutToWidth(prefix, CARD.maxPrefix, (text) => measure(text, "name"));
  return {
    prefix: shown,
    token: kind === "group" ? cutMiddle(token, CARD.tokenLength) : token,
    tokenAt: measure(shown, "name") + CARD.tokenGap,
  };
}

export function cardWidth({ digits }: GraphNode, { token, tokenAt }: CardText, measure: Measure): number {
  const name = token ? tokenAt + measure(token, "fact") : tokenAt - CARD.tokenGap;
  const most = 10 ** digits - 1;
  const progress = CARD.minBar + CARD.ratioGap + measure(ratio(most, most), "fact");
  const width = 2 * CARD.padding + Math.max(name, progress);
  return Math.ceil(Math.max(CARD.minWidth, width) / CARD.step) * CARD.step;
}

export function cardFacts(node: GraphNode, states: readonly string[], measure: Measure): CardFacts {
  const { progress, segments } = barOfNode(node, states);
  const text = progress.total > 0 ? ratio(progress.done, progress.total) : texts.noTasks;
  const badge = badgeOf(segments);
  return {
    ratio: text,
    ratioWidth: measure(text, "fact"),
    bar: segments,
    badge,
    badgeWidth: badge ? measure(badge.text, "fact") : 0,
  };
}

function badgeOf(bar: readonly Segment[]): Badge | null {
  const many = (state: string) => bar.find((segment) => segment.state === state)?.count ?? 0;
  const erred = many("erred");
  if (erred > 0) return { state: "erred", text: texts.cardErred(count(erred)) };
  const noWorker = many("no-worker");
  return noWorker > 0 ? { state: "no-worker", text: texts.cardNoWorker(count(noWorker)) } : null;
}
