/** The timeline as drawn: bars in lanes, an axis in seconds, the names of the workers. */
import type { Ink } from "../draw/ink.ts";
import type { Rect } from "../draw/stacked.ts";
import { duration, elapsed } from "../format.ts";
import { cutToWidth, shortAddress } from "../names.ts";
import type { Study } from "../study.ts";
import { stateColour } from "../theme.ts";
import type { Timing } from "../wire-study.ts";
import { pixelOf } from "./chart.ts";
import { barAt, clear, drawBar, hatchBar, laneRows, newPlot, type Plot } from "./charts/bars.ts";
import type { Lanes, Running } from "./charts/lanes.ts";
import { type Period, ticks } from "./charts/time-window.ts";

export const AXIS_PX = 18;
const TICK_GAP_PX = 80;
const NAME_GAP_PX = 13;
/** Lanes of so many pixels show stragglers by a line, lower ones by nothing but its colour. */
const LINED_PX = 4;

export interface Bars {
  readonly timings: readonly Timing[];
  readonly running: readonly Running[];
  readonly lanes: Lanes;
  readonly at: Period;
  /** Keys of those that lag behind. */
  readonly lags: ReadonlySet<string>;
  readonly study: Study;
  readonly now: number;
  /** When the period began. */
  readonly origin: number;
  readonly ink: Ink;
}

export interface TimeBars {
  draw(pen: CanvasRenderingContext2D, room: Rect, ratio: number, bars: Bars): void;
  /** The bar at a place in the room; -1 for none. */
  barAt(x: number, y: number): number;
}

export function timeBars(): TimeBars {
  let plot: Plot | null = null;
  /** What it was made of. */
  let plotted: readonly unknown[] = [];
  let scale = 1;

  /** What is less than a pixel later looks the same. */
  function plotOf(width: number, height: number, bars: Bars): Plot {
    const { at, origin, now, lanes, study, lags, ink } = bars;
    const span = at.to - at.from;
    const pixels = (time: number) => Math.round(((time - origin) * width) / span);
    const place = [width, height, Math.round(Math.log(span) * width), pixels(at.from), pixels(now)];
    const key = [...place, lanes, study, lags.size, ink.theme, ink.palette.accent];
    if (plot && key.every((each, n) => each === plotted[n])) return plot;
    plotted = key;
    if (plot?.width !== width || plot.height !== height) plot = newPlot(width, height);
    else clear(plot);
    drawBars(plot, bars);
    return plot;
  }

  return {
    draw(pen, room, ratio, bars) {
      scale = ratio;
      const width = Math.max(1, Math.round(room.width * ratio));
      const height = Math.max(1, Math.round(room.height * ratio));
      const { pixels } = plotOf(width, height, bars);
      const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
      pen.putImageData(image, Math.round(room.x * ratio), Math.round(room.y * ratio));
    },
    barAt: (x, y) => (plot ? barAt(plot, Math.floor(x * scale), Math.floor(y * scale)) : -1),
  };
}

function drawBars(plot: Plot, { timings, running, lanes, at, lags, study, now, ink }: Bars): void {
  const { theme, palette } = ink;
  const done = pixelOf(stateColour("memory", theme));
  const failed = pixelOf(stateColour("erred", theme));
  const erred = study.stateNames.indexOf("erred");
  const scale = plot.width / (at.to - at.from);
  const x = (time: number) => (time - at.from) * scale;
  const rows = Array.from({ length: lanes.count }, (_, lane) => laneRows(lane, lanes.count, plot.height));
  const rowsOf = (bar: number) => rows[lanes.lane[bar] ?? 0] ?? ([0, 1] as const);
  // What failed lies over what did not.
  for (const isFailed of [false, true]) {
    for (let bar = 0; bar < timings.length; bar++) {
      const timing = timings[bar];
      if (!timing || (study.states[timing.place] === erred) !== isFailed) continue;
      if (timing.stop < at.from || timing.start > at.to) continue;
      const [from, to] = [x(timing.start), x(timing.stop)];
      drawBar(plot, rowsOf(bar), from, to, isFailed ? failed : done, bar);
      if (isFailed) hatchBar(plot, rowsOf(bar), from, to);
    }
  }
  const runs = pixelOf(stateColour("processing", theme));
  const lagging = pixelOf(palette.accent);
  running.forEach(({ key, start }, each) => {
    const bar = timings.length + each;
    const [top, bottom] = rowsOf(bar);
    drawBar(plot, [top, bottom], x(start), x(now), runs, bar);
    if (!lags.has(key)) return;
    const line = bottom - top > LINED_PX ? Math.round((bottom - top) / 3) : bottom - top;
    drawBar(plot, [bottom - line, bottom], x(start), x(now), lagging, bar);
  });
}

/** Seconds since the period began. */
export function drawAxis(
  pen: CanvasRenderingContext2D,
  at: Period,
  origin: number,
  { x: left, width, height }: Rect,
  { palette }: Ink,
): void {
  for (const { at: time, seconds } of ticks(at, origin, width / TICK_GAP_PX)) {
    const x = left + ((time - at.from) / (at.to - at.from)) * width;
    pen.fillStyle = palette.border;
    pen.fillRect(Math.round(x), height, 1, 4);
    pen.fillStyle = palette.dim;
    pen.textAlign = x > left + width - NAME_GAP_PX * 2 ? "right" : "center";
    pen.fillText(seconds % 1 ? duration(seconds) : elapsed(seconds), x, height + 11);
  }
  pen.fillStyle = palette.border;
  pen.fillRect(left, height, width, 1);
}

/** Of as many workers as there is room for. */
export function drawNames(
  pen: CanvasRenderingContext2D,
  { workers, count: all }: Lanes,
  { x: left, height }: Rect,
  { palette }: Ink,
): void {
  const measure = (text: string) => pen.measureText(text).width;
  pen.fillStyle = palette.dim;
  pen.textAlign = "left";
  let free = 0;
  for (const { name, first, count: own } of workers) {
    const y = Math.max(NAME_GAP_PX / 2, ((first + own / 2) * height) / all);
    if (y < free) continue;
    free = y + NAME_GAP_PX;
    pen.fillText(cutToWidth(shortAddress(name), left - 6, measure), 0, y);
  }
}
