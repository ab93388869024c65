/** Cards of any detail: drawn one by one in each frame, or kept as pixels when they are many. */
import { type Bounds, grown, overlap, united } from "../scene/camera.ts";
import type { Card, Scene } from "../scene/scene.ts";
import { cardsIn } from "../scene/seen.ts";
import { drawBlocks, hides } from "./blocks.ts";
import { drawCard, drawRing, extentOf } from "./card.ts";
import { detailAt } from "./detail.ts";
import { isMarked, overhangAt } from "./face.ts";
import type { Brush } from "./ink.ts";
import {
  alter,
  complete,
  drawAnew,
  empty,
  type Frame,
  inPortions,
  isSomething,
  isSteady,
  keep,
  type Layer,
  MOST,
  place,
  show,
} from "./layer.ts";
import type { Pen } from "./pen.ts";

/** So many are drawn in each frame; more are kept. When more changed than can be drawn over, all are drawn again. */
const FEW = { blocks: 400, faces: 50, changes: 100 } as const;

/** All cards are, or none is. */
const areBlocksAt = (zoom: number): boolean => detailAt(zoom) === "block";

/** Those that are marked lie above the others. */
function sorted(cards: readonly Card[]): {
  readonly plain: readonly Card[];
  readonly marked: readonly Card[];
} {
  const marked = cards.filter(isMarked);
  return { plain: marked.length > 0 ? cards.filter((card) => !isMarked(card)) : cards, marked };
}

export function drawCards(pen: Pen, cards: readonly Card[], zoom: number, brush: Brush): void {
  const { plain, marked } = sorted(cards);
  drawAlike(pen, plain, zoom, brush);
  drawAlike(pen, marked, zoom, brush);
}

function drawAlike(pen: Pen, cards: readonly Card[], zoom: number, brush: Brush): void {
  const areBlocks = areBlocksAt(zoom);
  if (areBlocks) drawBlocks(pen, cards, zoom, brush);
  for (const card of cards) {
    drawRing(pen, card, zoom, brush);
    if (!areBlocks) drawCard(pen, card, zoom, brush);
  }
}

/**
 * Draws many through a layer. Blocks are drawn for more than is seen, and stretched while one zooms; cards with a face
 * only as they are seen, and anew at each zoom. True when they are not sharp, or not all.
 */
export function drawCardsThrough(
  layer: Layer,
  ctx: CanvasRenderingContext2D,
  scene: Scene,
  cards: readonly Card[],
  frame: Frame<Brush>,
  mayBegin: boolean,
): boolean {
  const { camera, ink: brush } = frame;
  const zoom = camera.k;
  const { plain, marked } = sorted(cards);
  const paint = (on: Pen, some: readonly Card[]) => drawAlike(on, some, zoom, brush);
  const areBlocks = areBlocksAt(zoom);
  const isMany = cards.length > (areBlocks ? FEW.blocks : FEW.faces);
  refresh(layer, scene, brush);
  const isHeld = isSteady(layer, scene.cards) || (areBlocks && cards.length > MOST);
  const stretches = areBlocks && isMany && isHeld;
  const begins = mayBegin && isMany && isHeld && (areBlocks || layer.zoom === zoom);
  const portionsIn = (part: Bounds) =>
    areBlocks ? inPortions(sorted(cardsIn(scene, grown(part, overhangAt(zoom)))).plain, MOST, paint) : [];
  const isSharp = keep(layer, scene.cards, frame, portionsIn, begins);
  const isShown = isSharp || (stretches && (isSomething(layer) || cards.length > MOST));
  if (isShown) {
    if (isSharp) complete(layer, plain, paint);
    show(layer, ctx, camera);
    place(ctx, camera, brush.pixelRatio);
  } else {
    if (!isMany) empty(layer);
    paint(ctx, plain);
  }
  paint(ctx, marked);
  return isShown && !isSharp;
}

/** At an update most cards are as before: only the others are drawn again. */
function refresh(layer: Layer, scene: Scene, brush: Brush): void {
  const { filled, filling } = layer;
  if (!filled || filling || filled.subject === scene.cards) return;
  const { camera, part, drawn } = filled;
  const zoom = camera.k;
  const holeOf = ({ old, card }: Change) => united(extentOf(old, zoom), extentOf(card, zoom));
  const changes = changesBetween(filled.subject as readonly Card[], scene.cards)?.filter(
    (change) => (!drawn || drawn.has(change.old)) && overlap(holeOf(change), part),
  );
  if (!changes) return;
  const isOver = ({ old, card }: Change) => areBlocksAt(zoom) && !isMarked(card) && hides(card, old);
  const anew = changes.filter((change) => !isOver(change));
  if (anew.length > FEW.changes) return;
  for (const { old, card } of changes) if (drawn?.delete(old) && !isMarked(card)) drawn.add(card);
  const isThere = (card: Card) => !isMarked(card) && (!drawn || drawn.has(card));
  alter(layer, scene.cards, (ctx) => {
    drawBlocks(
      ctx,
      changes.filter(isOver).map(({ card }) => card),
      zoom,
      brush,
    );
    for (const hole of anew.map(holeOf)) {
      const around = cardsIn(scene, grown(hole, overhangAt(zoom))).filter(isThere);
      const touched = around.filter((card) => overlap(extentOf(card, zoom), hole));
      drawAnew(ctx, hole, zoom * brush.pixelRatio, () => drawAlike(ctx, touched, zoom, brush));
    }
  });
}

interface Change {
  readonly old: Card;
  readonly card: Card;
}

/** Null when they stand otherwise, or most are others. */
function changesBetween(before: readonly Card[], now: readonly Card[]): Change[] | null {
  if (before.length !== now.length) return null;
  const changes: Change[] = [];
  for (let at = 0; at < now.length; at++) {
    const [old, card] = [before[at], now[at]];
    if (old === card) continue;
    if (!old || !card || old.box !== card.box) return null;
    changes.push({ old, card });
  }
  return 2 * changes.length > now.length ? null : changes;
}
