/** A grid as drawn: its blocks from an image, lines between large ones, flags on small ones in trouble, labels, marks. */
import type { Ink } from "../draw/ink.ts";
import { HATCH_WIDTH, hatch, type Rect } from "../draw/stacked.ts";
import { count } from "../format.ts";
import type { Size } from "../scene/camera.ts";
import { stateColour } from "../theme.ts";
import { type Grid, MOST_PX, wrongCells } from "./charts/grid.ts";
import { blockAt, type Cell, cellOf, cellPx, roundUp, type Wrapping } from "./charts/wrapping.ts";
import type { Tiles } from "./tiles.ts";

/** Around the grid, for labels: to the left so much, and so much more for each digit. */
const MARGIN = { left: 10, digit: 7, top: 16 } as const;
const LABEL_GAP_PX = 16;
/** Blocks of this size have lines between them, and smaller ones no hatching but flags. */
const LINES_PX = 6;
const FLAGS_PX = 4;
const MOST_FLAGS = 2000;
const HATCH_PX = 3;

/** How a grid lies on the canvas: the place of its first cell and the size of each, in CSS pixels. */
export interface Lay {
  readonly x: number;
  readonly y: number;
  readonly px: number;
}

export interface Block {
  readonly row: number;
  readonly column: number;
}

const marginOf = (sizes: readonly number[]): number =>
  MARGIN.left + MARGIN.digit * count(Math.max(0, ...sizes)).length;

/** For the blocks themselves. */
export const roomFor = (sizes: readonly number[], { width, height }: Size): Size => ({
  width: Math.max(1, width - marginOf(sizes)),
  height: Math.max(1, height - MARGIN.top),
});

/** Blocks are of whole pixels of the screen where they can be. */
export function layOf(sizes: readonly number[], wrapped: Wrapping, size: Size, ratio: number): Lay {
  const exact = Math.min(MOST_PX, cellPx(wrapped, roomFor(sizes, size)));
  const px = exact * ratio >= 2 ? Math.floor(exact * ratio) / ratio : exact;
  return { x: marginOf(sizes), y: MARGIN.top, px };
}

export function rectOf(wrapped: Wrapping, { row, column }: Block, { x: left, y: top, px }: Lay): Rect {
  const { x, y } = cellOf(wrapped, row, column);
  return { x: left + x * px, y: top + y * px, width: px, height: px };
}

export const blockUnder = (wrapped: Wrapping, at: Cell, { x, y, px }: Lay): Block | null =>
  blockAt(wrapped, { x: Math.floor((at.x - x) / px), y: Math.floor((at.y - y) / px) });

/** Where an arrow key leads; at the ends of a strip's lines on to the next. Null: it is no such key. */
export function movedBy(key: string, from: Block | null, { rows, columns, length }: Wrapping): Block | null {
  const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: rows === 1 ? [0, -length] : [-1, 0],
    ArrowDown: rows === 1 ? [0, length] : [1, 0],
    Home: [0, -columns],
    End: [0, columns],
  };
  const step = steps[key];
  if (!step) return null;
  if (!from) return { row: 0, column: 0 };
  const within = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));
  return { row: within(from.row + step[0], rows), column: within(from.column + step[1], columns) };
}

export interface Drawing {
  readonly grid: Grid;
  readonly wrapped: Wrapping;
  readonly lay: Lay;
  readonly ratio: number;
  readonly ink: Ink;
  readonly stateNames: readonly string[];
  readonly cursor: Block | null;
  readonly hovered: Block | null;
}

export function drawGrid(pen: CanvasRenderingContext2D, image: Tiles, drawing: Drawing): void {
  const { grid, wrapped, lay, ratio, ink, cursor, hovered } = drawing;
  const { x, y, px } = lay;
  const area: Rect = { x, y, width: wrapped.width * px, height: wrapped.height * px };
  pen.imageSmoothingEnabled = px * ratio < 1;
  pen.drawImage(image.canvas, x, y, area.width, area.height);
  if (grid.wrong > 0) {
    image.hatched(pen, area, ratio, ink.palette.card);
    if (px < FLAGS_PX) drawFlags(pen, drawing);
  }
  if (px >= LINES_PX) drawLines(pen, area, px, 1 / ratio, ink.palette.card);
  drawLabels(pen, wrapped, lay, ink);
  if (cursor) drawMark(pen, rectOf(wrapped, cursor, lay), ink.palette.accent, ink);
  if (hovered) drawMark(pen, rectOf(wrapped, hovered, lay), ink.palette.text, ink);
}

/** A few blocks in trouble among many small ones. */
function drawFlags(pen: CanvasRenderingContext2D, { grid, wrapped, lay, ink, stateNames }: Drawing): void {
  pen.beginPath();
  for (const cell of wrongCells(grid, MOST_FLAGS)) {
    const state = grid.shown[grid.places[cell] ?? 0] ?? 0;
    const x = lay.x + ((cell % wrapped.width) + 0.5) * lay.px - FLAGS_PX / 2;
    const y = lay.y + (Math.floor(cell / wrapped.width) + 0.5) * lay.px - FLAGS_PX / 2;
    pen.fillStyle = stateColour(stateNames[state] ?? "", ink.theme);
    pen.fillRect(x, y, FLAGS_PX, FLAGS_PX);
    hatch(pen, { x, y, width: FLAGS_PX, height: FLAGS_PX }, HATCH_PX);
  }
  pen.strokeStyle = ink.palette.card;
  pen.lineWidth = HATCH_WIDTH * HATCH_PX;
  pen.stroke();
}

function drawLines(
  pen: CanvasRenderingContext2D,
  { x: left, y: top, width, height }: Rect,
  px: number,
  thin: number,
  colour: string,
): void {
  pen.fillStyle = colour;
  for (let x = left + px; x < left + width - thin; x += px) pen.fillRect(x - thin, top, thin, height);
  for (let y = top + px; y < top + height - thin; y += px) pen.fillRect(left, y - thin, width, thin);
}

/** Round indices, where there is room for them; of lines and bands that of the first block. */
function drawLabels(pen: CanvasRenderingContext2D, wrapped: Wrapping, lay: Lay, { palette }: Ink): void {
  const { rows, columns, width, height, length, gap, along } = wrapped;
  const { px } = lay;
  const isCut = along === "columns" && columns > length;
  const thick = isCut ? rows + gap : 1;
  const step = thick * roundUp(LABEL_GAP_PX / (px * thick));
  pen.fillStyle = palette.dim;
  pen.textAlign = "right";
  for (let y = 0; y < height; y += step) {
    const block = blockAt(wrapped, { x: 0, y });
    if (!block) continue;
    const text = count(isCut ? block.column : block.row);
    pen.fillText(text, lay.x - 5, lay.y + y * px + Math.max(px / 2, 4));
  }
  if (isCut || along === "rows") return;
  pen.textAlign = "left";
  const across = roundUp((pen.measureText(count(columns)).width + LABEL_GAP_PX) / px);
  for (let x = 0; x < width; x += across) {
    const text = count(x);
    const fits = x === 0 || pen.measureText(text).width <= Math.max(width - x, 1) * px + LABEL_GAP_PX / 2;
    if (fits) pen.fillText(text, lay.x + x * px, lay.y - 8);
  }
}

/** Around a block, seen on every colour. */
function drawMark(
  pen: CanvasRenderingContext2D,
  { x, y, width }: Rect,
  colour: string,
  { palette }: Ink,
): void {
  const side = Math.max(width, FLAGS_PX) + 2;
  for (const [stroke, wide] of [
    [palette.card, 5],
    [colour, 2],
  ] as const) {
    pen.strokeStyle = stroke;
    pen.lineWidth = wide;
    pen.strokeRect(x + (width - side) / 2, y + (width - side) / 2, side, side);
  }
}
