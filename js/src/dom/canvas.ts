/** A canvas as sharp as the screen, within bounds. */
import { type Layer, type Layers, layerOn } from "../draw/layer.ts";
import type { Size } from "../scene/camera.ts";
import { element } from "./element.ts";

const MOST_PIXELS = 16_000_000;
const LONGEST_SIDE = 8192;

/** Device pixels per CSS pixel that a canvas of this size can afford. */
export function affordableRatio({ width, height }: Size, wanted: number): number {
  const area = Math.sqrt(MOST_PIXELS / Math.max(1, width * height));
  return Math.min(wanted, area, LONGEST_SIDE / Math.max(1, width, height));
}

/** Gives the canvas its size in device pixels; setting it again, even to the same, would clear it. */
export function sizeCanvas(canvas: HTMLCanvasElement, size: Size, ratio: number): void {
  const width = Math.max(1, Math.round(size.width * ratio));
  const height = Math.max(1, Math.round(size.height * ratio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

export const graphCanvas = (label: string): HTMLCanvasElement =>
  element("canvas", { class: "tgw-canvas", tabindex: "0", role: "application", "aria-label": label });

/** Null where there is nothing to draw on. */
export function hiddenLayers(): Layers | null {
  const [edges, cards] = [hiddenLayer(), hiddenLayer()];
  return edges && cards && { edges, cards };
}

const hiddenContext = () => element("canvas", { width: "1", height: "1" }).getContext("2d");

function hiddenLayer(): Layer | null {
  const [ctx, spare] = [hiddenContext(), hiddenContext()];
  return ctx && spare && layerOn(ctx, spare);
}
