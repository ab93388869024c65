import { describe, expect, test } from "vitest";
import { STATES } from "../src/progress.ts";
import {
  CATEGORY_COUNT,
  categoryColour,
  HOST_CARDS,
  PALETTES,
  stateColour,
  statePattern,
  type ThemeName,
} from "../src/theme.ts";
import { contrast, difference, lightness, SIGHTS } from "./colour.ts";

const THEMES: ThemeName[] = ["light", "dark"];
const pairsOf = <Item>(items: readonly Item[]) =>
  items.flatMap((a, at) => items.slice(at + 1).map((b) => [a, b] as const));
const pairs = pairsOf(STATES);
const categories = Array.from({ length: CATEGORY_COUNT + 1 }, (_, category) => category);

describe.each(THEMES)("in the %s theme", (theme) => {
  const cards = [PALETTES[theme].card, ...HOST_CARDS[theme]];

  test.each([...STATES, "hibernating"])("%s stands out from every card by 3:1", (state) => {
    for (const card of cards) expect(contrast(stateColour(state, theme), card)).toBeGreaterThanOrEqual(3);
  });

  test("text can be read: 4.5:1", () => {
    const { text, dim, card, background, accent } = PALETTES[theme];
    for (const ink of [text, dim, accent]) {
      for (const ground of [card, background]) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(["erred", "no-worker"])("a badge of %s can be read: 4.5:1", (state) => {
    expect(contrast(PALETTES[theme].onColour, stateColour(state, theme))).toBeGreaterThanOrEqual(4.5);
  });

  test.each(Object.entries(SIGHTS))("any two states differ for %s sight", (_, seen) => {
    for (const [a, b] of pairs) {
      const apart = difference(seen(stateColour(a, theme)), seen(stateColour(b, theme)));
      expect(apart, `${a} and ${b}`).toBeGreaterThan(0.065);
    }
  });

  test.each(categories)("category %i stands out from every card by 3:1", (category) => {
    for (const card of cards)
      expect(contrast(categoryColour(category, theme), card)).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.entries(SIGHTS))("any two categories differ for %s sight", (_, seen) => {
    for (const [a, b] of pairsOf(categories)) {
      const apart = difference(seen(categoryColour(a, theme)), seen(categoryColour(b, theme)));
      expect(apart, `${a} and ${b}`).toBeGreaterThan(0.085);
    }
  });

  test("any two states differ without colour, by lightness or by pattern", () => {
    for (const [a, b] of pairs) {
      if (statePattern(a) === "hatched" || statePattern(b) === "hatched") continue;
      const apart = Math.abs(lightness(stateColour(a, theme)) - lightness(stateColour(b, theme)));
      expect(apart, `${a} and ${b}`).toBeGreaterThan(5);
    }
  });
});

test("what is wrong has a pattern, and nothing else has", () => {
  expect(STATES.filter((state) => statePattern(state) === "hatched")).toEqual(["no-worker", "erred"]);
});

test("a category beyond the table is one of the others", () => {
  expect(categoryColour(CATEGORY_COUNT + 7, "dark")).toBe(categoryColour(CATEGORY_COUNT, "dark"));
});

test("a state with the name of an object's own property is an unknown state", () => {
  expect(stateColour("constructor", "light")).toBe(stateColour("hibernating", "light"));
});
