/** An edge to drag, or to move with the arrow keys. */
import { element } from "./element.ts";

export interface Limits {
  readonly least: number;
  readonly most: number;
  /** Of one key press. */
  readonly step: number;
}

interface Options {
  /** "below": what it ends grows as it moves down; "before": as it moves to the left. */
  readonly edge: "below" | "before";
  readonly class: string;
  readonly label: string;
  readonly limits: Limits;
  readonly size: () => number;
  readonly onResize: (size: number) => void;
}

const EDGES = {
  below: { orientation: "horizontal", at: "clientY", sign: 1, more: "ArrowDown", less: "ArrowUp" },
  before: { orientation: "vertical", at: "clientX", sign: -1, more: "ArrowLeft", less: "ArrowRight" },
} as const;

export const bounded = (size: number, { least, most }: Limits): number =>
  Math.round(Math.max(least, Math.min(most, size)));

export function edgeHandle(options: Options): HTMLElement {
  const { limits, size, label } = options;
  const { orientation, at, sign, more, less } = EDGES[options.edge];
  const handle = element("div", {
    class: options.class,
    role: "separator",
    "aria-orientation": orientation,
    "aria-valuemin": String(limits.least),
    "aria-valuemax": String(limits.most),
    "aria-label": label,
    title: label,
    tabindex: "0",
  });
  const resize = (wanted: number) => options.onResize(bounded(wanted, limits));
  let drag: { readonly from: number; readonly size: number } | null = null;
  handle.addEventListener("pointerdown", (event) => {
    drag = { from: event[at], size: size() };
    handle.setPointerCapture(event.pointerId);
    event.preventDefault();
  });
  handle.addEventListener("pointermove", (event) => {
    if (drag) resize(drag.size + sign * (event[at] - drag.from));
  });
  const end = () => {
    drag = null;
  };
  handle.addEventListener("pointerup", end);
  handle.addEventListener("pointercancel", end);
  handle.addEventListener("keydown", (event) => {
    const by = { [more]: limits.step, [less]: -limits.step }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(size() + by);
  });
  return handle;
}
