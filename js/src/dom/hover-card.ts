/** Every number of one group, beside it. */
import type { Facts } from "../facts.ts";
import type { Point } from "../layout/graph.ts";
import type { Size } from "../scene/camera.ts";
import { texts } from "../texts.ts";
import type { ThemeName } from "../theme.ts";
import { barParts, keyEntries } from "./bar.ts";
import { element } from "./element.ts";

/** A group's place, in screen pixels. */
export interface Anchor {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export interface HoverCard {
  readonly element: HTMLElement;
  /** Show it by a place on the canvas, anywhere in what the card stands in, but not above `ceiling` on the canvas. */
  show(facts: Facts, anchor: Anchor, canvas: HTMLElement, theme: ThemeName, ceiling?: number): void;
  hide(): void;
}

const GAP = 8;

export function hoverCard(): HoverCard {
  const card = element("div", { class: "tgw-hover", role: "tooltip", hidden: "" });
  let shown = "";
  return {
    element: card,
    show(facts, anchor, canvas, theme, ceiling = Number.NEGATIVE_INFINITY) {
      const now = JSON.stringify([facts, theme]);
      if (now !== shown) {
        shown = now;
        card.replaceChildren(...content(facts, theme));
      }
      card.hidden = false;
      const frame = (card.parentElement ?? canvas).getBoundingClientRect();
      const inner = canvas.getBoundingClientRect();
      const place = moved(anchor, inner.left - frame.left, inner.top - frame.top);
      const own = { width: card.offsetWidth, height: card.offsetHeight };
      const { x, y } = placeBeside(place, own, frame, ceiling + inner.top - frame.top);
      card.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    },
    hide() {
      card.hidden = true;
    },
  };
}

const moved = ({ left, right, top, bottom }: Anchor, x: number, y: number): Anchor => ({
  left: left + x,
  right: right + x,
  top: top + y,
  bottom: bottom + y,
});

/** Below or above the group, so that its paths stay in sight, else beside it; always inside, over it only as a last resort. */
export function placeBeside(
  { left, right, top, bottom }: Anchor,
  card: Size,
  room: Size,
  ceiling = Number.NEGATIVE_INFINITY,
): Point {
  const within = (value: number, size: number, space: number) =>
    Math.max(GAP, Math.min(value, space - size - GAP));
  const x = within((left + right - card.width) / 2, card.width, room.width);
  if (bottom + GAP + card.height + GAP <= room.height) return { x, y: bottom + GAP };
  if (top - GAP - card.height >= Math.max(GAP, ceiling)) return { x, y: top - GAP - card.height };
  const y = within((top + bottom - card.height) / 2, card.height, room.height);
  if (right + GAP + card.width + GAP <= room.width) return { x: right + GAP, y };
  if (left - GAP - card.width >= GAP) return { x: left - GAP - card.width, y };
  return { x, y: within(bottom + GAP, card.height, room.height) };
}

function content(facts: Facts, theme: ThemeName): HTMLElement[] {
  const rows = facts.facts.flatMap(({ label, values }) => [
    element("dt", {}, label),
    element("dd", {}, ...values.flatMap((value) => [element("span", {}, value), " "])),
  ]);
  const parts: HTMLElement[] = [
    element("div", { class: "tgw-hover-name" }, facts.name),
    ...facts.notes.map((note) => element("div", { class: "tgw-note" }, note)),
    element(
      "div",
      { class: "tgw-hover-done" },
      element("b", {}, facts.done),
      element("span", {}, facts.percent && `${facts.percent} ${texts.facts.progress}`),
    ),
    element("div", { class: "tgw-bar" }, ...barParts(facts.bar, theme)),
    element("div", { class: "tgw-legend" }, ...keyEntries(facts.counts, theme)),
    element("dl", {}, ...rows),
  ];
  if (facts.code) parts.push(element("code", {}, facts.code));
  return parts;
}
