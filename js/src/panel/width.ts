/** How wide the panel is: by hand, and remembered where the page may remember anything. */
import { bounded, edgeHandle } from "../dom/edge-handle.ts";
import { setAttribute } from "../dom/element.ts";
import { texts } from "../texts.ts";

export const WIDTHS = { least: 260, most: 1200, first: 380, step: 24 } as const;
const MEMORY = "tgwidget.panel.width";

export function rememberedWidth(): number {
  try {
    return bounded(Number(localStorage.getItem(MEMORY)) || WIDTHS.first, WIDTHS);
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
  const handle = edgeHandle({
    edge: "before",
    class: "tgw-panel-handle",
    label: texts.panel.resize,
    limits: WIDTHS,
    size: shown,
    onResize(width) {
      setAttribute(handle, "aria-valuenow", String(width));
      onResize(width);
      remember(width);
    },
  });
  setAttribute(handle, "aria-valuenow", String(rememberedWidth()));
  return handle;
}
