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
  handle.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowDown") onResize(boundedHeight(height() + HEIGHTS.step));
    if (key === "ArrowUp") onResize(boundedHeight(height() - HEIGHTS.step));
  });
  return handle;
}
