/** Everything about one task, in place of a tab. */
import { coloured, refill } from "../dom/bar.ts";
import { element, setText } from "../dom/element.ts";
import { iconButton } from "../dom/icon.ts";
import { bytes, count, duration } from "../format.ts";
import { stateText, texts } from "../texts.ts";
import type { ThemeName } from "../theme.ts";
import type { TaskError } from "../wire.ts";
import type { Answer, TaskAddress, TaskFacts, TaskRow } from "../wire-study.ts";
import { failure } from "./failure.ts";
import { preformatted } from "./preformatted.ts";
import type { TabHost, TabState } from "./tab.ts";

export interface TaskPage {
  readonly element: HTMLElement;
  show(address: TaskAddress): void;
  update(state: TabState): void;
}

const words = texts.panel.task;
/** So often it is asked for anew while it is shown. */
const FRESH_SECONDS = 2;

interface Row {
  readonly label: string;
  readonly values: readonly string[];
}

/** What is told of a task in rows; `later`: seconds since it was told. */
export function taskRows(facts: TaskFacts, later: number): Row[] {
  const { row, holders, whoHas, clients, restrictions, resources, waitingOn } = facts;
  const some = (values: readonly string[]) => values.filter(Boolean);
  const ran = row.secondsRunning === null ? "" : duration(row.secondsRunning + later);
  const rest = holders - whoHas.length;
  const rows: Row[] = [
    { label: words.worker, values: some([row.worker ?? ""]) },
    { label: words.time, values: some([ran]) },
    { label: words.nbytes, values: row.nbytes === null ? [] : [bytes(row.nbytes)] },
    { label: words.type, values: some([row.type]) },
    { label: words.waitingOn, values: waitingOn > 0 ? [words.tasks(count(waitingOn))] : [] },
    { label: words.holders, values: rest > 0 ? [...whoHas, texts.andMore(count(rest))] : whoHas },
    { label: words.clients, values: clients },
    { label: words.retries, values: row.retries > 0 ? [count(row.retries)] : [] },
    { label: words.suspicious, values: row.suspicious > 0 ? [count(row.suspicious)] : [] },
    { label: words.restrictions, values: Object.values(restrictions).flat() },
    {
      label: words.resources,
      values: Object.entries(resources).map(([name, amount]) => `${name} ${amount}`),
    },
    { label: words.annotations, values: some([facts.annotations]).filter((text) => text !== "{}") },
    { label: words.priority, values: some([facts.priority]) },
  ];
  return rows.filter(({ values }) => values.length > 0);
}

export function taskPage(host: TabHost): TaskPage {
  const key = element("code", { class: "tgw-task-key" });
  const status = element("p", { class: "tgw-task-state" });
  const facts = element("dl", { class: "tgw-facts-list" });
  const stack = element("section");
  const error = element("section");
  const uses = element("section");
  const usedBy = element("section");
  const note = element("p", { class: "tgw-note", role: "status" });
  const copy = iconButton("copy", words.copyKey, () => host.copy(told?.row.key ?? ""));
  const head = element("div", { class: "tgw-failure-head" }, key, copy);
  const root = element(
    "div",
    { class: "tgw-overview" },
    ...[head, note, status, facts, stack, error, uses, usedBy],
  );
  const fill = {
    state: refill(status),
    facts: refill(facts),
    stack: refill(stack),
    error: refill(error),
    uses: refill(uses),
    usedBy: refill(usedBy),
  };
  let shown: TaskAddress | null = null;
  let told: TaskFacts | null = null;
  let toldAt = 0;
  let whole: TaskError | null = null;
  let frames: Answer<"stack"> | null = null;
  let asking = false;
  let trouble = "";

  async function fetch(now: number) {
    const of = shown;
    if (!of) return;
    asking = true;
    // A place may become another's.
    const answer = await host.ask("task", told ? { reference: told.reference } : of);
    asking = false;
    if (shown !== of) return host.refresh();
    toldAt = now;
    if (answer.type === "told") {
      told = answer.told;
      trouble = "";
    } else trouble = answer.type === "stale" ? words.stale : answer.reason;
    host.refresh();
  }

  async function askStack() {
    if (!told) return;
    frames = await host.ask("stack", { reference: told.reference });
    host.refresh();
  }

  async function showAll() {
    if (!told) return;
    const answer = await host.ask("error", { reference: told.reference });
    if (answer.type === "told") whole = answer.told;
    host.refresh();
  }

  function stackParts(running: boolean): HTMLElement[] {
    if (!running) return [];
    const button = element("button", { type: "button", class: "tgw-button" }, words.stack);
    button.addEventListener("click", () => void askStack());
    if (!frames) return [button];
    if (frames.type !== "told")
      return [
        button,
        element("p", { class: "tgw-note" }, frames.type === "refused" ? frames.reason : words.stale),
      ];
    return [button, preformatted(frames.told.join(""))];
  }

  function neighbours(title: string, rows: readonly TaskRow[], theme: ThemeName): HTMLElement[] {
    if (rows.length === 0) return [];
    const items = rows.map((row) => {
      const link = element(
        "button",
        { type: "button", class: "tgw-task-link", title: row.key },
        coloured("i", "tgw-swatch", row.state, theme),
        element("code", {}, row.key),
        element("span", {}, stateText(row.state)),
      );
      link.addEventListener("click", () => host.openTask({ reference: row.reference }));
      return element("li", {}, link);
    });
    return [element("h3", {}, title), element("ul", { class: "tgw-links" }, ...items)];
  }

  function showFacts(facts: TaskFacts, { now, ink }: TabState) {
    const { row } = facts;
    const rows = taskRows(facts, now - toldAt);
    setText(key, row.key);
    fill.state([row.state, ink.theme], () => [
      coloured("i", "tgw-swatch", row.state, ink.theme),
      element("span", {}, stateText(row.state)),
    ]);
    fill.facts(rows, () =>
      rows.flatMap(({ label, values }) => [
        element("dt", {}, label),
        element("dd", {}, ...values.flatMap((value) => [element("span", {}, value), " "])),
      ]),
    );
    const isRunning = row.state === "processing";
    fill.stack([isRunning, frames], () => stackParts(isRunning));
    const failed = facts.error && (whole ?? facts.error);
    fill.error(failed, () =>
      failed ? [failure(failed, null, { copy: host.copy, onAll: () => void showAll() })] : [],
    );
    const strip = (each: TaskRow) => [each.reference, each.state];
    fill.uses([facts.uses.map(strip), facts.dependencies, ink.theme], () =>
      neighbours(words.uses(words.tasks(count(facts.dependencies))), facts.uses, ink.theme),
    );
    fill.usedBy([facts.usedBy.map(strip), facts.dependents, ink.theme], () =>
      neighbours(words.usedBy(words.tasks(count(facts.dependents))), facts.usedBy, ink.theme),
    );
  }

  return {
    element: root,
    show(next) {
      if (next === shown) return;
      shown = next;
      told = whole = frames = null;
      trouble = "";
      toldAt = 0;
    },
    update(state) {
      if (!asking && state.now - toldAt >= FRESH_SECONDS && (told || !trouble)) void fetch(state.now);
      const said = trouble || (told ? "" : words.asking);
      note.hidden = said === "";
      setText(note, said);
      for (const part of [head, status, facts, stack, error, uses, usedBy]) part.hidden = !told;
      if (told) showFacts(told, state);
    },
  };
}
