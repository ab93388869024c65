/** What hands and keys do with the time that a chart shows. As on the graph, a plain wheel is the page's until one clicks. */

interface Options {
  /** Where time runs on the canvas, in CSS pixels. */
  readonly span: () => { readonly left: number; readonly width: number };
  /** About a share of the span. */
  readonly onZoom: (factor: number, about: number) => void;
  /** By a share of the span. */
  readonly onPan: (by: number) => void;
  readonly onWhole: () => void;
}

export interface TimeControl {
  /** The last press has become a drag: no click. */
  readonly dragged: boolean;
  dispose(): void;
}

const CLICK_DISTANCE = 4;
/** As d3-zoom has it: a line, a page. */
const WHEEL = [0.002, 0.05, 1] as const;
const STEP = 0.2;

export function controlTime(
  canvas: HTMLCanvasElement,
  { span, onZoom, onPan, onWhole }: Options,
): TimeControl {
  const ended = new AbortController();
  const { signal } = ended;
  let pressed: { readonly id: number; readonly x: number } | null = null;
  let last = 0;
  let dragged = false;

  canvas.addEventListener(
    "wheel",
    (event) => {
      const meant = event.ctrlKey || event.metaKey || canvas.matches(":focus");
      if (!meant) return;
      event.preventDefault();
      const { left, width } = span();
      if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) return onPan(event.deltaX / width);
      const delta = event.deltaY * (WHEEL[event.deltaMode] ?? 1) * (event.ctrlKey ? 10 : 1);
      const x = event.clientX - canvas.getBoundingClientRect().left - left;
      onZoom(2 ** -delta, Math.max(0, Math.min(1, x / width)));
    },
    { signal, passive: false },
  );
  canvas.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button !== 0 || event.ctrlKey) return;
      pressed = { id: event.pointerId, x: event.clientX };
      last = event.clientX;
      dragged = false;
    },
    { signal },
  );
  canvas.addEventListener(
    "pointermove",
    (event) => {
      if (pressed?.id !== event.pointerId) return;
      if (!dragged && Math.abs(event.clientX - pressed.x) < CLICK_DISTANCE) return;
      if (!dragged) canvas.setPointerCapture(event.pointerId);
      dragged = true;
      onPan((last - event.clientX) / span().width);
      last = event.clientX;
    },
    { signal },
  );
  const release = () => {
    pressed = null;
  };
  canvas.addEventListener("pointerup", release, { signal });
  canvas.addEventListener("pointercancel", release, { signal });
  canvas.addEventListener("dblclick", onWhole, { signal });

  return {
    get dragged() {
      return dragged;
    },
    dispose: () => ended.abort(),
  };
}

/** True when it was one of these keys. */
export function timeKey(key: string, { onZoom, onPan, onWhole }: Omit<Options, "span">): boolean {
  if (key === "+" || key === "=") onZoom(2, 0.5);
  else if (key === "-") onZoom(0.5, 0.5);
  else if (key === "ArrowLeft") onPan(-STEP);
  else if (key === "ArrowRight") onPan(STEP);
  else if (key === "Home" || key === "f") onWhole();
  else if (key === "End") onPan(Number.MAX_SAFE_INTEGER);
  else return false;
  return true;
}
