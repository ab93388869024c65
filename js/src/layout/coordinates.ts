import type { Layers } from "./layers.ts";
import { standing } from "./pooling.ts";
import { relax } from "./relaxing.ts";
import type { Separation } from "./separation.ts";
import { straighten } from "./straightening.ts";

/**
 * Heights of all vertices that keep the order of each rank and the separation. Edges are short, long ones shortest,
 * so that the picture is hardly higher than its fullest rank; then what can be straight is.
 */
export function assignHeights(layers: Layers, apart: Separation): number[] {
  const stood = standing(layers, apart);
  relax(stood);
  straighten(stood);
  return Array.from(stood.y);
}
