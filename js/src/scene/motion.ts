/** A layout on its way to the next one. */
import type { Layout, NodeId } from "../layout/graph.ts";
import { ease, glideLayout } from "./glide.ts";

export interface Motion {
  readonly from: Layout;
  readonly to: Layout;
  readonly startedMs: number;
  /** Some boxes are new. */
  readonly fresh: boolean;
}

export const NOTHING: Layout = { boxes: new Map(), routes: [], width: 0, height: 0 };

export const STILL: Motion = { from: NOTHING, to: NOTHING, startedMs: -Infinity, fresh: false };

const progressAt = ({ startedMs }: Motion, nowMs: number, glideMs: number) =>
  ease(nowMs - startedMs, glideMs);

export const shownAt = (motion: Motion, nowMs: number, glideMs: number): Layout =>
  glideLayout(motion.from, motion.to, progressAt(motion, nowMs, glideMs));

/** More boxes than this are so small that nobody could follow them: they are where they shall be at once. */
const MANY = 4_000;

/** From where things stand now to another layout. */
export function redirect(motion: Motion, to: Layout, nowMs: number, glideMs: number): Motion {
  const from = shownAt(motion, nowMs, glideMs);
  if (to.boxes.size > MANY) return { from, to, startedMs: -Infinity, fresh: false };
  const fresh = [...to.boxes.keys()].some((id) => !from.boxes.has(id));
  return { from, to, startedMs: nowMs, fresh };
}

export const isMoving = (motion: Motion, nowMs: number, glideMs: number): boolean =>
  progressAt(motion, nowMs, glideMs) < 1;

/** New boxes fade in; null when none is new. */
export const opacityAt = (motion: Motion, nowMs: number, glideMs: number) => {
  const t = progressAt(motion, nowMs, glideMs);
  return motion.fresh && t < 1 ? (id: NodeId): number => (motion.from.boxes.has(id) ? 1 : t) : null;
};
