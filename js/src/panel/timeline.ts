/** When tasks ran, and on which worker, since somebody has been looking; how long they took, and which lag behind. */
import { element, setText } from "../dom/element.ts";
import type { Ink } from "../draw/ink.ts";
import { count, duration, elapsed } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import type { Point } from "../layout/graph.ts";
import { cutToWidth } from "../names.ts";
import { stateText, texts } from "../texts.ts";
import { stateColour } from "../theme.ts";
import type { TaskAddress, Timing } from "../wire-study.ts";
import { chart, type Line, pixelOf, watchChartKeys } from "./chart.ts";
import { shortAddress } from "./charts/address.ts";
import { barAt, clear, drawBar, laneRows, newPlot, type Plot } from "./charts/bars.ts";
import { type Lanes, lanesOf, type Running } from "./charts/lanes.ts";
import {
  type Durations,
  durationsOf,
  type Straggler,
  stragglersOf,
  typicalSeconds,
} from "./charts/stragglers.ts";
import {
  followed,
  type Period,
  panned,
  type TimeWindow,
  ticks,
  whole,
  zoomed,
} from "./charts/time-window.ts";
import style from "./charts.css";
import { durationsChart } from "./durations.ts";
import { keysOf } from "./keys.ts";
import { runningTasks } from "./running.ts";
import { stragglerList } from "./straggler-list.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";
import { controlTime, timeKey } from "./time-control.ts";

const words = texts.charts;
const TICK_MS = 1000;
const AXIS_PX = 18;
const TICK_GAP_PX = 80;
const NAME_GAP_PX = 13;
const MOST_NAME_PX = 120;

const sameRunning = (a: readonly Running[], b: readonly Running[]) =>
  a.length === b.length && a.every(({ key, worker }, at) => key === b[at]?.key && worker === b[at]?.worker);

function mount(host: TabHost): TabView {
  const note = element("p", { class: "tgw-note" });
  const follow = element("button", { type: "button", class: "tgw-link" }, words.followNow);
  const head = element("div", { class: "tgw-time-head" }, note, follow);
  const face = chart({ role: "img", className: "tgw-chart-time", onChange: host.refresh });
  const spread = durationsChart(host.refresh);
  const list = stragglerList(host.openTask);
  const foot = element("div", { class: "tgw-time-foot" }, spread.element, list.element);
  const root = element("div", { class: "tgw-charts" }, element("style", {}, style), head, face.element, foot);
  const running = runningTasks(host);
  const keys = keysOf(host);

  let state: TabState | null = null;
  let of = { group: -1, generation: -1 };
  let opened = 0;
  let window: TimeWindow | null = null;
  let isWhole = true;
  let laid: {
    timings: readonly Timing[];
    running: readonly Running[];
    lanes: Lanes;
    durations: Durations;
  } | null = null;
  let plot: Plot | null = null;
  /** What it was made of. */
  let plotted: readonly unknown[] = [];
  let pixels: { theme: string; done: number; erred: number; runs: number; lags: number } | null = null;
  let hovered: Point | null = null;

  const period = (): Period => ({
    from: Math.min(opened, laid?.timings[0]?.start ?? opened),
    to: state?.now ?? opened,
  });
  const left = () => Math.min(MOST_NAME_PX, Math.round(face.size.width * 0.32));
  const hands = {
    onZoom(factor: number, about: number) {
      if (!window) return;
      isWhole = false;
      window = zoomed(window, period(), factor, about);
      host.refresh();
    },
    onPan(by: number) {
      if (!window) return;
      isWhole = false;
      window = panned(window, period(), by);
      host.refresh();
    },
    onWhole() {
      isWhole = true;
      window = whole(period());
      host.refresh();
    },
  };
  const control = controlTime(face.canvas, {
    ...hands,
    span: () => ({ left: left(), width: Math.max(1, face.size.width - left()) }),
  });
  const unwatch = watchPointer(face.canvas, {
    onMove(at) {
      hovered = at;
      host.refresh();
    },
    onClick(at) {
      const bar = control.dragged ? -1 : barUnder(at);
      const address = bar < 0 ? null : addressOf(bar);
      if (address) host.openTask(address);
    },
    onDoubleClick() {},
  });
  watchChartKeys(face.canvas, (key) => timeKey(key, hands));
  follow.addEventListener("click", hands.onWhole);
  // Bars of what runs grow although nothing is told.
  const timer = setInterval(() => {
    if (root.isConnected && (laid?.running.length ?? 0) > 0) host.refresh();
  }, TICK_MS);

  function begin({ study, now }: TabState) {
    if (of.group === study.group && of.generation === study.generation) return;
    const same = of.group === study.group;
    of = { group: study.group, generation: study.generation };
    laid = null;
    if (same) return;
    opened = now;
    window = null;
    isWhole = true;
  }

  function layOut({ study }: TabState, runs: readonly Running[]) {
    const { timings, workerNames } = study;
    const unchanged = laid?.timings === timings;
    if (laid && unchanged && sameRunning(laid.running, runs)) return { ...laid, running: runs };
    const lanes = lanesOf(timings, runs, (code) => workerNames[code - 1] ?? words.otherWorkers);
    const durations = laid && unchanged ? laid.durations : durationsOf(timings);
    return { timings, running: runs, lanes, durations };
  }

  function barUnder({ x, y }: Point): number {
    if (!plot) return -1;
    const ratio = plot.height / Math.max(1, face.size.height - AXIS_PX);
    return barAt(plot, Math.floor((x - left()) * ratio), Math.floor(y * ratio));
  }

  function addressOf(bar: number): TaskAddress | null {
    const timing = laid?.timings[bar];
    if (timing) return { place: timing.place, generation: of.generation };
    const reference = laid?.running[bar - (laid?.timings.length ?? 0)]?.reference ?? null;
    return reference === null ? null : { reference };
  }

  function pixelsFor({ theme, palette }: Ink) {
    const key = `${theme} ${palette.accent}`;
    if (pixels?.theme === key) return pixels;
    pixels = {
      theme: key,
      done: pixelOf(stateColour("memory", theme)),
      erred: pixelOf(stateColour("erred", theme)),
      runs: pixelOf(stateColour("processing", theme)),
      lags: pixelOf(palette.accent),
    };
    return pixels;
  }

  /** What is less than a pixel later looks the same. */
  function plotOf(width: number, height: number, now: TabState, at: TimeWindow, lags: ReadonlySet<string>) {
    const span = at.to - at.from;
    const { from } = period();
    const pixels = (time: number) => Math.round(((time - from) * width) / span);
    const input = [width, height, Math.round(Math.log(span) * width), pixels(at.from), pixels(now.now)];
    const told = [laid?.lanes, now.study, lags.size, now.ink.theme];
    const key = [...input, ...told];
    if (plot && key.every((each, n) => each === plotted[n])) return plot;
    plotted = key;
    if (plot?.width !== width || plot.height !== height) plot = newPlot(width, height);
    else clear(plot);
    drawBars(plot, now, at, lags);
    return plot;
  }

  function drawBars(target: Plot, now: TabState, at: TimeWindow, lags: ReadonlySet<string>) {
    if (!laid) return;
    const { timings, lanes, running: runs } = laid;
    const colours = pixelsFor(now.ink);
    const { study } = now;
    const erred = study.stateNames.indexOf("erred");
    const scale = target.width / (at.to - at.from);
    const x = (time: number) => (time - at.from) * scale;
    const rows = Array.from({ length: lanes.count }, (_, lane) => laneRows(lane, lanes.count, target.height));
    const rowsOf = (bar: number) => rows[lanes.lane[bar] ?? 0] ?? ([0, 1] as const);
    // What failed lies over what did not.
    for (const failed of [false, true]) {
      for (let bar = 0; bar < timings.length; bar++) {
        const timing = timings[bar];
        if (!timing || (study.states[timing.place] === erred) !== failed) continue;
        if (timing.stop < at.from || timing.start > at.to) continue;
        drawBar(
          target,
          rowsOf(bar),
          x(timing.start),
          x(timing.stop),
          failed ? colours.erred : colours.done,
          bar,
        );
      }
    }
    runs.forEach(({ key, start }, each) => {
      const bar = timings.length + each;
      const [top, bottom] = rowsOf(bar);
      drawBar(target, [top, bottom], x(start), x(now.now), colours.runs, bar);
      if (!lags.has(key)) return;
      const thin = bottom - top > 4 ? 2 : 1;
      drawBar(target, [Math.max(top, bottom - thin), bottom], x(start), x(now.now), colours.lags, bar);
    });
  }

  function draw(now: TabState, at: TimeWindow, lags: ReadonlySet<string>) {
    const surface = face.begin(now.ink);
    if (!surface || !laid) return;
    const { pen, ratio } = surface;
    const room = { width: face.size.width - left(), height: face.size.height - AXIS_PX };
    const width = Math.max(1, Math.round(room.width * ratio));
    const height = Math.max(1, Math.round(room.height * ratio));
    const target = plotOf(width, height, now, at, lags);
    const image = new ImageData(new Uint8ClampedArray(target.pixels.buffer), target.width, target.height);
    pen.putImageData(image, Math.round(left() * ratio), 0);
    drawAxis(pen, at, room, now.ink);
    drawNames(pen, laid.lanes, room.height, now.ink);
  }

  function drawAxis(
    pen: CanvasRenderingContext2D,
    at: TimeWindow,
    room: { width: number; height: number },
    { palette }: Ink,
  ) {
    const { from } = period();
    const marks = ticks(at, from, room.width / TICK_GAP_PX);
    for (const { at: time, seconds } of marks) {
      const x = left() + ((time - at.from) / (at.to - at.from)) * room.width;
      pen.fillStyle = palette.border;
      pen.fillRect(Math.round(x), room.height, 1, 4);
      pen.fillStyle = palette.dim;
      pen.textAlign = x > left() + room.width - 24 ? "right" : "center";
      pen.fillText(seconds % 1 ? duration(seconds) : elapsed(seconds), x, room.height + 11);
    }
    pen.fillStyle = palette.border;
    pen.fillRect(left(), room.height, room.width, 1);
  }

  function drawNames(
    pen: CanvasRenderingContext2D,
    { workers, count: all }: Lanes,
    height: number,
    { palette }: Ink,
  ) {
    pen.fillStyle = palette.dim;
    pen.textAlign = "left";
    const width = left() - 6;
    let free = 0;
    for (const { name, first, count: own } of workers) {
      const y = ((first + own / 2) * height) / all;
      if (y < free) continue;
      free = y + NAME_GAP_PX;
      pen.fillText(
        cutToWidth(shortAddress(name), width, (text) => pen.measureText(text).width),
        0,
        Math.max(6, y),
      );
    }
  }

  function tellOf(now: TabState, bar: number): { title: string; lines: Line[] } | null {
    if (!laid) return null;
    const { from } = period();
    const { study } = now;
    const timing = laid.timings[bar];
    if (timing) {
      const title = keys.of(timing.place, study.generation) ?? words.aTask;
      return {
        title,
        lines: [
          [words.state, stateText(study.stateNames[study.states[timing.place] ?? -1] ?? "")],
          [words.worker, study.workerNames[timing.worker - 1] ?? words.otherWorkers],
          [words.took, duration(timing.stop - timing.start)],
          [words.began, duration(timing.start - from)],
        ],
      };
    }
    const task = laid.running[bar - laid.timings.length];
    if (!task) return null;
    return {
      title: task.key,
      lines: [
        [words.worker, task.worker],
        [words.runsFor, duration(now.now - task.start)],
      ],
    };
  }

  function showHover(now: TabState) {
    const bar = hovered ? barUnder(hovered) : -1;
    const told = bar < 0 ? null : tellOf(now, bar);
    if (!told || !hovered) return face.hush();
    face.tell({ x: hovered.x - 4, y: hovered.y - 8, width: 8, height: 16 }, told.title, told.lines);
  }

  return {
    element: root,
    update(now) {
      state = now;
      const { study, group, prefix } = now;
      if (study.group !== group.id) {
        setText(note, words.reading);
        return;
      }
      begin(now);
      laid = layOut(now, running.of(now));
      const typical = typicalSeconds(laid.durations, prefix?.durationAverage ?? null);
      const lagging: readonly Straggler[] = stragglersOf(laid.running, typical, now.now);
      window = followed(window, period(), isWhole);
      follow.hidden = isWhole;
      const sentence = words.timeline(count(laid.timings.length), count(laid.running.length));
      setText(note, sentence);
      face.label(words.timelineLabel(sentence, count(laid.lanes.workers.length)));
      draw(now, window, new Set(lagging.map(({ key }) => key)));
      spread.show(laid.durations, laid.running, typical, now.now, now.ink);
      list.show(lagging, typical, laid.durations.sorted.length > 0);
      showHover(now);
    },
    dispose() {
      clearInterval(timer);
      unwatch();
      control.dispose();
      spread.dispose();
      face.dispose();
    },
  };
}

export const timeline: Tab = { id: "timeline", label: words.tabs.timeline, columns: ["state"], mount };
