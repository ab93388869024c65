import { describe, expect, test } from "vitest";
import { draw } from "../src/draw/draw.ts";
import { layerOn } from "../src/draw/layer.ts";
import type { Camera } from "../src/scene/camera.ts";
import type { Card } from "../src/scene/scene.ts";
import { recorder } from "./recorder.ts";
import { BRUSH, mirrorOf, node, PLAIN } from "./sample.ts";

const SIZE = { width: 600, height: 300 };
const CARD: Card = {
  id: 0,
  node: node(mirrorOf(), 1),
  box: { x: 0, y: 0, width: 150, height: 46 },
  text: { prefix: "x", token: "", prefixWidth: 7, tokenAt: 13 },
  facts: {
    ratio: "4/4",
    ratioWidth: 21,
    bar: [{ state: "memory", count: 4 }],
    badge: null,
    badgeWidth: 0,
    mostly: "memory",
  },
  ...PLAIN,
};

/** In rows of fifty. */
const standing = Array.from({ length: 2_000 }, (_, id) => ({
  ...CARD,
  id,
  box: { ...CARD.box, x: 200 * (id % 50), y: 62 * Math.floor(id / 50) },
}));

/** The same cards; one of them may have become another. */
const cardsWith = (id = -1, change: Partial<Card> = {}): Card[] =>
  standing.map((card) => (card.id === id ? { ...card, ...change } : card));

/** A canvas with a layer, and how often each has been asked for `call` since the last look. */
function stage(call: "fillRect" | "fillText") {
  const [screen, kept, spare] = [recorder(), recorder(), recorder()];
  const layers = {
    edges: layerOn(recorder().ctx, recorder().ctx),
    cards: layerOn(kept.ctx, spare.ctx),
  };
  return (cards: readonly Card[], camera: Camera) => {
    for (const { calls } of [screen, kept, spare]) calls.length = 0;
    draw(screen.ctx, { cards, edges: [], ground: {} }, camera, SIZE, BRUSH, layers);
    const [onScreen, inLayer] = [screen, kept].map(({ named }) => named(call).length);
    return { onScreen, inLayer, copied: screen.named("drawImage").length, calls: kept.calls };
  };
}

describe("blocks", () => {
  const FAR: Camera = { x: 0, y: 0, k: 0.06 };

  test("are kept, and at an update only those that changed are drawn again", () => {
    const show = stage("fillRect");
    const first = cardsWith();
    expect(show(first, FAR)).toMatchObject({ onScreen: 2_000, inLayer: 0 });
    expect(show(first, FAR)).toMatchObject({ onScreen: 0, inLayer: 2_000 });
    const later = cardsWith(7, { facts: { ...CARD.facts, mostly: "erred" } });
    expect(show(later, FAR)).toMatchObject({ onScreen: 0, inLayer: 1 });
    expect(show(later, FAR)).toMatchObject({ onScreen: 0, inLayer: 0 });
  });

  test("that do not hide what they were are drawn anew, with what they touch", () => {
    const show = stage("fillRect");
    const first = cardsWith();
    show(first, FAR);
    show(first, FAR);
    const { inLayer, calls } = show(cardsWith(7, { light: "dimmed" }), FAR);
    expect(inLayer).toBe(2);
    expect(calls.map(([name]) => name)).toContain("clip");
  });

  test("are all drawn at once when most have changed", () => {
    const show = stage("fillRect");
    const first = cardsWith();
    show(first, FAR);
    show(first, FAR);
    const dimmed = first.map((card): Card => ({ ...card, light: "dimmed" }));
    expect(show(dimmed, FAR)).toMatchObject({ onScreen: 2_000, inLayer: 0, copied: 0 });
  });
});

describe("cards with names", () => {
  const NEAR: Camera = { x: 0, y: 0, k: 0.3 };
  const keptOnce = (cards: readonly Card[]) => {
    const show = stage("fillText");
    show(cards, NEAR);
    return { show, ...show(cards, NEAR) };
  };

  test("are drawn once into what is kept, as they come into sight", () => {
    const first = cardsWith();
    const show = stage("fillText");
    const { onScreen } = show(first, NEAR);
    expect(onScreen).toBeGreaterThan(100);
    expect(show(first, NEAR)).toMatchObject({ onScreen: 0, inLayer: onScreen, copied: 1 });
    expect(show(first, { ...NEAR, x: -20 })).toMatchObject({ onScreen: 0, inLayer: 0, copied: 1 });
    const moved = show(first, { ...NEAR, x: -90 }).inLayer;
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(40);
    expect(show(first, NEAR)).toMatchObject({ onScreen: 0, inLayer: 0, copied: 1 });
  });

  test("that are few are drawn in each frame", () => {
    const { onScreen, inLayer, copied } = keptOnce(cardsWith().slice(0, 40));
    expect([onScreen, inLayer, copied]).toEqual([11, 0, 0]);
  });

  test("are drawn sharp at each zoom, and kept when it rests", () => {
    const { show } = keptOnce(standing);
    const zoomed = show(standing, { ...NEAR, k: 0.32 });
    expect(zoomed).toMatchObject({ inLayer: 0, copied: 0 });
    expect(zoomed.onScreen).toBeGreaterThan(100);
    expect(show(standing, { ...NEAR, k: 0.32 })).toMatchObject({
      onScreen: 0,
      inLayer: zoomed.onScreen,
      copied: 1,
    });
  });

  test("are drawn anew where they changed, and nowhere else", () => {
    const { show } = keptOnce(standing);
    const facts = { ...CARD.facts, bar: [{ state: "erred", count: 4 }] };
    const { onScreen, inLayer, calls } = show(cardsWith(53, { facts }), NEAR);
    expect([onScreen, inLayer]).toEqual([0, 1]);
    const names = calls.map(([name]) => name);
    expect(names.indexOf("clip")).toBeLessThan(names.indexOf("clearRect"));
    const [, x, y, width, height] = calls.find(([name]) => name === "clearRect") ?? [];
    expect([x, y, width, height]).toEqual([520, 33.3, 160, 56.7]);
  });

  test("that changed out of sight are drawn when they come into it", () => {
    const { show } = keptOnce(standing);
    const later = cardsWith(12, { facts: { ...CARD.facts, bar: [{ state: "erred", count: 4 }] } });
    expect(show(later, NEAR)).toMatchObject({ onScreen: 0, inLayer: 0, copied: 1 });
    expect(show(later, { ...NEAR, x: -150 }).inLayer).toBeGreaterThan(0);
  });

  test("that are marked lie above what is kept, and are not in it", () => {
    const { show } = keptOnce(standing);
    const hovered = show(cardsWith(53, { hovered: true }), NEAR);
    expect(hovered).toMatchObject({ onScreen: 1, inLayer: 0, copied: 1 });
    expect(hovered.calls.map(([name]) => name)).toContain("clearRect");
    expect(show(cardsWith(), NEAR)).toMatchObject({ onScreen: 0, inLayer: 1, copied: 1 });
  });
});
