/** The menu of how the graph is looked at. */
import type { Command } from "../interaction/commands.ts";
import type { Lens, LensChange } from "../lens.ts";
import { texts } from "../texts.ts";
import { element } from "./element.ts";
import { type Popover, popover } from "./popover.ts";

export interface ViewMenu extends Popover {
  update(lens: Lens, canCopyName: boolean): void;
}

interface Options {
  readonly opener: HTMLElement;
  readonly onLens: (change: LensChange) => void;
  readonly run: (command: Command) => void;
}

type Choice = "level" | "sizing" | "colouring" | "finished";
type Switch = "follow" | "minimap";

export function viewMenu({ opener, onLens, run }: Options): ViewMenu {
  const words = texts.view;

  const choice = (key: Choice) => {
    const options = Object.entries(words[key]).map(([value, text]) => element("option", { value }, text));
    const select = element("select", {}, ...options);
    select.addEventListener("change", () => onLens((lens) => ({ ...lens, [key]: select.value })));
    const row = element("label", { class: "tgw-choice" }, element("span", {}, words.labels[key]), select);
    return { key, select, row };
  };
  const toggle = (key: Switch) => {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => onLens((lens) => ({ ...lens, [key]: box.checked })));
    const row = element("label", { class: "tgw-switch" }, box, element("span", {}, words.labels[key]));
    return { key, box, row };
  };
  const action = (text: string, command: Command, className = "") => {
    const button = element("button", { type: "button", class: `tgw-button ${className}` }, text);
    button.addEventListener("click", () => {
      menu.toggle(false);
      run(command);
    });
    return button;
  };

  const choices = (["level", "sizing", "colouring", "finished"] as const).map(choice);
  const switches = (["follow", "minimap"] as const).map(toggle);
  const copyName = action(words.copyName, { type: "copy", what: "name" });
  const actions = element(
    "div",
    { class: "tgw-actions" },
    action(words.rearrange, { type: "rearrange", back: false }),
    action(words.copyPng, { type: "copy", what: "png" }),
    action(words.copySvg, { type: "copy", what: "svg" }),
    copyName,
    action(texts.fullscreen, { type: "fullscreen" }, "tgw-narrow tgw-can-full"),
    action(texts.helpTitle, { type: "help" }, "tgw-narrow"),
  );
  const menu = popover({
    className: "tgw-menu",
    label: words.title,
    closeLabel: texts.close,
    content: [...choices.map(({ row }) => row), ...switches.map(({ row }) => row), actions],
    opener,
  });
  return Object.assign(menu, {
    update(lens: Lens, canCopyName: boolean) {
      for (const { key, select } of choices) select.value = lens[key];
      for (const { key, box } of switches) box.checked = lens[key];
      copyName.disabled = !canCopyName;
    },
  });
}
