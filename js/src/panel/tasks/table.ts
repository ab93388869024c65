/** A table of very many rows, of which those in sight are made; the same elements show whatever comes into sight. */
import { coloured } from "../../dom/bar.ts";
import { element, setAttribute, setText } from "../../dom/element.ts";
import { texts } from "../../texts.ts";
import { stateColour, statePattern, type ThemeName } from "../../theme.ts";
import type { TaskAddress } from "../../wire-study.ts";
import type { Cells } from "./cells.ts";
import { SORTS, type Sort } from "./order.ts";
import { heightOf, ROW_PX, scrolledTo, type Window, windowAt } from "./window.ts";

export interface Table {
  readonly element: HTMLElement;
  /** Which rows would be in sight, of so many. */
  window(rows: number): Window;
  update(input: TableInput): void;
  dispose(): void;
}

export interface TableInput {
  readonly rows: number;
  readonly window: Window;
  readonly cells: (row: number) => Cells;
  readonly sort: Sort;
  readonly descending: boolean;
  readonly theme: ThemeName;
}

interface Options {
  readonly onScroll: () => void;
  readonly onSort: (sort: Sort) => void;
  readonly onOpen: (address: TaskAddress) => void;
}

const COLUMNS = ["key", "state", "duration", "worker", "nbytes", "type", "suspicious", "age"] as const;
const HEAD_PX = 24;

const words = texts.panel.tasks;

interface Line {
  readonly element: HTMLElement;
  readonly key: HTMLElement;
  readonly swatch: HTMLElement;
  readonly others: readonly HTMLElement[];
}

export function taskTable({ onScroll, onSort, onOpen }: Options): Table {
  const name = `tgw-tasks-${Math.random().toString(36).slice(2)}`;
  const heads = COLUMNS.map((column) => {
    const head = element("div", { role: "columnheader", class: `tgw-cell tgw-cell-${column}` });
    const sort = SORTS.find((each) => each === column);
    if (!sort) head.append(words.columns[column]);
    else {
      const button = element("button", { type: "button", class: "tgw-sort" }, words.columns[column]);
      button.addEventListener("click", () => onSort(sort));
      head.append(button);
    }
    return { sort, head };
  });
  const header = element("div", { class: "tgw-row tgw-row-head", role: "row", "aria-rowindex": "1" });
  header.append(...heads.map(({ head }) => head));
  const body = element("div", { class: "tgw-rows", role: "rowgroup" });
  const space = element("div", { class: "tgw-space", role: "presentation" }, body);
  const root = element(
    "div",
    { class: "tgw-table", role: "grid", tabindex: "0", "aria-label": words.label },
    header,
    space,
  );
  const lines: Line[] = [];
  const ended = new AbortController();
  let shown: TableInput | null = null;
  /** The row that the keyboard is at. */
  let active = -1;

  const view = () => Math.max(0, root.clientHeight - HEAD_PX);

  function newLine(): Line {
    const key = element("code");
    const swatch = coloured("i", "tgw-swatch", "", "light");
    const state = element("span");
    const others = COLUMNS.slice(2).map((column) =>
      element("div", { class: `tgw-cell tgw-cell-${column}`, role: "gridcell" }),
    );
    const line = element(
      "div",
      { class: "tgw-row", role: "row" },
      element("div", { class: "tgw-cell tgw-cell-key", role: "gridcell" }, key),
      element("div", { class: "tgw-cell tgw-cell-state", role: "gridcell" }, swatch, state),
      ...others,
    );
    line.id = `${name}-${lines.length}`;
    return { element: line, key, swatch, others: [state, ...others] };
  }

  function showLine(line: Line, row: number, cells: Cells, theme: ThemeName) {
    setText(line.key, cells.shortKey);
    setAttribute(line.key, "title", cells.key);
    line.swatch.style.backgroundColor = stateColour(cells.state, theme);
    line.swatch.classList.toggle("tgw-hatched", statePattern(cells.state) === "hatched");
    const said = [
      cells.stateText,
      cells.time,
      cells.worker,
      cells.nbytes,
      cells.type,
      cells.trouble,
      cells.age,
    ];
    line.others.forEach((cell, at) => {
      setText(cell, said[at] ?? "");
    });
    setAttribute(line.element, "aria-rowindex", String(row + 2));
    line.element.classList.toggle("tgw-active", row === active);
  }

  function goTo(row: number) {
    if (!shown || shown.rows === 0) return;
    active = Math.max(0, Math.min(row, shown.rows - 1));
    root.scrollTop = scrolledTo(active, root.scrollTop, view(), shown.rows);
    onScroll();
  }

  function open(row: number) {
    const address = shown && row >= 0 && row < shown.rows ? shown.cells(row).address : null;
    if (address) onOpen(address);
  }

  const pageRows = () => Math.max(1, Math.floor(view() / ROW_PX) - 1);
  const steps: Readonly<Record<string, () => number>> = {
    ArrowDown: () => active + 1,
    ArrowUp: () => active - 1,
    PageDown: () => active + pageRows(),
    PageUp: () => active - pageRows(),
    Home: () => 0,
    End: () => Number.MAX_SAFE_INTEGER,
  };
  root.addEventListener("keydown", (event) => {
    if (event.target !== root) return;
    const step = steps[event.key];
    if (step) goTo(step());
    else if (event.key === "Enter") open(active);
    else return;
    event.preventDefault();
  });
  body.addEventListener("click", (event) => {
    const at = lines.findIndex((line) => line.element.contains(event.target as Node));
    if (at < 0 || !shown) return;
    active = shown.window.first + at;
    open(active);
  });
  root.addEventListener("scroll", onScroll, { passive: true, signal: ended.signal });
  const sizes = new ResizeObserver(onScroll);
  sizes.observe(root);

  return {
    element: root,
    window: (rows) => windowAt(root.scrollTop, view(), rows),
    update(input) {
      shown = input;
      const { rows, window, cells, sort, descending, theme } = input;
      const height = `${heightOf(rows)}px`;
      if (space.style.height !== height) space.style.height = height;
      setAttribute(root, "aria-rowcount", String(rows + 1));
      while (lines.length < window.count) lines.push(newLine());
      while (body.childElementCount < lines.length) {
        const line = lines[body.childElementCount];
        if (line) body.append(line.element);
      }
      lines.forEach((line, at) => {
        line.element.hidden = at >= window.count;
        if (at < window.count) showLine(line, window.first + at, cells(window.first + at), theme);
      });
      body.style.transform = `translateY(${window.top}px)`;
      const at = active - window.first;
      const current = at >= 0 && at < window.count ? lines[at] : undefined;
      if (current) setAttribute(root, "aria-activedescendant", current.element.id);
      else root.removeAttribute("aria-activedescendant");
      for (const { head, sort: by } of heads) {
        if (!by) continue;
        const order = by !== sort ? "none" : descending ? "descending" : "ascending";
        setAttribute(head, "aria-sort", order);
      }
    },
    dispose() {
      ended.abort();
      sizes.disconnect();
    },
  };
}
