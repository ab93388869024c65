/** Cards far away: coloured blocks, all of one colour at a time. */
import type { CardFacts } from "../scene/card.ts";
import type { Card } from "../scene/scene.ts";
import { categoryColour, stateColour, statePattern } from "../theme.ts";
import { alphaOf, faceOf } from "./face.ts";
import type { Brush } from "./ink.ts";
import type { Pen } from "./pen.ts";
import { HATCH_WIDTH, hatch, type Part, partsOf, type Rect } from "./stacked.ts";

/** On the screen. A block narrower than `parts` has one colour; one task that erred has a flag of at least `flag`. */
const PX = { least: 1, parts: 10, flag: 4, hatchGap: 3 } as const;

type Rects = number[];

const unitParts = new WeakMap<CardFacts, readonly Part[]>();

function partsIn1(facts: CardFacts): readonly Part[] {
  const known = unitParts.get(facts);
  if (known) return known;
  const made = partsOf(facts.bar, { x: 0, y: 0, width: 1, height: 1 }, 0);
  unitParts.set(facts, made);
  return made;
}

export function drawBlocks(pen: Pen, cards: readonly Card[], zoom: number, brush: Brush): void {
  const byAlpha = new Map<number, Map<string, Rects>>();
  const hatched: Rect[] = [];
  const flags: Card[] = [];
  for (const card of cards) {
    const alpha = alphaOf(card);
    const colours = byAlpha.get(alpha) ?? new Map<string, Rects>();
    byAlpha.set(alpha, colours);
    addBlock(card, zoom, brush, colours, hatched);
    if (card.facts.badge) flags.push(card);
  }
  for (const [alpha, colours] of byAlpha) {
    pen.globalAlpha = alpha;
    for (const [colour, rects] of colours) fillRects(pen, colour, rects);
  }
  pen.globalAlpha = 1;
  drawHatching(pen, hatched, zoom, brush);
  drawFlags(pen, flags, zoom, brush);
}

function addBlock(
  card: Card,
  zoom: number,
  brush: Brush,
  colours: Map<string, Rects>,
  hatched: Rect[],
): void {
  const face = faceOf(card);
  const width = Math.max(face.width, PX.least / zoom);
  const snap = snapping(zoom * brush.pixelRatio);
  const { y, height } = snap(face.x, face.y, width, Math.max(face.height, PX.least / zoom));
  const add = (colour: string, from: number, wide: number): Rect => {
    const rect = { ...snap(from, face.y, wide, height), y, height };
    const rects = colours.get(colour);
    if (rects) rects.push(rect.x, y, rect.width, height);
    else colours.set(colour, [rect.x, y, rect.width, height]);
    return rect;
  };
  const only = onlyColour(card, width * zoom, brush);
  if (only !== null) add(only, face.x, width);
  else {
    for (const part of partsIn1(card.facts)) {
      const rect = add(stateColour(part.state, brush.theme), face.x + part.x * width, part.width * width);
      if (statePattern(part.state) === "hatched") hatched.push(rect);
    }
  }
}

/** To whole pixels of the screen, of which there are so many to a world pixel: small blocks stay sharp. */
const snapping =
  (pixels: number) =>
  (x: number, y: number, width: number, height: number): Rect => {
    const near = (value: number) => Math.round(value * pixels) / pixels;
    const [left, top] = [near(x), near(y)];
    const least = 1 / pixels;
    return {
      x: left,
      y: top,
      width: Math.max(least, near(x + width) - left),
      height: Math.max(least, near(y + height) - top),
    };
  };

/** Null when the block is wide enough to show its parts. */
function onlyColour({ facts, hue }: Card, px: number, { theme, palette }: Brush): string | null {
  if (hue !== null) return categoryColour(hue, theme);
  if (facts.mostly === null) return palette.border;
  return px < PX.parts ? stateColour(facts.mostly, theme) : null;
}

function fillRects(pen: Pen, colour: string, rects: Rects): void {
  pen.fillStyle = colour;
  for (let at = 0; at < rects.length; at += 4) {
    pen.fillRect(rects[at] ?? 0, rects[at + 1] ?? 0, rects[at + 2] ?? 0, rects[at + 3] ?? 0);
  }
}

function drawHatching(pen: Pen, rects: readonly Rect[], zoom: number, { palette }: Brush): void {
  if (rects.length === 0) return;
  const gap = PX.hatchGap / zoom;
  pen.beginPath();
  for (const rect of rects) hatch(pen, rect, gap);
  pen.strokeStyle = palette.card;
  pen.lineWidth = HATCH_WIDTH * gap;
  pen.stroke();
}

/** What is wrong can be found from any distance. */
function drawFlags(pen: Pen, cards: readonly Card[], zoom: number, brush: Brush): void {
  const least = PX.flag / zoom;
  const snap = snapping(zoom * brush.pixelRatio);
  const rects: Rect[] = [];
  for (const card of cards) {
    const { badge, bar } = card.facts;
    const face = faceOf(card);
    if (!badge) continue;
    const tasks = bar.reduce((sum, { count }) => sum + count, 0);
    const wrong = bar.find(({ state }) => state === badge.state)?.count ?? 0;
    const width = Math.max(least, (face.width * wrong) / Math.max(1, tasks));
    const height = Math.max(least, face.height);
    const flag = snap(face.x + face.width - width, face.y + (face.height - height) / 2, width, height);
    pen.globalAlpha = alphaOf(card);
    pen.fillStyle = stateColour(badge.state, brush.theme);
    pen.fillRect(flag.x, flag.y, flag.width, flag.height);
    rects.push(flag);
  }
  pen.globalAlpha = 1;
  drawHatching(pen, rects, zoom, brush);
}

/** Whether a block hides the one that was there before it when it is drawn over it. */
export const hides = (card: Card, before: Card): boolean =>
  alphaOf(card) === 1 && (!before.facts.badge || before.facts.badge.state === card.facts.badge?.state);
