/** When tasks ran, and on which worker, since somebody has been looking; how long they took, and which lag behind. */
import { element, setText } from "../dom/element.ts";
import { count, duration } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import type { Point } from "../layout/graph.ts";
import { EMPTY_STUDY } from "../study.ts";
import { stateText, texts } from "../texts.ts";
import type { TaskAddress, Timing } from "../wire-study.ts";
import { chart, type Line, watchChartKeys } from "./chart.ts";
import { type Lanes, lanesOf, type Running } from "./charts/lanes.ts";
import {
  type Durations,
  durationsOf,
  type Straggler,
  stragglersOf,
  typicalSeconds,
} from "./charts/stragglers.ts";
import { followed, type Period, panned, type TimeWindow, whole, zoomed } from "./charts/time-window.ts";
import { durationsChart } from "./durations.ts";
import { keysOf } from "./keys.ts";
import { runningTasks } from "./running.ts";
import { stragglerList } from "./straggler-list.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";
import { AXIS_PX, drawAxis, drawNames, timeBars } from "./time-bars.ts";
import { controlTime, timeKey } from "./time-control.ts";

const words = texts.charts;
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
  const root = element("div", { class: "tgw-charts" }, head, face.element, foot);
  const running = runningTasks(host);
  const keys = keysOf(host);
  const bars = timeBars();

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
    /** When the first of them began. */
    first: number;
  } | null = null;
  let hovered: Point | null = null;

  /** Ends with what finished last when nothing runs. */
  const period = (): Period => {
    const last = laid?.timings.at(-1)?.stop ?? opened;
    const isOver = laid !== null && laid.running.length === 0 && laid.timings.length > 0;
    return {
      from: Math.min(opened, laid?.first ?? opened),
      to: isOver ? last : Math.max(last, state?.now ?? opened),
    };
  };
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
    const first = timings.reduce((least, { start }) => Math.min(least, start), Number.POSITIVE_INFINITY);
    return { timings, running: runs, lanes, durations, first };
  }

  const barUnder = ({ x, y }: Point): number => bars.barAt(x - left(), y);

  function addressOf(bar: number): TaskAddress | null {
    const timing = laid?.timings[bar];
    if (timing) return { place: timing.place, generation: of.generation };
    const reference = laid?.running[bar - (laid?.timings.length ?? 0)]?.reference ?? null;
    return reference === null ? null : { reference };
  }

  function draw(now: TabState, at: TimeWindow, lags: ReadonlySet<string>) {
    const surface = face.begin(now.ink);
    if (!surface || !laid) return;
    const { pen, ratio } = surface;
    const room = { x: left(), y: 0, width: face.size.width - left(), height: face.size.height - AXIS_PX };
    const { study, ink } = now;
    bars.draw(pen, room, ratio, { ...laid, at, lags, study, ink, now: now.now, origin: period().from });
    drawAxis(pen, at, period().from, room, ink);
    drawNames(pen, laid.lanes, room, ink);
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
    update(given) {
      // What runs is also told by itself.
      const isTold = given.study.group === given.group.id;
      const now = isTold ? given : { ...given, study: { ...EMPTY_STUDY, group: given.group.id } };
      state = now;
      const { prefix } = now;
      begin(now);
      laid = layOut(now, running.of(now));
      const typical = typicalSeconds(laid.durations, prefix?.durationAverage ?? null);
      const lagging: readonly Straggler[] = stragglersOf(laid.running, typical, now.now);
      window = followed(window, period(), isWhole);
      follow.hidden = isWhole;
      const isIdle = laid.timings.length + laid.running.length === 0;
      face.element.hidden = isIdle;
      foot.hidden = isIdle;
      const idle = now.absent || (now.study.complete ? words.nothingRan : words.reading);
      const sentence = isIdle ? idle : words.timeline(count(laid.timings.length), count(laid.running.length));
      setText(note, sentence);
      face.label(words.timelineLabel(sentence, count(laid.lanes.workers.length)));
      draw(now, window, new Set(lagging.map(({ key }) => key)));
      spread.show(laid.durations, laid.running, typical, now.now, now.ink);
      list.show(lagging, typical, laid.durations.sorted.length > 0);
      showHover(now);
    },
    dispose() {
      unwatch();
      control.dispose();
      spread.dispose();
      face.dispose();
    },
  };
}

export const timeline: Tab = { id: "timeline", label: words.tabs.timeline, columns: ["state"], mount };
