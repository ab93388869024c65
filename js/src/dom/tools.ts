/** Buttons on the graph, and the help sheet. */
import { type Command, ZOOM_STEP } from "../interaction/commands.ts";
import { texts } from "../texts.ts";
import { element } from "./element.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Strokes on a grid of 16. */
const ICONS = {
  plus: "M8 3.5v9M3.5 8h9",
  minus: "M3.5 8h9",
  fit: "M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10",
  help: "M5.8 6.1a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4M8 12.1v.1",
} as const;

function icon(name: keyof typeof ICONS): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

export function tools(run: (command: Command) => void): HTMLElement {
  const button = (name: keyof typeof ICONS, title: string, command: Command) => {
    const made = element("button", { type: "button", title, "aria-label": title }, icon(name));
    made.addEventListener("click", () => run(command));
    return made;
  };
  return element(
    "div",
    { class: "tgw-tools" },
    button("plus", texts.zoomIn, { type: "zoom", factor: ZOOM_STEP }),
    button("minus", texts.zoomOut, { type: "zoom", factor: 1 / ZOOM_STEP }),
    button("fit", texts.fit, { type: "fit" }),
    button("help", texts.help, { type: "help" }),
  );
}

export function helpSheet(): HTMLElement {
  const rows = texts.helpKeys.flatMap(([keys, what]) => [element("dt", {}, keys), element("dd", {}, what)]);
  return element(
    "div",
    { class: "tgw-help", hidden: "" },
    element("b", {}, texts.helpTitle),
    element("dl", {}, ...rows),
  );
}
