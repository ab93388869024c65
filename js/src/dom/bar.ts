/** The stacked bar and its key as elements. */
import { count } from "../format.ts";
import type { Segment } from "../progress.ts";
import { stateText } from "../texts.ts";
import { stateColour, statePattern, type ThemeName } from "../theme.ts";
import { element } from "./element.ts";

export function coloured(tag: "i" | "span", className: string, state: string, theme: ThemeName): HTMLElement {
  const hatched = statePattern(state) === "hatched" ? " tgw-hatched" : "";
  const made = element(tag, { class: className + hatched });
  made.style.backgroundColor = stateColour(state, theme);
  return made;
}

export function barParts(bar: readonly Segment[], theme: ThemeName): HTMLElement[] {
  return bar.map(({ state, count: tasks }) => {
    const part = coloured("span", "tgw-part", state, theme);
    part.style.flexGrow = String(tasks);
    part.title = `${count(tasks)} ${stateText(state)}`;
    return part;
  });
}

export const keyEntries = (bar: readonly Segment[], theme: ThemeName): HTMLElement[] =>
  bar.map(({ state, count: tasks }) =>
    element(
      "span",
      { class: "tgw-key" },
      coloured("i", "tgw-swatch", state, theme),
      element("b", {}, count(tasks)),
      ` ${stateText(state)}`,
    ),
  );

/** Shows children made of some value, and makes them anew only when the value differs. */
export function refill(target: HTMLElement): (value: unknown, make: () => readonly Node[]) => void {
  let shown = "";
  return (value, make) => {
    const now = JSON.stringify(value);
    if (now === shown) return;
    shown = now;
    target.replaceChildren(...make());
  };
}
