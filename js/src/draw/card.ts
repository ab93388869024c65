/** Cards near enough to have a face. */
import { type Bounds, edgesOf, grown } from "../scene/camera.ts";
import { behind, CARD, scaleOf } from "../scene/card.ts";
import type { Card } from "../scene/scene.ts";
import { categoryColour, stateColour } from "../theme.ts";
import { type Detail, detailAt } from "./detail.ts";
import { alphaOf, faceOf } from "./face.ts";
import { type Brush, factFont, NAME_PX, nameFont } from "./ink.ts";
import { cutName, directionOf, stepBelow, zoomAtStep } from "./labels.ts";
import type { Pen } from "./pen.ts";
import { drawParts, partsOf, type Rect } from "./stacked.ts";

const RADIUS = 6;
const NAME_AT = 18;
const BAR = { at: 29.5, height: 6 } as const;
const STRIPE = 4;
const HATCH_GAP = 4;
/** On the screen, but for the bar's usual height. */
const FAR = { side: 4, inset: 2, bar: 7, leastBar: 2.5, dot: 3.2, leastRadius: 1.2 } as const;

/** `zoom` is the camera's; cards of any scale have the same detail. */
export function drawCard(pen: Pen, card: Card, zoom: number, brush: Brush): void {
  const scale = scaleOf(card.node);
  const face = faceOf(card);
  pen.globalAlpha = alphaOf(card);
  const detail = detailAt(zoom);
  if (scale === 1) drawFace(pen, card, face, detail, zoom, brush);
  else {
    pen.save();
    pen.translate(face.x, face.y);
    pen.scale(scale, scale);
    const own = { x: 0, y: 0, width: face.width / scale, height: face.height / scale };
    drawFace(pen, card, own, detail, zoom * scale, brush);
    pen.restore();
  }
  pen.globalAlpha = 1;
}

function drawFace(pen: Pen, card: Card, face: Rect, detail: Detail, zoom: number, brush: Brush): void {
  drawSurface(pen, card, face, zoom, brush);
  if (detail === "card") drawNear(pen, card, face, zoom, brush);
  else drawFar(pen, card, face, zoom, brush);
  drawBadge(pen, card, face, detail, zoom, brush);
}

function drawSurface(pen: Pen, card: Card, face: Rect, zoom: number, { palette, theme }: Brush): void {
  pen.fillStyle = palette.card;
  pen.strokeStyle = card.hovered ? palette.dim : palette.border;
  pen.lineWidth = 1 / Math.min(1, zoom);
  for (const { x, y } of behind(card.node)) surface(pen, { ...face, x: face.x + x, y: face.y + y }, zoom);
  surface(pen, face, zoom);
  if (card.hue === null) return;
  const width = Math.max(STRIPE, FAR.side / 2 / zoom);
  pen.fillStyle = categoryColour(card.hue, theme);
  rounded(pen, { ...face, width }, [RADIUS, 0, 0, RADIUS]);
  pen.fill();
}

function surface(pen: Pen, rect: Rect, zoom: number): void {
  rounded(pen, rect, RADIUS * zoom < FAR.leastRadius ? 0 : RADIUS);
  pen.fill();
  pen.stroke();
}

function drawNear(pen: Pen, { text, facts }: Card, face: Rect, zoom: number, brush: Brush): void {
  const { palette, fontFamily } = brush;
  const left = face.x + CARD.padding;
  const right = face.x + face.width - CARD.padding;
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.font = nameFont(fontFamily);
  pen.fillStyle = palette.text;
  write(pen, text.prefix, left, face.y + NAME_AT);
  pen.font = factFont(fontFamily);
  pen.fillStyle = palette.dim;
  if (text.token) write(pen, text.token, left + text.tokenAt, face.y + NAME_AT);
  const middle = face.y + BAR.at + BAR.height / 2;
  write(pen, facts.ratio, right - facts.ratioWidth, middle + 4);
  const width = right - left - facts.ratioWidth - CARD.ratioGap;
  const parts = partsOf(facts.bar, { x: left, y: face.y + BAR.at, width, height: BAR.height });
  drawParts(pen, parts, brush, HATCH_GAP / Math.min(1, zoom), BAR.height / 2);
}

/** Letters on a card that is too small for its own, in pixels on the screen. */
const NAME = { most: 10, least: 7.5, larger: 1.2 } as const;
/** What the bar and the gaps round it take of such a card at least. */
const BESIDE_NAME_PX = FAR.leastBar + FAR.inset;

/** A little larger than life, so that hardly any name has to be cut for it. */
const namePx = (face: Rect, zoom: number): number =>
  Math.min(
    NAME.most,
    face.height * zoom - BESIDE_NAME_PX,
    Math.max(NAME.least, NAME.larger * NAME_PX * zoom),
  );

/** Too small to read at its own size: a bar, and above it the name at a readable size where there is room. */
function drawFar(pen: Pen, { text, facts, hue }: Card, face: Rect, zoom: number, brush: Brush): void {
  const inset = Math.min(7, FAR.inset / zoom);
  const side = Math.min(10, FAR.side / zoom);
  const onScreen = namePx(face, zoom);
  const px = onScreen / zoom;
  const named = onScreen >= NAME.least;
  const thickness = named
    ? Math.max(FAR.leastBar / zoom, Math.min(FAR.bar, face.height - px - 2 * inset))
    : FAR.bar;
  const left = face.x + side + (hue === null ? 0 : 1 / zoom);
  const bar = {
    x: left,
    y: named ? face.y + face.height - inset / 2 - thickness : face.y + inset,
    width: face.x + face.width - side - left,
    height: named ? thickness : face.height - 2 * inset,
  };
  const radius = 3 * zoom < FAR.leastRadius ? 0 : 3;
  drawParts(pen, partsOf(facts.bar, bar), brush, HATCH_GAP / Math.min(1, zoom), radius);
  if (!named) return;
  const step = stepBelow(zoom);
  const least = zoomAtStep(step);
  const room = face.width - 2 * Math.min(10, FAR.side / least) - (hue === null ? 0 : 1 / least);
  const name = cutName(text, step, room, namePx(face, least) / least / NAME_PX, brush.measure);
  pen.font = nameFont(brush.fontFamily, px);
  pen.textAlign = "left";
  pen.textBaseline = "middle";
  pen.fillStyle = brush.palette.text;
  write(pen, name, bar.x, (face.y + bar.y) / 2 + 0.08 * px);
}

/** From the left edge on, in the direction that the text itself has. */
function write(pen: Pen, text: string, x: number, y: number): void {
  if (text === "") return;
  pen.direction = directionOf(text);
  pen.fillText(text, x, y);
}

function drawBadge(pen: Pen, { facts }: Card, face: Rect, detail: Detail, zoom: number, brush: Brush): void {
  const { badge, badgeWidth } = facts;
  if (!badge) return;
  pen.fillStyle = stateColour(badge.state, brush.theme);
  const right = face.x + face.width;
  if (detail !== "card") {
    pen.beginPath();
    pen.arc(right - 1, face.y + 1, FAR.dot / zoom, 0, 2 * Math.PI);
    pen.fill();
    return;
  }
  const pill = { x: right - badgeWidth - 20, y: face.y - 11, width: badgeWidth + 12, height: 16 };
  rounded(pen, pill, pill.height / 2);
  pen.fill();
  pen.strokeStyle = brush.palette.background;
  pen.lineWidth = 1.5;
  pen.stroke();
  pen.font = factFont(brush.fontFamily);
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.fillStyle = brush.palette.onColour;
  write(pen, badge.text, pill.x + 6, pill.y + 12);
}

/** What looks out of a card but for its ring: in pixels of the screen, and in the card's own. */
const OUT = { stroke: 1, badge: 5, pill: 12, besidePill: 20 } as const;

/** All that may be drawn of a card but for its ring, in world pixels. */
export function extentOf({ box, node, facts }: Card, zoom: number): Bounds {
  const bounds = edgesOf(box);
  const scale = scaleOf(node);
  if (!facts.badge) return grown(bounds, Math.max(OUT.stroke / zoom, scale));
  const { left, ...others } = grown(bounds, Math.max(OUT.badge / zoom, OUT.pill * scale));
  return { ...others, left: Math.min(left, bounds.right - scale * (facts.badgeWidth + OUT.besidePill + 1)) };
}

/** Around cards of any detail. */
export function drawRing(pen: Pen, card: Card, zoom: number, { palette }: Brush): void {
  if (!card.selected && !card.focused && !card.current) return;
  const face = faceOf(card);
  const pixel = 1 / zoom;
  const gap = 3 * Math.min(pixel, 3);
  const ring = (more: number): Rect => ({
    x: face.x - gap - more,
    y: face.y - gap - more,
    width: face.width + 2 * (gap + more),
    height: face.height + 2 * (gap + more),
  });
  const stroke = (rect: Rect, colour: string, width: number) => {
    rounded(pen, rect, RADIUS + gap);
    pen.strokeStyle = colour;
    pen.lineWidth = width * pixel;
    pen.stroke();
  };
  pen.globalAlpha = card.opacity;
  if (card.selected) stroke(ring(0), palette.accent, 2);
  if (card.current) stroke(ring(card.selected ? 3 * pixel : 0), palette.text, 2);
  if (card.focused && !card.selected && !card.current) {
    pen.setLineDash([3 * pixel, 2 * pixel]);
    stroke(ring(0), palette.text, 1);
    pen.setLineDash([]);
  }
  pen.globalAlpha = 1;
}

function rounded(pen: Pen, { x, y, width, height }: Rect, radius: number | number[]): void {
  pen.beginPath();
  pen.roundRect(x, y, width, height, radius);
}
