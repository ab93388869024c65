/** A layout on its way to the next one. */
import type { Layout, NodeId } from "../layout/graph.ts";
import { ease, glideLayout } from "./glide.ts";

export interface Motion {
  readonly from: Layout;
  readonly to: Layout;
  readonly startedMs: number;
}

export const NOTHING: Layout = { boxes: new Map(), routes: [], width: 0, height: 0 };

export const STILL: Motion = { from: NOTHING, to: NOTHING, startedMs: -Infinity };

const progressAt = ({ startedMs }: Motion, nowMs: number, glideMs: number) =>
  ease(nowMs - startedMs, glideMs);

export const shownAt = (motion: Motion, nowMs: number, glideMs: number): Layout =>
  glideLayout(motion.from, motion.to, progressAt(motion, nowMs, glideMs));

/** From where things stand now to another layout. */
export const redirect = (motion: Motion, to: Layout, nowMs: number, glideMs: number): Motion => ({
  from: shownAt(motion, nowMs, glideMs),
  to,
  startedMs: nowMs,
});

export const isMoving = (motion: Motion, nowMs: number, glideMs: number): boolean =>
  progressAt(motion, nowMs, glideMs) < 1;

/** New boxes fade in. */
export const opacityAt = (motion: Motion, nowMs: number, glideMs: number) => {
  const t = progressAt(motion, nowMs, glideMs);
  return (id: NodeId): number => (motion.from.boxes.has(id) ? 1 : t);
};
