/** What the charts of the panel stand on: a canvas that fits its room and may be scrolled, with a card for what is pointed at. */
import { affordableRatio, sizeCanvas } from "../dom/canvas.ts";
import { element, setAttribute, setText } from "../dom/element.ts";
import { placeBeside } from "../dom/hover-card.ts";
import { watchPresence } from "../dom/presence.ts";
import { factFont, type Ink } from "../draw/ink.ts";
import type { Rect } from "../draw/stacked.ts";
import type { Size } from "../scene/camera.ts";

export type Line = readonly [label: string, value: string];

export interface Chart {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Of what is seen, in CSS pixels. */
  readonly size: Size;
  /** Pixels that are scrolled away above. */
  readonly scrolled: number;
  /** To be scrolled when it is more than there is room for. */
  setHeight(px: number): void;
  scrollBy(px: number): void;
  /** An empty canvas to draw on in CSS pixels, and its pixels to one of them; null where there is none. */
  begin(ink: Ink): { readonly pen: CanvasRenderingContext2D; readonly ratio: number } | null;
  /** Beside a place on the canvas. */
  tell(at: Rect, title: string, lines: readonly Line[]): void;
  hush(): void;
  /** What the chart says, in a sentence. */
  label(text: string): void;
  dispose(): void;
}

interface Options {
  readonly role: "img" | "application";
  readonly className: string;
  /** Has another size, is scrolled, or is seen again. */
  readonly onChange: () => void;
}

export function chart({ role, className, onChange }: Options): Chart {
  const canvas = element("canvas", { role, tabindex: "0" });
  const scroller = element("div", { class: "tgw-chart-scroll" }, element("div", {}, canvas));
  const title = element("b", { class: "tgw-hover-name" });
  const list = element("dl");
  const card = element("div", { class: "tgw-hover", role: "tooltip", hidden: "" }, title, list);
  const frame = element("div", { class: `tgw-chart ${className}` }, scroller, card);
  const ctx = canvas.getContext("2d");
  let size: Size = { width: 0, height: 0 };
  let told = "";

  const unwatch = watchPresence(scroller, ({ width, height, visible }) => {
    size = { width, height };
    if (visible) onChange();
  });
  scroller.addEventListener("scroll", onChange, { passive: true });

  return {
    element: frame,
    canvas,
    get size() {
      return size;
    },
    get scrolled() {
      return scroller.scrollTop;
    },
    setHeight(px) {
      const height = `${Math.ceil(px)}px`;
      const content = scroller.firstElementChild as HTMLElement;
      if (content.style.minHeight !== height) content.style.minHeight = height;
    },
    scrollBy(px) {
      scroller.scrollTop += px;
    },
    begin(ink) {
      if (!ctx || size.width <= 0 || size.height <= 0) return null;
      const ratio = affordableRatio(size, ink.pixelRatio);
      sizeCanvas(canvas, size, ratio);
      canvas.style.height = `${size.height}px`;
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, size.width, size.height);
      ctx.font = factFont(ink.fontFamily);
      ctx.textBaseline = "middle";
      ctx.textAlign = "left";
      return { pen: ctx, ratio };
    },
    tell({ x, y, width, height }, name, lines) {
      const now = JSON.stringify([name, lines]);
      if (now !== told) {
        told = now;
        setText(title, name);
        list.replaceChildren(
          ...lines.flatMap(([label, value]) => [element("dt", {}, label), element("dd", {}, value)]),
        );
      }
      card.hidden = false;
      const own = { width: card.offsetWidth, height: card.offsetHeight };
      const at = placeBeside({ left: x, right: x + width, top: y, bottom: y + height }, own, size);
      card.style.transform = `translate(${Math.round(at.x)}px, ${Math.round(at.y)}px)`;
    },
    hush() {
      card.hidden = true;
    },
    label: (text) => setAttribute(canvas, "aria-label", text),
    dispose: unwatch,
  };
}

let reader: CanvasRenderingContext2D | null = null;

/** A colour as a pixel of an image: in the order of bytes of this machine. */
export function pixelOf(colour: string): number {
  reader ??= element("canvas", { width: "1", height: "1" }).getContext("2d", { willReadFrequently: true });
  if (!reader) return 0;
  reader.fillStyle = colour;
  reader.fillRect(0, 0, 1, 1);
  return new Uint32Array(reader.getImageData(0, 0, 1, 1).data.buffer)[0] ?? 0;
}

/** Keys that a chart answers, before anybody else hears of them. */
export function watchChartKeys(canvas: HTMLCanvasElement, run: (key: string) => boolean): void {
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !run(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}
