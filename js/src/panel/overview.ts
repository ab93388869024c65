/** The tab of everything about a group as a whole. */
import { barOf } from "../bar.ts";
import { barParts, keyEntries, refill } from "../dom/bar.ts";
import { element, setText } from "../dom/element.ts";
import { durations, everyState, lastWorker, ranFrom } from "../facts.ts";
import { bytes, count, duration, percent, ratio, time } from "../format.ts";
import { texts } from "../texts.ts";
import type { Group } from "../wire.ts";
import type { PrefixFacts } from "../wire-study.ts";
import { linkList, linksTo } from "./links.ts";
import { addressOf } from "./lookup.ts";
import { preformatted } from "./preformatted.ts";
import { dependentsIn } from "./subject.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";

interface Row {
  readonly label: string;
  readonly values: readonly string[];
}

const words = texts.panel;

/** What is told of a group in rows; those that say nothing are left out. */
export function rowsOf({
  group,
  mirror,
  study,
  prefix,
  absent,
}: Pick<TabState, "group" | "mirror" | "study" | "prefix" | "absent">): Row[] {
  const isKnown = study.group === group.id && study.generation >= 0;
  const unknown = absent ? [] : [words.unknown];
  const rows: Row[] = [
    { label: texts.facts.produced, values: [bytes(group.nbytesTotal)] },
    { label: words.held, values: isKnown && study.complete ? [bytes(study.held)] : unknown },
    { label: texts.facts.durations, values: durations([group], mirror.actions) },
    { label: words.ran, values: [ranFrom([group])] },
    { label: words.types, values: group.types },
    { label: words.prefix(group.prefix), values: prefixWords(prefix) },
    { label: texts.facts.lastWorker, values: lastWorker(group) },
    { label: texts.facts.runs, values: group.runs > 1 ? [texts.facts.times(count(group.runs))] : [] },
    { label: texts.facts.span, values: group.spanId ? [group.spanId] : [] },
  ];
  return rows.filter(({ values }) => values.length > 0);
}

function prefixWords(prefix: PrefixFacts | null): string[] {
  if (!prefix) return [];
  const { durationAverage, longest, suspicious } = prefix;
  return [
    ...(durationAverage >= 0 ? [words.average(duration(durationAverage))] : []),
    // It is of tasks that were seen running, so it may lie below what they took in the end.
    ...(longest > Math.max(0, durationAverage) ? [words.longest(duration(longest))] : []),
    ...(suspicious > 0 ? [words.suspicious(count(suspicious))] : []),
  ];
}

function section(title: string): { element: HTMLElement; head: HTMLElement; body: HTMLElement } {
  const head = element("h3", {}, title);
  const body = element("div");
  return { element: element("section", {}, head, body), head, body };
}

function mount(host: TabHost): TabView {
  const { openGroup } = host;
  let generation = -1;
  const done = element("b");
  const share = element("span");
  const bar = element("div", { class: "tgw-bar" });
  const legend = element("div", { class: "tgw-legend" });
  const facts = element("dl", { class: "tgw-facts-list" });
  const running = section(words.running);
  const needs = section(words.needs);
  const neededBy = section(words.neededBy);
  const code = section(words.code);
  const root = element(
    "div",
    { class: "tgw-overview" },
    element("div", { class: "tgw-progress" }, done, share),
    bar,
    legend,
    facts,
    ...[running, needs, neededBy, code].map((each) => each.element),
  );
  const fill = {
    bar: refill(bar),
    legend: refill(legend),
    facts: refill(facts),
    running: refill(running.body),
    needs: refill(needs.body),
    neededBy: refill(neededBy.body),
    code: refill(code.body),
  };

  function taskLink(key: string): HTMLElement {
    const link = element("button", { type: "button", class: "tgw-link", title: key }, key);
    link.addEventListener("click", async () => {
      const address = await addressOf(key, generation, host);
      if (address) host.openTask(address);
    });
    return link;
  }

  function showRunning(group: Group, now: number) {
    running.element.hidden = group.running.length === 0;
    const rows = group.running.map(({ key, worker, start }) => ({ key, worker, ran: duration(now - start) }));
    fill.running(rows, () => [
      element(
        "ul",
        { class: "tgw-running" },
        ...rows.map(({ key, worker, ran }) =>
          element("li", {}, taskLink(key), element("span", {}, worker), element("b", {}, ran)),
        ),
      ),
    ]);
  }

  return {
    element: root,
    update(state) {
      const { group, mirror, now, ink } = state;
      const { theme } = ink;
      generation = state.study.generation;
      const { progress, segments } = barOf(group, mirror.states);
      const counts = everyState(group, mirror.states);
      setText(
        done,
        progress.total > 0 ? `${ratio(progress.done, progress.total)} ${texts.tasks}` : texts.noTasks,
      );
      setText(share, percent(progress.done, progress.total));
      fill.bar([segments, theme], () => barParts(segments, theme));
      fill.legend([counts, theme], () => keyEntries(counts, theme));
      const rows = rowsOf(state);
      fill.facts(rows, () =>
        rows.flatMap(({ label, values }) => [
          element("dt", {}, label),
          element("dd", {}, ...values.flatMap((value) => [element("span", {}, value), " "])),
        ]),
      );
      showRunning(group, now);
      const needed = linksTo(group.dependencies, mirror);
      const users = linksTo(dependentsIn(mirror.groups).get(group.id) ?? [], mirror);
      for (const [part, links, refilled] of [
        [needs, needed, fill.needs],
        [neededBy, users, fill.neededBy],
      ] as const) {
        part.element.hidden = links.all === 0;
        refilled([links, theme], () => linkList(links, theme, openGroup));
      }
      const computation = mirror.computations.get(group.computation);
      code.element.hidden = !computation || computation.code.length === 0;
      if (computation) setText(code.head, words.codeOf(time(computation.start)));
      const sources = computation?.code ?? [];
      fill.code(sources, () => sources.map((text) => preformatted(text)));
    },
    dispose() {},
  };
}

export const overview: Tab = { id: "overview", label: words.tabs.overview, columns: ["state"], mount };
