/** How a group spreads over the workers: tasks by state, memory and time of each, the most first. */

import { refill } from "../dom/bar.ts";
import { element, setAttribute, setText } from "../dom/element.ts";
import { lateAfter } from "../draw/frames.ts";
import type { Ink } from "../draw/ink.ts";
import { drawParts, partsOf, type Rect } from "../draw/stacked.ts";
import { bytes, count, duration } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { cutToWidth } from "../names.ts";
import { displayOrder, type Segment } from "../progress.ts";
import { stateText, texts } from "../texts.ts";
import { stateColour } from "../theme.ts";
import { chart, type Line, watchChartKeys } from "./chart.ts";
import { shortAddress } from "./charts/address.ts";
import {
  type Counting,
  count as countTasks,
  MEASURES,
  type Measure,
  NO_SPREAD,
  newCounting,
  type Skew,
  type Spread,
  skewOf,
  sortedBy,
  spreadOf,
  type WorkerShare,
} from "./charts/spread.ts";
import style from "./charts.css";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";

const words = texts.charts;
const PORTION_MS = 6;
const ROW_PX = 22;
const BAR_PX = 10;
const PROFILE_PX = 48;
const NUMBER_PX = 58;
const GAP_PX = 10;
/** In a narrower panel there is room for one measure. */
const NARROW_PX = 460;
/** Workers in the table for those who do not see the chart. */
const MOST_READ = 50;
const READ_MS = 2000;

const FORMATS: Readonly<Record<Measure, (value: number) => string>> = {
  tasks: (value) => count(Math.round(value)),
  held: bytes,
  seconds: duration,
};

interface ColumnLay {
  readonly measure: Measure;
  readonly x: number;
  readonly width: number;
}

/** Names to the left, then a column for each measure that there is room for. */
export function columnsFor(width: number, by: Measure): { name: number; columns: ColumnLay[] } {
  const shown = width < NARROW_PX ? [by] : MEASURES;
  const name = Math.min(160, Math.round(width * 0.3));
  const shares = {
    tasks: shown.length > 1 ? 0.44 : 1,
    held: shown.length > 1 ? 0.28 : 1,
    seconds: shown.length > 1 ? 0.28 : 1,
  };
  const free = width - name - GAP_PX * shown.length;
  let x = name;
  const columns = shown.map((measure) => {
    const column = { measure, x: x + GAP_PX, width: free * shares[measure] };
    x += GAP_PX + column.width;
    return column;
  });
  return { name, columns };
}

function mount(host: TabHost): TabView {
  const heads = MEASURES.map((measure) => {
    const median = element("small");
    const most = element("small");
    const button = element("button", { type: "button" }, words.measures[measure], median, most);
    button.addEventListener("click", () => {
      by = measure;
      cursor = -1;
      host.refresh();
    });
    return { measure, button, median, most };
  });
  const head = element("div", { class: "tgw-spread-head" }, ...heads.map(({ button }) => button));
  const note = element("p", { class: "tgw-note" });
  const table = element("table", { class: "tgw-unseen" });
  const fillTable = refill(table);
  const face = chart({ role: "img", className: "tgw-chart-rows", onChange: host.refresh });
  const root = element(
    "div",
    { class: "tgw-charts" },
    element("style", {}, style),
    note,
    head,
    face.element,
    table,
  );

  let state: TabState | null = null;
  let by: Measure = "tasks";
  let counting: Counting | null = null;
  let counted: { spread: Spread; group: number } = { spread: NO_SPREAD, group: -1 };
  let sorted: { spread: Spread; by: Measure; shares: readonly WorkerShare[] } = {
    spread: NO_SPREAD,
    by,
    shares: [],
  };
  const none: Skew = { median: 0, most: 0 };
  let skewed = { spread: NO_SPREAD, all: 0, of: { tasks: none, held: none, seconds: none } };
  let hovered = -1;
  let cursor = -1;
  let readMs = Number.NEGATIVE_INFINITY;

  const profilePx = () => (sorted.shares.length * ROW_PX > face.size.height ? PROFILE_PX : 0);
  const top = (row: number) => profilePx() + row * ROW_PX - face.scrolled;

  /** Takes a portion of the counting; the numbers of before stand until it is through. */
  function takeIn({ study, group }: TabState) {
    if (study.group !== group.id) return;
    if (counting?.study.group !== study.group) counting = null;
    if (counted.group !== study.group) counted = { spread: NO_SPREAD, group: study.group };
    counting ??= newCounting(study);
    if (!countTasks(counting, lateAfter(PORTION_MS))) return host.refresh();
    if (counting.done) {
      if (counting.study === study) return;
      counting = newCounting(study);
      return host.refresh();
    }
    counting.done = true;
    counted = { spread: spreadOf(counting, words.otherWorkers), group: study.group };
    if (counting.study !== study) host.refresh();
  }

  function order(): readonly WorkerShare[] {
    const { spread } = counted;
    if (sorted.spread !== spread || sorted.by !== by)
      sorted = { spread, by, shares: sortedBy(spread.shares, by) };
    return sorted.shares;
  }

  function skewsAmong(all: number): Readonly<Record<Measure, Skew>> {
    const { spread } = counted;
    if (skewed.spread !== spread || skewed.all !== all) {
      const { shares } = spread;
      const of = {
        tasks: skewOf(shares, "tasks", all),
        held: skewOf(shares, "held", all),
        seconds: skewOf(shares, "seconds", all),
      };
      skewed = { spread, all, of };
    }
    return skewed.of;
  }

  const segments = ({ states }: WorkerShare, names: readonly string[]): Segment[] =>
    displayOrder(names).flatMap((name) => {
      const tasks = states[names.indexOf(name)] ?? 0;
      return tasks > 0 ? [{ state: name, count: tasks }] : [];
    });

  function linesOf(share: WorkerShare): Line[] {
    const parts = segments(share, state?.study.stateNames ?? []);
    return [
      [words.measures.tasks, count(share.tasks)],
      ...parts.map((part): Line => [stateText(part.state), count(part.count)]),
      [words.measures.held, bytes(share.held)],
      [words.measures.seconds, words.secondsOf(duration(share.seconds), count(share.finished))],
    ];
  }

  const unwatch = watchPointer(face.canvas, {
    onMove(at) {
      const row = at ? Math.floor((at.y + face.scrolled - profilePx()) / ROW_PX) : -1;
      hovered = at && at.y >= profilePx() && row < sorted.shares.length ? row : -1;
      host.refresh();
    },
    onClick() {},
    onDoubleClick() {},
  });

  watchChartKeys(face.canvas, (key) => {
    const page = Math.max(1, Math.floor((face.size.height - profilePx()) / ROW_PX) - 1);
    const last = sorted.shares.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -last - 1,
      End: last + 1,
    };
    const step = steps[key];
    if (step === undefined || last < 0) return false;
    cursor = Math.max(0, Math.min(last, cursor + step));
    hovered = -1;
    const above = top(cursor) - profilePx();
    const below = top(cursor) + ROW_PX - face.size.height;
    face.scrollBy(above < 0 ? above : Math.max(0, below));
    host.refresh();
    return true;
  });

  function draw(shares: readonly WorkerShare[], skews: Readonly<Record<Measure, Skew>>, ink: Ink) {
    const surface = face.begin(ink);
    if (!surface) return;
    const { pen } = surface;
    const { width, height } = face.size;
    const { name, columns } = columnsFor(width, by);
    const marked = hovered >= 0 ? hovered : face.canvas.matches(":focus") ? cursor : -1;
    const first = Math.max(0, Math.floor((face.scrolled - ROW_PX) / ROW_PX));
    const last = Math.min(shares.length, Math.ceil((face.scrolled + height) / ROW_PX));
    for (let row = first; row < last; row++) {
      const share = shares[row];
      if (!share) continue;
      const y = top(row);
      if (row === marked) {
        pen.fillStyle = ink.palette.background;
        pen.fillRect(0, y, width, ROW_PX);
      }
      pen.fillStyle = ink.palette.text;
      pen.textAlign = "left";
      pen.fillText(
        cutToWidth(shortAddress(share.name), name, (text) => pen.measureText(text).width),
        0,
        y + ROW_PX / 2,
      );
      for (const column of columns) drawMeasure(pen, share, column, y, skews[column.measure], ink);
    }
    drawMedians(pen, columns, skews, shares.length, ink);
    if (profilePx() > 0) drawProfile(pen, shares, skews[by], ink);
  }

  function drawMeasure(
    pen: CanvasRenderingContext2D,
    share: WorkerShare,
    { measure, x, width }: ColumnLay,
    y: number,
    { most }: Skew,
    ink: Ink,
  ) {
    const value = share[measure];
    pen.fillStyle = ink.palette.dim;
    pen.textAlign = "right";
    pen.fillText(FORMATS[measure](value), x + NUMBER_PX - 6, y + ROW_PX / 2);
    const room = width - NUMBER_PX;
    const wide = most > 0 ? Math.max(value > 0 ? 1 : 0, (room * value) / most) : 0;
    if (wide <= 0) return;
    const rect: Rect = { x: x + NUMBER_PX, y: y + (ROW_PX - BAR_PX) / 2, width: wide, height: BAR_PX };
    if (measure === "tasks")
      drawParts(pen, partsOf(segments(share, state?.study.stateNames ?? []), rect), ink, 3);
    else {
      pen.fillStyle = measure === "held" ? stateColour("memory", ink.theme) : ink.palette.edge;
      pen.fillRect(rect.x, rect.y, rect.width, rect.height);
    }
  }

  function drawMedians(
    pen: CanvasRenderingContext2D,
    columns: readonly ColumnLay[],
    skews: Readonly<Record<Measure, Skew>>,
    rows: number,
    { palette }: Ink,
  ) {
    const bottom = Math.min(face.size.height, top(rows));
    pen.fillStyle = palette.text;
    for (const { measure, x, width } of columns) {
      const { median, most } = skews[measure];
      if (most > 0)
        pen.fillRect(
          x + NUMBER_PX + ((width - NUMBER_PX) * median) / most,
          profilePx(),
          1,
          bottom - profilePx(),
        );
    }
  }

  /** All workers at once, the most on the left, with the median across. */
  function drawProfile(
    pen: CanvasRenderingContext2D,
    shares: readonly WorkerShare[],
    { median, most }: Skew,
    ink: Ink,
  ) {
    const { width } = face.size;
    const height = PROFILE_PX - 10;
    pen.fillStyle = ink.palette.card;
    pen.fillRect(0, 0, width, PROFILE_PX);
    pen.fillStyle = ink.palette.edge;
    for (let x = 0; x < width; x++) {
      const value = shares[Math.floor((x * shares.length) / width)]?.[by] ?? 0;
      const tall = most > 0 ? (height * value) / most : 0;
      pen.fillRect(x, height - tall, 1, tall);
    }
    pen.fillStyle = ink.palette.text;
    const y = most > 0 ? height - (height * median) / most : height;
    pen.fillRect(0, Math.round(y), width, 1);
    pen.textAlign = "right";
    pen.fillText(words.median(FORMATS[by](median)), width - 2, Math.max(7, y - 8));
    const seen = {
      from: face.scrolled / ROW_PX,
      to: (face.scrolled + face.size.height - PROFILE_PX) / ROW_PX,
    };
    pen.fillStyle = ink.palette.accent;
    const scale = width / shares.length;
    pen.fillRect(seen.from * scale, height + 1, Math.max(3, (seen.to - seen.from) * scale), 2);
  }

  function read(shares: readonly WorkerShare[]) {
    const nowMs = performance.now();
    if (nowMs - readMs < READ_MS) return;
    readMs = nowMs;
    const rows = shares
      .slice(0, MOST_READ)
      .map((share) => [share.name, ...MEASURES.map((each) => FORMATS[each](share[each]))]);
    fillTable(rows, () => [
      element("caption", {}, words.tableOf(count(rows.length), count(shares.length))),
      element(
        "tr",
        {},
        ...[words.worker, ...MEASURES.map((each) => words.measures[each])].map((text) =>
          element("th", { scope: "col" }, text),
        ),
      ),
      ...rows.map((cells) => element("tr", {}, ...cells.map((text) => element("td", {}, text)))),
    ]);
  }

  return {
    element: root,
    update(now) {
      state = now;
      takeIn(now);
      const shares = order();
      const all = Math.max(shares.length, now.mirror.summary.workers);
      const skews = skewsAmong(all);
      for (const head of heads) {
        const { median, most } = skews[head.measure];
        const format = FORMATS[head.measure];
        setAttribute(head.button, "aria-pressed", String(head.measure === by));
        setText(head.median, words.median(format(median)));
        setText(head.most, words.most(format(most), median > 0 ? (most / median).toFixed(1) : ""));
      }
      const isReading = counted.group !== now.group.id || (shares.length === 0 && !now.study.complete);
      const sentence = isReading
        ? words.reading
        : shares.length === 0
          ? words.noWorkers
          : words.spread(count(shares.length), count(all), count(counted.spread.homeless));
      setText(note, sentence);
      head.hidden = shares.length === 0;
      face.element.hidden = shares.length === 0;
      face.setHeight(shares.length * ROW_PX + profilePx());
      face.label(
        words.spreadLabel(sentence, words.skew(FORMATS[by](skews[by].median), FORMATS[by](skews[by].most))),
      );
      draw(shares, skews, now.ink);
      read(shares);
      const marked = hovered >= 0 ? hovered : face.canvas.matches(":focus") ? cursor : -1;
      const share = shares[marked];
      if (share)
        face.tell(
          { x: 0, y: top(marked), width: face.size.width, height: ROW_PX },
          share.name,
          linesOf(share),
        );
      else face.hush();
    },
    dispose() {
      unwatch();
      face.dispose();
    },
  };
}

export const workers: Tab = {
  id: "workers",
  label: words.tabs.workers,
  columns: ["state", "worker", "nbytes"],
  mount,
};
