/** How long tasks took, as a histogram; where the running ones are by now. */

import type { Ink } from "../draw/ink.ts";
import { count, duration } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { texts } from "../texts.ts";
import { stateColour } from "../theme.ts";
import { type Chart, chart } from "./chart.ts";
import type { Running } from "./charts/lanes.ts";
import { along, type Bin, histogram, scaleFor } from "./charts/quantiles.ts";
import type { Durations } from "./charts/stragglers.ts";

const words = texts.charts;
const BIN_PX = 7;
const HEAD_PX = 30;
const FOOT_PX = 18;
const MARK_PX = 4;

export interface DurationsChart {
  readonly element: HTMLElement;
  show(
    durations: Durations,
    running: readonly Running[],
    typical: number | null,
    now: number,
    ink: Ink,
  ): void;
  dispose(): void;
}

export function durationsChart(onChange: () => void): DurationsChart {
  const face: Chart = chart({ role: "img", className: "tgw-chart-durations", onChange });
  let bins: readonly Bin[] = [];
  let hovered = -1;

  const unwatch = watchPointer(face.canvas, {
    onMove(at) {
      hovered = at ? Math.floor((at.x / Math.max(1, face.size.width)) * bins.length) : -1;
      onChange();
    },
    onClick() {},
    onDoubleClick() {},
  });

  return {
    element: face.element,
    show({ sorted, median, p95 }, running, typical, now, ink) {
      const soFar = running.map(({ start }) => now - start);
      const longest = Math.max(sorted.at(-1) ?? 0, ...soFar, typical ?? 0);
      const scale = scaleFor(sorted[Math.floor(sorted.length / 100)] ?? 0, median, longest * 1.02);
      bins = histogram(sorted, scale, Math.max(4, Math.floor(face.size.width / BIN_PX)));
      face.label(
        sorted.length === 0
          ? words.noneFinished
          : words.durations(
              count(sorted.length),
              duration(median),
              duration(p95),
              duration(sorted.at(-1) ?? 0),
            ),
      );
      const surface = face.begin(ink);
      if (!surface) return;
      const { pen } = surface;
      const { width, height } = face.size;
      const { palette } = ink;
      const base = height - FOOT_PX;
      const most = bins.reduce((max, bin) => Math.max(max, bin.count), 1);
      const x = (seconds: number) => along(scale, seconds) * (width - 1);
      bins.forEach((bin, at) => {
        if (bin.count === 0) return;
        const tall = Math.max(1, ((base - HEAD_PX) * bin.count) / most);
        const left = Math.round((at * width) / bins.length);
        const right = Math.round(((at + 1) * width) / bins.length);
        pen.fillStyle = at === hovered ? palette.text : bin.from >= p95 ? palette.accent : palette.edge;
        pen.fillRect(left, base - tall, right - left - 1, tall);
      });
      pen.fillStyle = palette.border;
      pen.fillRect(0, base, width, 1);
      pen.fillStyle = palette.dim;
      pen.textAlign = "left";
      pen.fillText(scale.logarithmic ? duration(scale.from) : "0 s", 0, height - 7);
      pen.textAlign = "right";
      pen.fillText(duration(longest), width, height - 7);
      if (sorted.length > 0) {
        mark(pen, x(median), words.median(duration(median)), 7, base, width, palette.text);
        mark(pen, x(p95), words.p95(duration(p95)), 20, base, width, palette.text);
      }
      for (const seconds of soFar) {
        const lags = typical !== null && seconds > typical;
        pen.fillStyle = lags ? palette.accent : stateColour("processing", ink.theme);
        const size = lags ? MARK_PX + 1 : MARK_PX;
        const middle = Math.max(size, Math.min(width - size, x(seconds)));
        pen.beginPath();
        pen.moveTo(middle, base - size);
        pen.lineTo(middle + size, base + size);
        pen.lineTo(middle - size, base + size);
        pen.closePath();
        pen.fill();
      }
      const bin = bins[hovered];
      if (!bin || sorted.length === 0) return face.hush();
      face.tell(
        { x: (hovered * width) / bins.length, y: HEAD_PX, width: BIN_PX, height: base - HEAD_PX },
        words.tasks(count(bin.count)),
        [[words.took, words.between(duration(bin.from), duration(bin.to))]],
      );
    },
    dispose() {
      unwatch();
      face.dispose();
    },
  };
}

function mark(
  pen: CanvasRenderingContext2D,
  x: number,
  text: string,
  y: number,
  base: number,
  width: number,
  colour: string,
): void {
  pen.fillStyle = colour;
  pen.fillRect(Math.round(x), y, 1, base - y);
  const fits = x + 5 + pen.measureText(text).width < width;
  pen.textAlign = fits ? "left" : "right";
  pen.fillText(text, fits ? x + 5 : x - 5, y);
}
