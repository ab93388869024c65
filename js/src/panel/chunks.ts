/** The blocks of a collection, each in the colour of its task's state. */
import { keyEntries, refill } from "../dom/bar.ts";
import { element, setText } from "../dom/element.ts";
import { lateAfter } from "../draw/frames.ts";
import type { Ink } from "../draw/ink.ts";
import { HATCH_WIDTH, hatch, type Rect } from "../draw/stacked.ts";
import { count, percent } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { displayOrder, type Segment } from "../progress.ts";
import type { Study } from "../study.ts";
import { stateText, texts } from "../texts.ts";
import { stateColour, statePattern } from "../theme.ts";
import { chart, pixelOf, watchChartKeys } from "./chart.ts";
import {
  type Colours,
  cutAt,
  forgetPaint,
  type Grid,
  MOST_PX,
  newGrid,
  paintStates,
  settle,
  wrongCells,
} from "./charts/grid.ts";
import { blockAt, cellOf, cellPx, roundUp, type Wrapping } from "./charts/wrapping.ts";
import style from "./charts.css";
import { sliders } from "./sliders.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";
import { tiles } from "./tiles.ts";

const words = texts.charts;
const PORTION_MS = 6;
/** Around the grid, for labels: to the left so much, and so much more for each digit. */
const MARGIN = { left: 10, digit: 7, top: 16 } as const;
const LABEL_GAP_PX = 16;
/** Blocks of this size have lines between them, and smaller ones no hatching but flags. */
const LINES_PX = 6;
const FLAGS_PX = 4;
const MOST_FLAGS = 2000;

/** How a grid lies on the canvas: the place of its first cell and the size of each, in CSS pixels. */
interface Lay {
  readonly x: number;
  readonly y: number;
  readonly px: number;
}

interface Block {
  readonly row: number;
  readonly column: number;
}

function mount(host: TabHost): TabView {
  const legend = element("div", { class: "tgw-legend" });
  const fillLegend = refill(legend);
  const note = element("p", { class: "tgw-note" });
  const heard = element("p", { class: "tgw-unseen", role: "status" });
  const face = chart({ role: "application", className: "tgw-chart-grid", onChange: host.refresh });
  const axes = sliders((at) => {
    if (!grid || !state) return;
    cutAt(grid, at, state.study, room());
    cursor = null;
    host.refresh();
  });
  const root = element(
    "div",
    { class: "tgw-charts" },
    element("style", {}, style),
    legend,
    axes.element,
    note,
    face.element,
    heard,
  );
  const image = tiles();

  let state: TabState | null = null;
  let grid: Grid | null = null;
  let of = { group: -1, generation: -1, dimensions: -1 };
  let colours: { readonly by: Colours; readonly theme: string; readonly names: readonly string[] } | null =
    null;
  /** All that the pixels were made of, once they are as they shall be. */
  let taken: readonly unknown[] = [];
  let cursor: Block | null = null;
  let hovered: Block | null = null;
  let lay: Lay = { x: 0, y: 0, px: 1 };

  /** As wide as the last label. */
  const left = () => MARGIN.left + MARGIN.digit * count(Math.max(0, ...(grid?.sizes ?? []))).length;
  const room = () => ({
    width: Math.max(1, face.size.width - left()),
    height: Math.max(1, face.size.height - MARGIN.top),
  });

  function gridOf({ group, generation, dimensions }: Study): Grid {
    if (grid && of.group === group && of.generation === generation && of.dimensions === dimensions)
      return grid;
    of = { group, generation, dimensions };
    cursor = null;
    hovered = null;
    grid = newGrid(dimensions);
    return grid;
  }

  function coloursFor({ theme }: Ink, names: readonly string[], target: Grid): Colours {
    if (colours?.theme === theme && colours.names === names) return colours.by;
    if (colours?.theme !== theme) forgetPaint(target);
    const by = {
      pixels: Uint32Array.from(names, (name) => pixelOf(stateColour(name, theme))),
      wrong: Uint8Array.from(names, (name) => (statePattern(name) === "hatched" ? 1 : 0)),
    };
    colours = { by, theme, names };
    return by;
  }

  function sentenceOf(now: TabState, target: Grid): string {
    const { study, group } = now;
    if (study.group !== group.id || (study.count === 0 && !study.complete)) return words.reading;
    const { refusal, laid } = target;
    if (study.dimensions === 0 && (study.complete || study.count > 0)) return words.noBlocks;
    if (refusal?.type === "sparse")
      return words.sparse(percent(refusal.fill, 1), laid.map(count).join(" × "));
    if (refusal) return words.tooLarge(refusal.sizes.map(count).join(" × "));
    if (!target.wrapped) return words.reading;
    return words.blocks(
      laid.map(count).join(" × "),
      count(target.placed),
      study.complete && target.placed === study.count ? "" : count(study.count),
    );
  }

  const segments = (target: Grid, names: readonly string[]): Segment[] =>
    displayOrder(names).flatMap((name) => {
      const tasks = target.counts[names.indexOf(name)] ?? 0;
      return tasks > 0 ? [{ state: name, count: tasks }] : [];
    });

  const rectOf = (wrapped: Wrapping, { row, column }: Block): Rect => {
    const { x, y } = cellOf(wrapped, row, column);
    return { x: lay.x + x * lay.px, y: lay.y + y * lay.px, width: lay.px, height: lay.px };
  };

  const placeAt = ({ places, wrapped }: Grid, { row, column }: Block): number => {
    if (!wrapped) return -1;
    const { x, y } = cellOf(wrapped, row, column);
    return places[y * wrapped.width + x] ?? -1;
  };

  /** Its indices, as in the key. */
  const indices = ({ slice }: Grid, { row, column }: Block): string =>
    slice.at
      .map((at, axis) => count(axis === slice.rows ? row : axis === slice.columns ? column : at))
      .join(", ");

  function factsOf(target: Grid, block: Block): { title: string; lines: (readonly [string, string])[] } {
    const title = `(${indices(target, block)})`;
    const place = placeAt(target, block);
    if (!state || place < 0) return { title, lines: [[words.state, words.noTask]] };
    const { states, stateNames, workers, workerNames } = state.study;
    const worker = workerNames[(workers[place] ?? 0) - 1];
    return {
      title,
      lines: [
        [words.state, stateText(stateNames[states[place] ?? 0] ?? "")],
        ...(worker ? [[words.worker, worker] as const] : []),
      ],
    };
  }

  function point(at: { x: number; y: number } | null): Block | null {
    if (!at || !grid?.wrapped) return null;
    const cell = { x: Math.floor((at.x - lay.x) / lay.px), y: Math.floor((at.y - lay.y) / lay.px) };
    return blockAt(grid.wrapped, cell);
  }

  function open(block: Block | null) {
    if (!block || !grid || !state) return;
    const place = placeAt(grid, block);
    if (place >= 0) host.openTask({ place, generation: state.study.generation });
  }

  const unwatch = watchPointer(face.canvas, {
    onMove(at) {
      hovered = point(at);
      host.refresh();
    },
    onClick: (at) => open(point(at)),
    onDoubleClick() {},
  });

  watchChartKeys(face.canvas, (key) => {
    const wrapped = grid?.wrapped;
    if (!grid || !wrapped) return false;
    if ((key === "Enter" || key === " ") && cursor) open(cursor);
    else {
      const moved = movedBy(key, cursor, wrapped);
      if (!moved) return false;
      cursor = moved;
      hovered = null;
      const { title, lines } = factsOf(grid, moved);
      setText(heard, words.said(title, lines.map(([, value]) => value).join(", ")));
      host.refresh();
    }
    return true;
  });

  function draw(target: Grid, wrapped: Wrapping, ink: Ink) {
    const surface = face.begin(ink);
    if (!surface) return;
    const { pen, ratio } = surface;
    const exact = Math.min(MOST_PX, cellPx(wrapped, room()));
    const px = exact * ratio >= 2 ? Math.floor(exact * ratio) / ratio : exact;
    lay = { x: left(), y: MARGIN.top, px };
    const area = { x: lay.x, y: lay.y, width: wrapped.width * px, height: wrapped.height * px };
    pen.imageSmoothingEnabled = px * ratio < 1;
    pen.drawImage(image.canvas, area.x, area.y, area.width, area.height);
    if (target.wrong > 0) {
      image.hatched(pen, area, ratio, ink.palette.card);
      if (px < FLAGS_PX) drawFlags(pen, target, wrapped, ink);
    }
    if (px >= LINES_PX) drawLines(pen, area, px, ratio, ink.palette.card);
    drawLabels(pen, wrapped, area, px, ink);
    for (const [block, colour] of [
      [cursor, ink.palette.accent],
      [hovered, ink.palette.text],
    ] as const) {
      if (!block) continue;
      const { x, y, width } = rectOf(wrapped, block);
      const side = Math.max(width, FLAGS_PX);
      pen.strokeStyle = colour;
      pen.lineWidth = 2;
      pen.strokeRect(x + (width - side) / 2 - 1, y + (width - side) / 2 - 1, side + 2, side + 2);
    }
  }

  /** A few blocks in trouble among many small ones. */
  function drawFlags(
    pen: CanvasRenderingContext2D,
    target: Grid,
    { width }: Wrapping,
    { theme, palette }: Ink,
  ) {
    pen.beginPath();
    for (const cell of wrongCells(target, MOST_FLAGS)) {
      const place = target.places[cell] ?? 0;
      const name = state?.study.stateNames[target.shown[place] ?? 0] ?? "erred";
      const x = lay.x + ((cell % width) + 0.5) * lay.px - FLAGS_PX / 2;
      const y = lay.y + (Math.floor(cell / width) + 0.5) * lay.px - FLAGS_PX / 2;
      pen.fillStyle = stateColour(name, theme);
      pen.fillRect(x, y, FLAGS_PX, FLAGS_PX);
      hatch(pen, { x, y, width: FLAGS_PX, height: FLAGS_PX }, 3);
    }
    pen.strokeStyle = palette.card;
    pen.lineWidth = HATCH_WIDTH * 3;
    pen.stroke();
  }

  return {
    element: root,
    update(now) {
      state = now;
      const { study, ink } = now;
      const target = gridOf(study);
      const isReady = study.group === now.group.id && study.dimensions > 0 && face.size.width > 0;
      const { width, height } = face.size;
      const input = [study, target, target.slice, width, height, ink.theme] as const;
      const anew = isReady && input.some((each, at) => each !== taken[at]);
      if (anew) {
        const done = settle(target, study, room(), lateAfter(PORTION_MS));
        taken = done ? [...input.slice(0, 2), target.slice, ...input.slice(3)] : [];
        if (!done) host.refresh();
      }
      const sentence = sentenceOf(now, target);
      setText(note, sentence);
      axes.show(target.laid, target.slice);
      const { wrapped } = target;
      face.element.style.visibility = wrapped ? "" : "hidden";
      legend.hidden = !wrapped;
      if (!isReady || !wrapped) {
        face.begin(ink);
        face.hush();
        return;
      }
      if (anew) {
        const painted = paintStates(target, study, coloursFor(ink, study.stateNames, target));
        image.take(target, wrapped, painted);
      }
      draw(target, wrapped, ink);
      const parts = segments(target, study.stateNames);
      fillLegend([parts, ink.theme], () => keyEntries(parts, ink.theme));
      face.label(
        words.gridLabel(
          sentence,
          parts.map((part) => `${count(part.count)} ${stateText(part.state)}`).join(", "),
        ),
      );
      const told = hovered ?? (face.canvas.matches(":focus") ? cursor : null);
      if (!told) return face.hush();
      const { title, lines } = factsOf(target, told);
      face.tell(rectOf(wrapped, told), title, lines);
    },
    dispose() {
      unwatch();
      face.dispose();
    },
  };
}

/** Where an arrow key leads; at the ends of a strip's lines on to the next. */
export function movedBy(key: string, from: Block | null, wrapped: Wrapping): Block | null {
  const { rows, columns, length } = wrapped;
  const line = rows === 1 ? length : 0;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: line ? [0, -line] : [-1, 0],
    ArrowDown: line ? [0, line] : [1, 0],
    Home: [0, -columns],
    End: [0, columns],
  };
  const step = steps[key];
  if (!step) return null;
  if (!from) return { row: 0, column: 0 };
  const within = (value: number, size: number) => Math.max(0, Math.min(size - 1, value));
  return { row: within(from.row + step[0], rows), column: within(from.column + step[1], columns) };
}

function drawLines(
  pen: CanvasRenderingContext2D,
  area: Rect,
  px: number,
  ratio: number,
  colour: string,
): void {
  pen.fillStyle = colour;
  const thin = 1 / ratio;
  for (let x = area.x + px; x < area.x + area.width - thin; x += px)
    pen.fillRect(x - thin, area.y, thin, area.height);
  for (let y = area.y + px; y < area.y + area.height - thin; y += px)
    pen.fillRect(area.x, y - thin, area.width, thin);
}

/** Round indices, where there is room for them; of lines and bands that of the first block. */
function drawLabels(
  pen: CanvasRenderingContext2D,
  wrapped: Wrapping,
  area: Rect,
  px: number,
  { palette }: Ink,
): void {
  const { rows, columns, width, height, length, gap, along } = wrapped;
  const isCut = along === "columns" && columns > length;
  const thick = isCut ? rows + gap : 1;
  const step = thick * roundUp(LABEL_GAP_PX / (px * thick));
  pen.fillStyle = palette.dim;
  pen.textAlign = "right";
  for (let y = 0; y < height; y += step) {
    const block = blockAt(wrapped, { x: 0, y });
    if (block)
      pen.fillText(
        count(isCut ? block.column : block.row),
        area.x - 5,
        area.y + y * px + Math.max(px / 2, 4),
      );
  }
  if (isCut || along === "rows") return;
  pen.textAlign = "left";
  const across = roundUp((pen.measureText(count(columns)).width + LABEL_GAP_PX) / px);
  for (let x = 0; x < width; x += across) pen.fillText(count(x), area.x + x * px, area.y - 8);
}

export const chunks: Tab = {
  id: "chunks",
  label: words.tabs.chunks,
  columns: ["state", "worker", "block"],
  mount,
};
