/** The lower edge, to drag. */
import { texts } from "../texts.ts";
import { bounded, edgeHandle } from "./edge-handle.ts";

export const HEIGHTS = { least: 120, most: 4000, step: 24 } as const;

export const boundedHeight = (height: number): number => bounded(height, HEIGHTS);

export const resizeHandle = (size: () => number, onResize: (height: number) => void): HTMLElement =>
  edgeHandle({
    edge: "below",
    class: "tgw-handle",
    label: texts.resize,
    limits: HEIGHTS,
    size,
    onResize,
  });
