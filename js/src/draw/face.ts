/** Where the face of a card lies, and how much of it is drawn. */
import { edgesOf } from "../scene/camera.ts";
import { overhang, scaleOf } from "../scene/card.ts";
import type { Card } from "../scene/scene.ts";
import { DIMMED, FAINT } from "./ink.ts";
import type { Rect } from "./stacked.ts";

/** In world pixels: its box, but for the cards that look out behind it. */
export function faceOf({ box, node }: Card): Rect {
  const { left, top } = edgesOf(box);
  const scale = scaleOf(node);
  const { x, y } = overhang(node);
  return { x: left, y: top, width: box.width - scale * x, height: box.height - scale * y };
}

/** Rings and badges reach beyond their card by no more than this: on the screen, and in the world. */
const OVERHANG = { screen: 16, world: 32 } as const;

/** In world pixels. */
export const overhangAt = (zoom: number): number => Math.max(OVERHANG.screen / zoom, OVERHANG.world);

export const alphaOf = ({ opacity, light, faint }: Card): number =>
  opacity * (light === "dimmed" ? DIMMED.card : faint ? FAINT : 1);

/** Drawn above the others. */
export const isMarked = ({ hovered, selected, focused, current }: Card): boolean =>
  hovered || selected || focused || current;
