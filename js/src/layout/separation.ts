import { at } from "./arrays.ts";
import type { Layers } from "./layers.ts";

/** The least distance between the centres of two vertices, one above the other. */
export type Separation = (upper: number, lower: number) => number;

const EDGE_TO_CARD = 0.6;
const EDGE_TO_EDGE = 0.5;

/** Edges may pass closer to each other and to cards than card to card. */
export function separation({ cards }: Layers, heights: readonly number[], nodeGap: number): Separation {
  return (upper, lower) => {
    const edges = Number(upper >= cards) + Number(lower >= cards);
    const gap = edges === 0 ? nodeGap : nodeGap * (edges === 1 ? EDGE_TO_CARD : EDGE_TO_EDGE);
    return ((heights[upper] ?? 0) + (heights[lower] ?? 0)) / 2 + gap;
  };
}

/** Extent of vertices about their centres. */
export function extent(ys: readonly number[], heights: readonly number[]): [top: number, bottom: number] {
  let top = Infinity;
  let bottom = -Infinity;
  for (let vertex = 0; vertex < ys.length; vertex++) {
    const half = (heights[vertex] ?? 0) / 2;
    top = Math.min(top, at(ys, vertex) - half);
    bottom = Math.max(bottom, at(ys, vertex) + half);
  }
  return [top, bottom];
}
