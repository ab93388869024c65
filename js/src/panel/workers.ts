/** How a group spreads over the workers: tasks by state, memory and time of each, the most first. */

import { refill } from "../dom/bar.ts";
import { element, setAttribute, setText } from "../dom/element.ts";
import { lateAfter } from "../draw/frames.ts";
import { bytes, count, duration, factor, ratio } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { stateText, texts } from "../texts.ts";
import { chart, type Line, watchChartKeys } from "./chart.ts";
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
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";
import { drawRows, FORMATS, profilePx, ROW_PX, type Skews, segmentsOf } from "./worker-rows.ts";

const words = texts.charts;
const PORTION_MS = 4;
/** Workers in the table for those who do not see the chart. */
const MOST_READ = 50;
const READ_MS = 2000;

function mount(host: TabHost): TabView {
  const heads = MEASURES.map((measure) => {
    const [times, median, most] = [element("b"), element("small"), element("small")];
    const title = element("span", {}, words.measures[measure], times);
    const button = element("button", { type: "button" }, title, median, most);
    button.addEventListener("click", () => {
      by = measure;
      cursor = -1;
      host.refresh();
    });
    return { measure, button, times, median, most };
  });
  const head = element("div", { class: "tgw-spread-head" }, ...heads.map(({ button }) => button));
  const note = element("p", { class: "tgw-note" });
  const table = element("table", { class: "tgw-unseen" });
  const fillTable = refill(table);
  const face = chart({ role: "img", className: "tgw-chart-rows", onChange: host.refresh });
  const root = element("div", { class: "tgw-charts" }, note, head, face.element, table);

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

  const above = () => profilePx(sorted.shares.length, face.size);
  const top = (row: number) => above() + row * ROW_PX - face.scrolled;

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

  function skewsAmong(all: number): Skews {
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

  function linesOf(share: WorkerShare): Line[] {
    const parts = segmentsOf(share, state?.study.stateNames ?? []);
    return [
      [words.measures.tasks, count(share.tasks)],
      ...parts.map((part): Line => [stateText(part.state), count(part.count)]),
      [words.measures.held, bytes(share.held)],
      [words.measures.seconds, words.secondsOf(duration(share.seconds), count(share.finished))],
    ];
  }

  const unwatch = watchPointer(face.canvas, {
    onMove(at) {
      const row = at ? Math.floor((at.y + face.scrolled - above()) / ROW_PX) : -1;
      hovered = at && at.y >= above() && row < sorted.shares.length ? row : -1;
      host.refresh();
    },
    onClick() {},
    onDoubleClick() {},
  });

  watchChartKeys(face.canvas, (key) => {
    const page = Math.max(1, Math.floor((face.size.height - above()) / ROW_PX) - 1);
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
    const hidden = top(cursor) - above();
    const below = top(cursor) + ROW_PX - face.size.height;
    face.scrollBy(hidden < 0 ? hidden : Math.max(0, below));
    host.refresh();
    return true;
  });

  const marked = () => (hovered >= 0 ? hovered : face.canvas.matches(":focus") ? cursor : -1);

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
        setText(head.most, words.most(format(most)));
        setText(head.times, median > 0 ? words.times(factor(most / median)) : "");
      }
      const { study } = now;
      const { told, homeless } = counted.spread;
      const isTold = study.complete && told >= study.count;
      const isReading = counted.group !== now.group.id || (shares.length === 0 && !isTold);
      const sentence = isReading
        ? now.absent || words.reading
        : shares.length === 0
          ? words.noWorkers
          : words.spread(
              count(shares.length),
              count(all),
              told < study.count ? ratio(told, study.count) : "",
              homeless > 0 ? count(homeless) : "",
            );
      setText(note, sentence);
      head.hidden = shares.length === 0;
      face.element.hidden = shares.length === 0;
      face.setHeight(shares.length * ROW_PX + above());
      face.label(
        words.spreadLabel(sentence, words.skew(FORMATS[by](skews[by].median), FORMATS[by](skews[by].most))),
      );
      const row = marked();
      const surface = face.begin(now.ink);
      const { size, scrolled } = face;
      const { stateNames } = now.study;
      if (surface)
        drawRows(surface.pen, { shares, by, skews, stateNames, size, scrolled, marked: row }, now.ink);
      read(shares);
      const share = shares[row];
      if (share)
        face.tell({ x: 0, y: top(row), width: face.size.width, height: ROW_PX }, share.name, linesOf(share));
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
