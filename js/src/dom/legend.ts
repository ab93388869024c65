/** The key of the colours, which is also the filter. */
import { count } from "../format.ts";
import type { Category } from "../picture/colouring.ts";
import type { Segment } from "../progress.ts";
import { stateText, texts } from "../texts.ts";
import { categoryColour, type ThemeName } from "../theme.ts";
import { coloured } from "./bar.ts";
import { element, setAttribute, setChildren, setText } from "./element.ts";

export interface Legend {
  readonly element: HTMLElement;
  /** Counts of each state with tasks, and the states that are picked. */
  update(bar: readonly Segment[], picked: ReadonlySet<string>, theme: ThemeName): void;
}

interface Entry {
  readonly button: HTMLButtonElement;
  readonly tasks: HTMLElement;
  readonly theme: ThemeName;
}

export function stateLegend(onToggle: (state: string) => void): Legend {
  const line = element("span", { class: "tgw-legend", role: "group", "aria-label": texts.legendLabel });
  const entries = new Map<string, Entry>();

  const make = (state: string, theme: ThemeName): Entry => {
    const tasks = element("b");
    const button = element(
      "button",
      { type: "button", class: "tgw-key tgw-pick" },
      coloured("i", "tgw-swatch", state, theme),
      tasks,
      ` ${stateText(state)}`,
    );
    button.addEventListener("click", () => onToggle(state));
    return { button, tasks, theme };
  };

  return {
    element: line,
    update(bar, picked, theme) {
      const counts = new Map(bar.map(({ state, count: tasks }) => [state, tasks]));
      for (const state of picked) counts.set(state, counts.get(state) ?? 0);
      for (const [state, { theme: before }] of entries) if (before !== theme) entries.delete(state);
      for (const [state, tasks] of counts) {
        const entry = entries.get(state) ?? make(state, theme);
        entries.set(state, entry);
        const isPicked = picked.has(state);
        setText(entry.tasks, count(tasks));
        setAttribute(entry.button, "aria-pressed", String(isPicked));
        setAttribute(
          entry.button,
          "title",
          isPicked ? texts.unpick(stateText(state)) : texts.pick(stateText(state)),
        );
      }
      line.classList.toggle("tgw-picking", picked.size > 0);
      setChildren(
        line,
        [...counts.keys()].flatMap((state) => entries.get(state)?.button ?? []),
      );
    },
  };
}

export const categoryEntries = (categories: readonly Category[], theme: ThemeName): HTMLElement[] =>
  categories.map(({ label, hue, count: groups }) => {
    const swatch = element("i", { class: "tgw-swatch" });
    swatch.style.backgroundColor = categoryColour(hue, theme);
    return element("span", { class: "tgw-key" }, swatch, element("b", {}, count(groups)), ` ${label}`);
  });
