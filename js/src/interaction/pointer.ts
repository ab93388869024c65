/** What pointers and fingers do on the canvas, apart from moving the camera. */
import type { Point } from "../layout/graph.ts";

interface Options {
  /** What it points at, also by a long press; null: nothing. */
  readonly onMove: (at: Point | null) => void;
  readonly onClick: (at: Point, add: boolean) => void;
  /** Also two taps. */
  readonly onDoubleClick: (at: Point) => void;
}

const LONG_PRESS_MS = 500;
const DOUBLE_TAP_MS = 350;
/** A finger that has moved by more is no longer pressing. */
const STILL = 10;
const SAME_PLACE = 30;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

export function watchPointer(canvas: HTMLCanvasElement, options: Options): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  let byTouch = false;
  let pressed: Point | null = null;
  let pressing: ReturnType<typeof setTimeout> | undefined;
  let longPressed = false;
  let tapped: { readonly at: Point; readonly ms: number } | null = null;

  const place = (event: MouseEvent): Point => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    handle: (event: HTMLElementEventMap[K]) => void,
  ) => canvas.addEventListener(type, handle as EventListener, { signal });
  const release = () => clearTimeout(pressing);

  listen("pointerdown", (event) => {
    byTouch = event.pointerType === "touch";
    longPressed = false;
    release();
    if (!byTouch) return;
    options.onMove(null);
    if (!event.isPrimary) return;
    const at = place(event);
    pressed = at;
    pressing = setTimeout(() => {
      longPressed = true;
      options.onMove(at);
    }, LONG_PRESS_MS);
  });
  listen("pointermove", (event) => {
    if (event.pointerType !== "touch") options.onMove(event.buttons === 0 ? place(event) : null);
    else if (pressed && distance(pressed, place(event)) > STILL) release();
  });
  listen("pointerup", release);
  listen("pointercancel", release);
  listen("pointerleave", (event) => {
    release();
    if (event.pointerType !== "touch") options.onMove(null);
  });
  // The host's menu is for the right button; a long press is ours.
  listen("contextmenu", (event) => {
    if (!byTouch) return;
    event.preventDefault();
    event.stopPropagation();
  });
  listen("click", (event) => {
    if (longPressed) return;
    const at = place(event);
    options.onClick(at, event.ctrlKey || event.metaKey || event.shiftKey);
    if (!byTouch) return;
    const second =
      tapped && event.timeStamp - tapped.ms < DOUBLE_TAP_MS && distance(tapped.at, at) < SAME_PLACE;
    tapped = second ? null : { at, ms: event.timeStamp };
    if (second) options.onDoubleClick(at);
  });
  listen("dblclick", (event) => {
    if (!byTouch) options.onDoubleClick(place(event));
  });
  return () => {
    release();
    ended.abort();
  };
}
