/** Icons, as strokes on a grid of 16. */
import { element } from "./element.ts";

const SVG = "http://www.w3.org/2000/svg";

const STROKES = {
  plus: "M8 3.5v9M3.5 8h9",
  minus: "M3.5 8h9",
  fit: "M6 2.5H2.5V6M10 2.5h3.5V6M6 13.5H2.5V10M10 13.5h3.5V10",
  help: "M5.8 6.1a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4M8 12.1v.1",
  search: "M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9M10.3 10.3l3.2 3.2",
  view: "M2.5 5h5M11 5h2.5M7.5 5A1.75 1.75 0 1 0 11 5 1.75 1.75 0 1 0 7.5 5M2.5 11h2.3M8.3 11h5.2M4.8 11a1.75 1.75 0 1 0 3.5 0 1.75 1.75 0 1 0-3.5 0",
  fullscreen: "M9.5 6.5l4-4M10 2.5h3.5V6M6.5 9.5l-4 4M2.5 10v3.5H6",
  close: "M4.5 4.5l7 7M11.5 4.5l-7 7",
  previous: "M4 10l4-4 4 4",
  next: "M4 6l4 4 4-4",
  back: "M10 4L6 8l4 4",
  copy: "M6 6h7v7H6zM3.5 10H3V3h7v.5",
} as const;

export type Icon = keyof typeof STROKES;

function icon(name: Icon): SVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKES[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name: Icon, title: string, onPress: () => void): HTMLButtonElement {
  const button = element(
    "button",
    { type: "button", class: "tgw-icon", title, "aria-label": title },
    icon(name),
  );
  button.addEventListener("click", onPress);
  return button;
}
