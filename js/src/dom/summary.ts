/** The summary line above the graph. */

import type { Heading } from "../draw/heading.ts";
import { bytes, count, duration, elapsed, percent, ratio, share } from "../format.ts";
import { type Lens, type LensChange, toggledState } from "../lens.ts";
import type { Category } from "../picture/colouring.ts";
import type { Picture } from "../picture/index.ts";
import type { State } from "../store.ts";
import { type Condition, conditionOf, elapsedSeconds, isRunning, type Totals, totalsOf } from "../summary.ts";
import { stateText, texts } from "../texts.ts";
import { PALETTES, stateColour, type ThemeName } from "../theme.ts";
import type { Summary } from "../wire.ts";
import { barParts, refill } from "./bar.ts";
import { element, setAttribute, setText } from "./element.ts";
import { categoryEntries, stateLegend } from "./legend.ts";

export interface SummaryInput {
  readonly state: State;
  readonly picture: Picture;
  readonly theme: ThemeName;
  readonly lens: Lens;
  /** What the colours of the cards tell, when that is not the state. */
  readonly categories: readonly Category[];
  readonly pageSeconds: number;
}

export interface SummaryLine {
  readonly element: HTMLElement;
  update(input: SummaryInput): Condition;
}

export function summaryLine(onLens: (change: LensChange) => void): SummaryLine {
  const word = element("span", { class: "tgw-word" });
  const status = element("span", { class: "tgw-status" }, element("i", { class: "tgw-dot" }), word);
  const done = element("b");
  const tasks = element("span", { class: "tgw-tasks" });
  const bar = element("span", { class: "tgw-bar tgw-bar-all" });
  const clock = element("span", { class: "tgw-elapsed", title: texts.elapsedTitle });
  const legend = stateLegend((state) => onLens((lens) => toggledState(lens, state)));
  const categoryLine = element("div", { class: "tgw-line tgw-small tgw-legend tgw-categories" });
  const groups = element("span", { class: "tgw-groups" });
  const earlier = element("button", { type: "button", class: "tgw-link", title: texts.showEarlierTitle });
  const workers = element("span");
  const produced = element("span", { title: texts.producedTitle });
  const costShare = element("span");
  const cost = element("span", {}, costShare, element("span", { class: "tgw-wide" }, texts.costOf));
  const progress = element("span", {}, done, tasks);
  const shown = element("span", {}, groups, earlier);
  const facts = element("span", { class: "tgw-facts" }, produced, cost);
  const cluster = element("span", { class: "tgw-facts tgw-cluster" }, workers, clock);
  const line = element(
    "div",
    { class: "tgw-summary" },
    element("div", { class: "tgw-line" }, status, progress, shown, bar, cluster),
    element("div", { class: "tgw-line tgw-small" }, legend.element, facts),
    categoryLine,
  );
  const fillBar = refill(bar);
  const fillCategories = refill(categoryLine);
  earlier.addEventListener("click", () => onLens((lens) => ({ ...lens, earlier: !lens.earlier })));

  const showTotals = (totals: Totals, { lens, categories, theme }: SummaryInput) => {
    const { total } = totals;
    progress.hidden = total === 0;
    setText(done, ratio(totals.done, total));
    setText(tasks, ` ${texts.tasks} · ${percent(totals.done, total)}`);
    fillBar([totals.bar, theme], () => barParts(totals.bar, theme));
    legend.update(totals.bar, lens.states, theme);
    categoryLine.hidden = categories.length === 0;
    fillCategories([categories, theme], () => categoryEntries(categories, theme));
    setText(produced, totals.produced > 0 ? texts.produced(bytes(totals.produced)) : "");
  };

  return {
    element: line,
    update(input) {
      const { state, picture, theme, lens, pageSeconds } = input;
      const { summary, session } = state.mirror;
      const totals = totalsOf(picture, state.mirror.states);
      const condition = conditionOf(state, totals);
      setAttribute(status, "data-condition", condition);
      status.style.setProperty("--tgw-condition", conditionColour(condition, theme));
      setAttribute(status, "title", summary.address ? texts.address(summary.address) : "");
      setText(word, texts.words[condition]);
      showTotals(totals, input);
      const seconds = elapsedSeconds(state, condition, pageSeconds);
      const spent = isRunning(condition) ? elapsed(seconds) : duration(seconds);
      setText(clock, summary.started ? spent : "");
      shown.hidden = picture.known === 0;
      setText(groups, groupsText(picture));
      setText(earlier, lens.earlier ? texts.hideEarlier : texts.showEarlier);
      earlier.hidden = picture.earlier === 0;
      setText(workers, session ? workersText(summary) : "");
      cost.hidden = !session;
      setText(costShare, texts.cost(share(summary.schedulerCost)));
      setAttribute(cost, "title", texts.costTitle(share(summary.kernelCost)));
      return condition;
    },
  };
}

/** The same in one line, for a picture that is taken away. */
export function headingOf(input: SummaryInput): Heading {
  const { state, picture, categories, pageSeconds } = input;
  const { summary } = state.mirror;
  const totals = totalsOf(picture, state.mirror.states);
  const condition = conditionOf(state, totals);
  const { done, total, produced } = totals;
  const said = [
    texts.words[condition],
    total > 0 ? `${ratio(done, total)} ${texts.tasks}` : "",
    percent(done, total),
    groupsText(picture),
    workersText(summary),
    produced > 0 ? texts.produced(bytes(produced)) : "",
    summary.started ? duration(elapsedSeconds(state, condition, pageSeconds)) : "",
  ];
  return {
    line: said.filter(Boolean).join(" · "),
    keys: [
      ...totals.bar.map(({ state, count: tasks }) => ({
        state,
        text: `${count(tasks)} ${stateText(state)}`,
      })),
      ...categories.map(({ hue, label, count: cards }) => ({ hue, text: `${count(cards)} ${label}` })),
    ],
  };
}

/** How many of the groups are shown, and as what where several share a card. */
export function groupsText({ nodes, homes, known, level }: Picture): string {
  const numbers = [count(homes.size), count(known)] as const;
  if (nodes.size === homes.size) return texts.groupsShown(...numbers);
  const kinds = new Set([...nodes.values()].map(({ kind }) => kind));
  kinds.delete("group");
  const [kind, ...others] = kinds;
  const pure = others.length === 0 && (kind === "prefix" || kind === "computation") && level !== "groups";
  return texts.groupsAs[pure ? level : "cards"](...numbers, count(nodes.size));
}

function workersText({ workers, threads }: Summary): string {
  if (workers === 0) return texts.noWorkers;
  return workers === 1 ? texts.oneWorker(count(threads)) : texts.workers(count(workers), count(threads));
}

function conditionColour(condition: Condition, theme: ThemeName): string {
  switch (condition) {
    case "running":
      return PALETTES[theme].accent;
    case "finished":
      return stateColour("memory", theme);
    case "failed":
    case "failing":
    case "lost":
      return stateColour("erred", theme);
    default:
      return PALETTES[theme].dim;
  }
}
