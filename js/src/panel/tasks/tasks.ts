/** The tab of all tasks of a group: filtered, searched, sorted, and opened one by one. */
import { barOf } from "../../bar.ts";
import { element, setText } from "../../dom/element.ts";
import { count } from "../../format.ts";
import type { Study } from "../../study.ts";
import { texts } from "../../texts.ts";
import type { TaskRow } from "../../wire-study.ts";
import type { Tab, TabHost, TabState, TabView } from "../tab.ts";
import { type Cells, cellsAt, cellsOf } from "./cells.ts";
import { chips } from "./chips.ts";
import { createFinder } from "./finder.ts";
import { type Choice, ordered, type Sort } from "./order.ts";
import { createRows } from "./rows.ts";
import { inSlices } from "./slices.ts";
import { taskTable } from "./table.ts";

const words = texts.panel.tasks;

/** What runs is told anew so often, and sorted so often when it changes. */
const FRESH_SECONDS = 1;
const SORT_PAUSE_MS = 1000;
const TYPING_MS = 200;
const NOWHERE = new Uint32Array();
/** Most at the top is what one sorts these for. */
const DESCENDING: ReadonlySet<Sort> = new Set(["duration", "nbytes", "suspicious"]);

function mount({ refresh, ask, openTask }: TabHost): TabView {
  let choice: Choice = { sort: "state", descending: false, states: new Set(), found: null };
  let order: { readonly places: Uint32Array; readonly of: Study | null; readonly by: Choice } = {
    places: NOWHERE,
    of: null,
    by: choice,
  };
  let sorting: (() => void) | null = null;
  let sortedMs = -Infinity;
  let again: ReturnType<typeof setTimeout> | undefined;
  let typing: ReturnType<typeof setTimeout> | undefined;
  let durations: { readonly of: Study["timings"]; readonly by: Map<number, number> } | null = null;
  let query = "";
  let first: { readonly rows: readonly TaskRow[]; readonly told: number } = { rows: [], told: 0 };
  let group = 0;

  const rows = createRows(ask, refresh);
  const finder = createFinder(ask, () => {
    choice = { ...choice, found: finder.found };
    refresh();
  });
  const filter = chips((state) => {
    const states = new Set(choice.states);
    if (!states.delete(state)) states.add(state);
    choice = { ...choice, states };
    refresh();
  });
  const field = element("input", {
    type: "search",
    class: "tgw-field tgw-find",
    "aria-label": words.search,
    placeholder: words.search,
    autocomplete: "off",
    spellcheck: "false",
  });
  const note = element("span", { class: "tgw-found", role: "status" });
  const table = taskTable({
    onScroll: refresh,
    onOpen: openTask,
    onSort(sort) {
      const same = sort === choice.sort;
      choice = { ...choice, sort, descending: same ? !choice.descending : DESCENDING.has(sort) };
      refresh();
    },
  });
  const root = element(
    "div",
    { class: "tgw-tasks" },
    element("div", { class: "tgw-find-line" }, field, note),
    filter.element,
    table.element,
  );
  field.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => {
      query = field.value.trim();
      refresh();
    }, TYPING_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || field.value === "") return;
    event.stopPropagation();
    field.value = query = "";
    refresh();
  });

  function durationsIn({ timings }: Study): ReadonlyMap<number, number> {
    if (durations?.of !== timings) {
      const by = new Map<number, number>();
      for (const { place, start, stop } of timings) by.set(place, stop - start);
      durations = { of: timings, by };
    }
    return durations.by;
  }

  /** The order of before stays until the new one is made. */
  function sort(study: Study) {
    const isAsked = order.by !== choice || order.of?.generation !== study.generation;
    if ((order.of === study && !isAsked) || (sorting && !isAsked)) return;
    const left = sortedMs + SORT_PAUSE_MS - performance.now();
    if (!isAsked && left > 0) {
      again ??= setTimeout(() => {
        again = undefined;
        refresh();
      }, left);
      return;
    }
    sorting?.();
    if (order.of?.generation !== study.generation) order = { places: NOWHERE, of: study, by: choice };
    const by = choice;
    sorting = inSlices(ordered(study, by, durationsIn(study)), (places) => {
      sorting = null;
      sortedMs = performance.now();
      order = { places, of: study, by };
      refresh();
    });
  }

  function begin(id: number) {
    group = id;
    order = { places: NOWHERE, of: null, by: choice };
    choice = { ...choice, states: new Set(), found: null };
    field.value = query = "";
    first = { rows: [], told: 0 };
    rows.clear();
    sorting?.();
    sorting = null;
    table.element.scrollTop = 0;
  }

  /** What came by itself, while not all tasks are known. */
  function pushed(state: TabState): readonly TaskRow[] {
    const { study, now } = state;
    if (study.first.length > 0) {
      if (first.rows !== study.first) first = { rows: study.first, told: now };
      return first.rows;
    }
    first = { rows: first.rows, told: now };
    return state.group.running.map(({ key, worker, start }) => ({
      reference: 0,
      key,
      state: "processing",
      worker,
      secondsRunning: now - start,
      nbytes: null,
      type: "",
      retries: 0,
      suspicious: 0,
    }));
  }

  function showPushed(state: TabState, tasks: number) {
    const known = pushed(state).filter(
      ({ state: name }) => choice.states.size === 0 || choice.states.has(name),
    );
    const { study } = state;
    if (study.count > 0) setText(note, words.reading(count(study.count), count(tasks)));
    else if (known.length > 0) setText(note, words.pushed);
    else setText(note, state.group.outcome ? words.gone : words.waiting);
    show(state, known.length, (row) =>
      cellsOf(state.group.name, known[row] ?? NO_ROW, first.told, state.now),
    );
  }

  function show({ ink }: TabState, many: number, cells: (row: number) => Cells) {
    const window = table.window(many);
    table.update({
      rows: many,
      window,
      cells,
      sort: choice.sort,
      descending: choice.descending,
      theme: ink.theme,
    });
    return window;
  }

  function showAll(state: TabState) {
    const { study, now } = state;
    const { places } = order;
    const lasted = durationsIn(study);
    const placeOf = (row: number) => places[row] ?? 0;
    const { first: top, count: many } = show(state, places.length, (row) => {
      const place = placeOf(row);
      return cellsAt(state.group.name, study, place, rows.of(place), lasted.get(place), now);
    });
    const near = Array.from(places.subarray(Math.max(0, top - many), top + 2 * many));
    near.sort((a, b) => Math.abs(a - placeOf(top)) - Math.abs(b - placeOf(top)));
    const running = study.stateNames.indexOf("processing");
    const inSight = places.subarray(top, top + many);
    const wanted = new Set([...inSight, ...near]);
    rows.want(wanted, study.generation, now, (known, place) => {
      const isRunning = study.states[place] === running;
      const wasRunning = known.row.secondsRunning !== null;
      return (
        isRunning !== wasRunning ||
        (isRunning && now - known.told >= FRESH_SECONDS && inSight.includes(place))
      );
    });
    const all = count(study.count);
    if (finder.searching) setText(note, words.searching);
    else if (finder.more) setText(note, words.firstFound(count(places.length)));
    else
      setText(
        note,
        places.length === study.count ? words.tasks(all) : words.shown(count(places.length), all),
      );
  }

  return {
    element: root,
    update(state) {
      const { study, mirror, ink } = state;
      if (state.group.id !== group) begin(state.group.id);
      const { segments, progress } = barOf(state.group, mirror.states);
      filter.update(segments, choice.states, ink.theme);
      if (!study.complete && study.generation !== order.of?.generation)
        return showPushed(state, progress.total);
      finder.look(query, study.generation);
      sort(study);
      showAll(state);
    },
    dispose() {
      sorting?.();
      clearTimeout(again);
      clearTimeout(typing);
      table.dispose();
    },
  };
}

const NO_ROW: TaskRow = {
  reference: 0,
  key: "",
  state: "",
  worker: null,
  secondsRunning: null,
  nbytes: null,
  type: "",
  retries: 0,
  suspicious: 0,
};

export const tasks: Tab = {
  id: "tasks",
  label: texts.panel.tabs.tasks,
  columns: ["state", "worker", "nbytes", "type", "suspicious"],
  mount,
};
