/** The row of tabs: arrow keys walk, and what is walked to is shown. */
import { element, setAttribute } from "../dom/element.ts";
import { texts } from "../texts.ts";
import type { Tab } from "./tab.ts";

export interface Tablist {
  readonly element: HTMLElement;
  show(id: string): void;
  /** The keyboard goes to the tab that is shown. */
  focus(): void;
}

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

export function tablist(tabs: readonly Tab[], sheet: HTMLElement, onShow: (id: string) => void): Tablist {
  const name = `tgw-tab-${Math.random().toString(36).slice(2)}`;
  sheet.id = `${name}-sheet`;
  const buttons = tabs.map(({ id, label }) => {
    const button = element(
      "button",
      { type: "button", class: "tgw-tab", role: "tab", id: `${name}-${id}`, "aria-controls": sheet.id },
      label,
    );
    button.addEventListener("click", () => onShow(id));
    return button;
  });
  const row = element(
    "div",
    { class: "tgw-tabs", role: "tablist", "aria-label": texts.panel.label },
    ...buttons,
  );
  row.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    const edge = { Home: 0, End: tabs.length - 1 }[event.key];
    const next = edge ?? (at + (STEPS[event.key] ?? 0) + tabs.length) % tabs.length;
    const [tab, button] = [tabs[next], buttons[next]];
    if (at < 0 || next === at || !tab || !button) return;
    event.preventDefault();
    event.stopPropagation();
    button.focus();
    onShow(tab.id);
  });
  return {
    element: row,
    focus() {
      buttons.find((button) => button.tabIndex === 0)?.focus();
    },
    show(id) {
      tabs.forEach((tab, at) => {
        const button = buttons[at];
        if (!button) return;
        const isShown = tab.id === id;
        setAttribute(button, "aria-selected", String(isShown));
        setAttribute(button, "tabindex", isShown ? "0" : "-1");
        if (isShown) setAttribute(sheet, "aria-labelledby", button.id);
      });
    },
  };
}
