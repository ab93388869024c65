/** Buttons on the graph. */
import { type Command, ZOOM_STEP } from "../interaction/commands.ts";
import { texts } from "../texts.ts";
import { element, setAttribute } from "./element.ts";
import { type Icon, iconButton } from "./icon.ts";

export interface Tools {
  readonly element: HTMLElement;
  readonly menu: HTMLButtonElement;
  readonly help: HTMLButtonElement;
  showFullscreen(on: boolean): void;
}

export function tools(run: (command: Command) => void): Tools {
  const button = (name: Icon, title: string, command: Command) => iconButton(name, title, () => run(command));
  const menu = button("view", texts.viewButton, { type: "menu" });
  const full = button("fullscreen", texts.fullscreenButton, { type: "fullscreen" });
  const help = button("help", texts.help, { type: "help" });
  full.classList.add("tgw-roomy", "tgw-can-full");
  help.classList.add("tgw-roomy");
  setAttribute(full, "aria-pressed", "false");
  return {
    element: element(
      "div",
      { class: "tgw-tools", role: "toolbar", "aria-label": texts.toolsLabel },
      button("search", texts.searchButton, { type: "search" }),
      menu,
      button("plus", texts.zoomIn, { type: "zoom", factor: ZOOM_STEP }),
      button("minus", texts.zoomOut, { type: "zoom", factor: 1 / ZOOM_STEP }),
      button("fit", texts.fit, { type: "fit" }),
      full,
      help,
    ),
    menu,
    help,
    showFullscreen: (on) => setAttribute(full, "aria-pressed", String(on)),
  };
}
