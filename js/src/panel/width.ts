/** How wide the panel is: by hand, and remembered where the page may remember anything. */
import { element, setAttribute } from "../dom/element.ts";
import { texts } from "../texts.ts";

export const WIDTHS = { least: 260, most: 1200, first: 380, step: 24 } as const;
const MEMORY = "tgwidget.panel.width";

export const boundedWidth = (width: number): number =>
  Math.round(Math.max(WIDTHS.least, Math.min(WIDTHS.most, width)));

export function rememberedWidth(): number {
  try {
    return boundedWidth(Number(localStorage.getItem(MEMORY)) || WIDTHS.first);
  } catch {
    return WIDTHS.first;
  }
}

function remember(width: number): void {
  try {
    localStorage.setItem(MEMORY, String(width));
  } catch {
    // Frames without an origin of their own may not.
  }
}

/** The edge between graph and panel, to drag. `shown` is how wide the panel is at this moment. */
export function widthHandle(shown: () => number, onResize: (width: number) => void): HTMLElement {
  const handle = element("div", {
    class: "tgw-panel-handle",
    role: "separator",
    "aria-orientation": "vertical",
    "aria-valuemin": String(WIDTHS.least),
    "aria-valuemax": String(WIDTHS.most),
    "aria-valuenow": String(rememberedWidth()),
    "aria-label": texts.panel.resize,
    title: texts.panel.resize,
    tabindex: "0",
  });
  let drag: { readonly x: number; readonly width: number } | null = null;
  function resize(width: number) {
    const now = boundedWidth(width);
    setAttribute(handle, "aria-valuenow", String(now));
    onResize(now);
    remember(now);
  }
  handle.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, width: shown() };
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (drag) resize(drag.width + drag.x - event.clientX);
  });
  const end = () => {
    drag = null;
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: WIDTHS.step, ArrowRight: -WIDTHS.step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(shown() + by);
  });
  return handle;
}
