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
  /**
   * Show it by a place on the canvas, anywhere in what the card stands in, but not above `ceiling` on the canvas, and
   * rather not over the places to `spare`.
   */
  show(
    facts: Facts,
    anchor: Anchor,
    spare: readonly Anchor[],
    canvas: HTMLElement,
    theme: ThemeName,
    ceiling?: number,
  ): void;
  hide(): void;
}

const GAP = 8;

export function hoverCard(): HoverCard {
  const card = element("div", { class: "tgw-hover", role: "tooltip", hidden: "" });
  let shown = "";
  return {
    element: card,
    show(facts, anchor, spare, canvas, theme, ceiling = Number.NEGATIVE_INFINITY) {
      const now = JSON.stringify([facts, theme]);
      if (now !== shown) {
        shown = now;
        card.replaceChildren(...content(facts, theme));
      }
      card.hidden = false;
      const frame = (card.parentElement ?? canvas).getBoundingClientRect();
      const inner = canvas.getBoundingClientRect();
      const onFrame = (place: Anchor) => moved(place, inner.left - frame.left, inner.top - frame.top);
      const own = { width: card.offsetWidth, height: card.offsetHeight };
      const { x, y } = placeBeside(
        onFrame(anchor),
        own,
        frame,
        spare.map(onFrame),
        ceiling + inner.top - frame.top,
      );
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

/**
 * Below or above the group, so that its paths stay in sight, else beside it or beyond its neighbours: where it covers the
 * least of these. Always inside; where there is no such place, at an edge.
 */
export function placeBeside(
  group: Anchor,
  card: Size,
  room: Size,
  spare: readonly Anchor[] = [],
  ceiling = Number.NEGATIVE_INFINITY,
): Point {
  const { left, right, top, bottom } = group;
  const within = (value: number, size: number, space: number) =>
    Math.max(GAP, Math.min(value, space - size - GAP));
  const inside = ({ x, y }: Point): Point => ({
    x: within(x, card.width, room.width),
    y: within(y, card.height, room.height),
  });
  const middle = inside({ x: (left + right - card.width) / 2, y: (top + bottom - card.height) / 2 });
  const before = (edge: number) => ({ x: edge - GAP - card.width, y: middle.y });
  const behind = (edge: number) => ({ x: edge + GAP, y: middle.y });
  const above = { x: middle.x, y: top - GAP - card.height };
  const places = [
    { x: middle.x, y: bottom + GAP },
    ...(above.y >= ceiling ? [above] : []),
    behind(right),
    before(left),
    behind(Math.max(right, ...spare.map((each) => each.right))),
    before(Math.min(left, ...spare.map((each) => each.left))),
  ].filter((place) => {
    const { x, y } = inside(place);
    return x === place.x && y === place.y;
  });
  const edges = [room.height, 0].flatMap((y) => [middle.x, 0, room.width].map((x) => inside({ x, y })));
  const fitting = places.length > 0 ? places : edges;
  const costs = fitting.map((place) =>
    sum([group, group, ...spare].map((each) => shared(place, card, each))),
  );
  return fitting[costs.indexOf(Math.min(...costs))] ?? middle;
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

/** What a card at a place covers of another. */
const shared = ({ x, y }: Point, { width, height }: Size, { left, right, top, bottom }: Anchor): number =>
  Math.max(0, Math.min(x + width, right) - Math.max(x, left)) *
  Math.max(0, Math.min(y + height, bottom) - Math.max(y, top));

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
