/** The lower edge, to drag. */
import { texts } from "../texts.ts";
import { element } from "./element.ts";

export const HEIGHTS = { least: 120, most: 4000, step: 24 } as const;

export const boundedHeight = (height: number): number =>
  Math.round(Math.max(HEIGHTS.least, Math.min(HEIGHTS.most, height)));

export function resizeHandle(height: () => number, onResize: (height: number) => void): HTMLElement {
  const handle = element("div", {
    class: "tgw-handle",
    role: "separator",
    "aria-orientation": "horizontal",
    "aria-valuemin": String(HEIGHTS.least),
    "aria-valuemax": String(HEIGHTS.most),
    "aria-label": texts.resize,
    title: texts.resize,
    tabindex: "0",
  });
  let drag: { readonly y: number; readonly height: number } | null = null;
  handle.addEventListener("pointerdown", (event) => {
    drag = { y: event.clientY, height: height() };
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (drag) onResize(boundedHeight(drag.height + event.clientY - drag.y));
  });
  const end = () => {
    drag = null;
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
  handle.addEventListener("keydown", (event) => {
    const by = { ArrowDown: HEIGHTS.step, ArrowUp: -HEIGHTS.step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onResize(boundedHeight(height() + by));
  });
  return handle;
}
