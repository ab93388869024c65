import { describe, expect, test } from "vitest";
import type { Box, Layout } from "../src/layout/graph.ts";
import { LENS, opened } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { type Camera, toScreen } from "../src/scene/camera.ts";
import { openedInto, openingOf, staysClose, unfolded } from "../src/scene/opening.ts";
import { mirrorOf, named } from "./sample.ts";

const SIZE = { width: 800, height: 400 };
const NOTHING_OVER = { top: 0, bottom: 0 };

const layoutOf = (boxes: ReadonlyMap<number, Box>): Layout => ({
  boxes,
  routes: [],
  left: 0,
  top: 0,
  width: 0,
  height: 0,
  ranks: new Map(),
  bands: new Map(),
});
const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 });

describe("a card that is opened", () => {
  const mirror = mirrorOf([named(1, "a-1"), named(2, "a-2"), named(3, "b", { dependencies: [2] })]);
  const lens = { ...LENS, level: "prefixes" } as const;
  const folded = pictureOf(mirror, lens);
  const card = folded.homes.get(1) ?? 0;
  const before = layoutOf(
    new Map([
      [card, box(50, 20)],
      [3, box(250, 20)],
    ]),
  );
  const open = opened(lens, "prefix a", true);

  test("is known by its groups, and by the place where it stood", () => {
    expect(openingOf(open.open, folded, before)).toEqual({ members: [1, 2], from: box(50, 20) });
    expect(openingOf(lens.open, folded, before)).toBeNull();
    expect(openingOf(open.open, pictureOf(mirror, open, folded), before)).toBeNull();
  });

  test("has become the cards of its groups, as soon as they are laid out", () => {
    const opening = { members: [1, 2], from: box(50, 20) };
    const now = pictureOf(mirror, open, folded);
    const after = layoutOf(
      new Map([
        [1, box(50, 20)],
        [2, box(50, 80)],
        [3, box(250, 20)],
      ]),
    );
    expect(openedInto(opening, now, before)).toBeNull();
    expect(openedInto(opening, now, after)).toEqual({ left: 0, top: 0, right: 100, bottom: 100 });
  });
});

describe("the camera on a card that is opened", () => {
  const camera: Camera = { x: 0, y: 0, k: 0.5 };

  test("keeps its scale where that fits, and shows all in the place of the card", () => {
    const into = { left: 0, top: 0, right: 400, bottom: 300 };
    const now = unfolded(camera, box(800, 400), into, SIZE, NOTHING_OVER);
    expect(now.k).toBe(0.5);
    expect(toScreen(now, { x: 200, y: 150 })).toEqual({ x: 400, y: 200 });
  });

  test("moves no further than it must", () => {
    const into = { left: 0, top: 0, right: 400, bottom: 300 };
    const now = unfolded(camera, box(40, 400), into, SIZE, NOTHING_OVER);
    expect(toScreen(now, { x: 0, y: 150 })).toEqual({ x: 20, y: 200 });
  });

  test("is further away where it does not fit, but names can still be read", () => {
    const middle = { left: 0, top: 0, right: 1000, bottom: 900 };
    expect(unfolded(camera, box(0, 0), middle, SIZE, NOTHING_OVER).k).toBe(0.4);
    const far = { ...middle, bottom: 9000 };
    expect(unfolded(camera, box(0, 0), far, SIZE, NOTHING_OVER).k).toBe(0.3);
  });

  test("goes on to show the whole where that is hardly further away, or near enough for whole cards", () => {
    const layout = layoutOf(
      new Map([
        [1, box(0, 0)],
        [2, { ...box(0, 0), width: 1000 }],
      ]),
    );
    const close = (k: number) => staysClose({ ...camera, k }, layout, SIZE, NOTHING_OVER);
    expect([close(1), close(0.5)]).toEqual([true, true]);
    const wide = layoutOf(new Map([[1, { ...box(0, 0), width: 1900 }]]));
    expect(staysClose(camera, wide, SIZE, NOTHING_OVER)).toBe(false);
  });
});
