/** Cards near, nearer and far away. */

import { cutToWidth } from "../names.ts";
import { edgesOf } from "../scene/camera.ts";
import { CARD } from "../scene/card.ts";
import type { Card } from "../scene/scene.ts";
import { stateColour } from "../theme.ts";
import type { Detail } from "./detail.ts";
import { DIMMED, factFont, GONE, type Ink, nameFont } from "./ink.ts";
import { drawParts, partsOf, type Rect } from "./stacked.ts";

const RADIUS = 6;
const NAME_AT = 18;
const BAR = { at: 29.5, height: 6 } as const;
const HATCH_GAP = 4;
/** On the screen, but for the bar's usual height. */
const FAR = { side: 4, inset: 2, namePx: 10, bar: 7, leastBar: 2.5, dot: 3.2 } as const;
const LEAST_LETTERS = 4;

export function drawCard(
  ctx: CanvasRenderingContext2D,
  card: Card,
  detail: Detail,
  zoom: number,
  ink: Ink,
): void {
  const rect = rectOf(card);
  ctx.globalAlpha = alphaOf(card);
  if (detail === "block") drawBlock(ctx, card, rect, zoom, ink);
  else {
    drawSurface(ctx, card, rect, zoom, ink);
    if (detail === "card") drawNear(ctx, card, rect, zoom, ink);
    else drawFar(ctx, card, rect, zoom, ink);
    drawBadge(ctx, card, rect, detail, zoom, ink);
  }
  drawRing(ctx, card, rect, zoom, ink);
  ctx.globalAlpha = 1;
}

const rectOf = ({ box }: Card): Rect => {
  const { left, top } = edgesOf(box);
  return { x: left, y: top, width: box.width, height: box.height };
};

const alphaOf = ({ opacity, light, gone }: Card): number =>
  opacity * (light === "dimmed" ? DIMMED.card : gone ? GONE : 1);

function drawSurface(
  ctx: CanvasRenderingContext2D,
  { hovered }: Card,
  rect: Rect,
  zoom: number,
  { palette }: Ink,
): void {
  rounded(ctx, rect, RADIUS);
  ctx.fillStyle = palette.card;
  ctx.fill();
  ctx.strokeStyle = hovered ? palette.dim : palette.border;
  ctx.lineWidth = 1 / Math.min(1, zoom);
  ctx.stroke();
}

function drawNear(ctx: CanvasRenderingContext2D, card: Card, rect: Rect, zoom: number, ink: Ink): void {
  const { palette, fontFamily } = ink;
  const left = rect.x + CARD.padding;
  const right = rect.x + rect.width - CARD.padding;
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.font = nameFont(fontFamily);
  ctx.fillStyle = palette.text;
  ctx.fillText(card.prefix, left, rect.y + NAME_AT);
  ctx.font = factFont(fontFamily);
  ctx.fillStyle = palette.dim;
  if (card.token) ctx.fillText(card.token, left + card.tokenAt, rect.y + NAME_AT);
  const middle = rect.y + BAR.at + BAR.height / 2;
  ctx.fillText(card.ratio, right - card.ratioWidth, middle + 4);
  if (card.bar.length === 0) return;
  const bar = {
    x: left,
    y: rect.y + BAR.at,
    width: right - left - card.ratioWidth - CARD.ratioGap,
    height: BAR.height,
  };
  drawRoundedBar(ctx, card, bar, BAR.height / 2, zoom, ink);
}

/** Too small to read at its own size: a bar, and above it the name at a readable size where there is room. */
function drawFar(ctx: CanvasRenderingContext2D, card: Card, rect: Rect, zoom: number, ink: Ink): void {
  const inset = Math.min(7, FAR.inset / zoom);
  const side = Math.min(10, FAR.side / zoom);
  const px = FAR.namePx / zoom;
  const thickness = Math.max(FAR.bar, FAR.leastBar / zoom);
  const named = px + thickness + 2 * inset <= rect.height;
  const bar = {
    x: rect.x + side,
    y: named ? rect.y + rect.height - inset - thickness : rect.y + inset,
    width: rect.width - 2 * side,
    height: named ? thickness : rect.height - 2 * inset,
  };
  drawRoundedBar(ctx, card, bar, 3, zoom, ink);
  if (!named) return;
  ctx.font = nameFont(ink.fontFamily, px);
  const name = cutToWidth(card.prefix, bar.width, (text) => ctx.measureText(text).width);
  if (name !== card.prefix && name.length < LEAST_LETTERS) return;
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.fillStyle = ink.palette.text;
  ctx.fillText(name, bar.x, (rect.y + bar.y) / 2 + 0.08 * px);
}

function drawBlock(ctx: CanvasRenderingContext2D, card: Card, rect: Rect, zoom: number, ink: Ink): void {
  const parts = partsOf(card.bar, rect);
  drawParts(ctx, parts, ink, HATCH_GAP / zoom);
  if (parts.length > 0) return;
  ctx.fillStyle = ink.palette.border;
  ctx.fillRect(rect.x, rect.y, rect.width, rect.height);
}

function drawRoundedBar(
  ctx: CanvasRenderingContext2D,
  card: Card,
  bar: Rect,
  radius: number,
  zoom: number,
  ink: Ink,
): void {
  ctx.save();
  rounded(ctx, bar, radius);
  ctx.clip();
  drawParts(ctx, partsOf(card.bar, bar), ink, HATCH_GAP / Math.min(1, zoom));
  ctx.restore();
}

function drawBadge(
  ctx: CanvasRenderingContext2D,
  { badge, badgeWidth }: Card,
  rect: Rect,
  detail: Detail,
  zoom: number,
  ink: Ink,
): void {
  if (!badge) return;
  ctx.fillStyle = stateColour(badge.state, ink.theme);
  const right = rect.x + rect.width;
  if (detail !== "card") {
    ctx.beginPath();
    ctx.arc(right - 1, rect.y + 1, FAR.dot / zoom, 0, 2 * Math.PI);
    ctx.fill();
    return;
  }
  const pill = { x: right - badgeWidth - 20, y: rect.y - 11, width: badgeWidth + 12, height: 16 };
  rounded(ctx, pill, pill.height / 2);
  ctx.fill();
  ctx.strokeStyle = ink.palette.background;
  ctx.lineWidth = 1.5;
  ctx.stroke();
  ctx.font = factFont(ink.fontFamily);
  ctx.textAlign = "left";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = ink.palette.onColour;
  ctx.fillText(badge.text, pill.x + 6, pill.y + 12);
}

function drawRing(
  ctx: CanvasRenderingContext2D,
  card: Card,
  rect: Rect,
  zoom: number,
  { palette }: Ink,
): void {
  if (!card.selected && !card.focused) return;
  const pixel = 1 / zoom;
  const gap = 3 * Math.min(pixel, 3);
  const ring = {
    x: rect.x - gap,
    y: rect.y - gap,
    width: rect.width + 2 * gap,
    height: rect.height + 2 * gap,
  };
  rounded(ctx, ring, RADIUS + gap);
  ctx.strokeStyle = card.selected ? palette.accent : palette.text;
  ctx.lineWidth = (card.selected ? 2 : 1) * pixel;
  if (!card.selected) ctx.setLineDash([3 * pixel, 2 * pixel]);
  ctx.stroke();
  ctx.setLineDash([]);
}

function rounded(ctx: CanvasRenderingContext2D, { x, y, width, height }: Rect, radius: number): void {
  ctx.beginPath();
  ctx.roundRect(x, y, width, height, Math.min(radius, Math.max(0, width) / 2, height / 2));
}
