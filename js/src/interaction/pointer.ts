/** What the pointer does on the canvas, apart from moving the camera. */
import type { Point } from "../layout/graph.ts";

interface Options {
  readonly onMove: (at: Point | null) => void;
  readonly onClick: (at: Point, add: boolean) => void;
  readonly onDoubleClick: (at: Point) => void;
}

export function watchPointer(canvas: HTMLCanvasElement, options: Options): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const place = (event: MouseEvent): Point => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    handle: (event: HTMLElementEventMap[K]) => void,
  ) => canvas.addEventListener(type, handle as EventListener, { signal });

  listen("pointermove", (event) => options.onMove(event.buttons === 0 ? place(event) : null));
  listen("pointerleave", () => options.onMove(null));
  listen("click", (event) => options.onClick(place(event), event.ctrlKey || event.metaKey || event.shiftKey));
  listen("dblclick", (event) => options.onDoubleClick(place(event)));
  return () => ended.abort();
}
