/** Names that must be cut to fit. They are cut anew only in steps of the zoom, so that letters do not come and go. */
import { cutToWidth } from "../names.ts";
import type { CardText, Measure } from "../scene/card.ts";

const STEPS_PER_DOUBLING = 3;
const LEAST_LETTERS = 4;

interface Cut {
  readonly step: number;
  readonly width: number;
  readonly text: string;
}

const cuts = new WeakMap<CardText, Cut>();

/** The largest zoom step that is not larger. */
export const stepBelow = (zoom: number): number => Math.floor(STEPS_PER_DOUBLING * Math.log2(zoom) + 1e-9);

export const zoomAtStep = (step: number): number => 2 ** (step / STEPS_PER_DOUBLING);

/**
 * The prefix cut to `width` world pixels at zoom 1 of a step, for letters of `shrink` times the size that they are
 * measured in; empty when too little would be left.
 */
export function cutName(
  label: CardText,
  step: number,
  width: number,
  shrink: number,
  measure: Measure,
): string {
  const known = cuts.get(label);
  if (known?.step === step && known.width === width) return known.text;
  const { prefix, prefixWidth } = label;
  const fits = prefixWidth * shrink <= width;
  const cut = fits ? prefix : cutToWidth(prefix, width, (text) => shrink * measure(text, "name"));
  const text = cut === prefix || cut.length >= LEAST_LETTERS ? cut : "";
  cuts.set(label, { step, width, text });
  return text;
}

const RIGHT_TO_LEFT = /^[^\p{L}]*[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** By the first letter, as a paragraph of its own would be set. */
export const directionOf = (text: string): "rtl" | "ltr" => (RIGHT_TO_LEFT.test(text) ? "rtl" : "ltr");
