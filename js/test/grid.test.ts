import { expect, test } from "vitest";
import type { Bounds } from "../src/scene/camera.ts";
import { gridOf, within } from "../src/scene/grid.ts";

const square = (left: number, top: number, side = 10): Bounds => ({
  left,
  top,
  right: left + side,
  bottom: top + side,
});

const random = (seed: number) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

test("finds what touches a part of the world, in order, as looking at everything does", () => {
  const dice = random(3);
  const items = Array.from({ length: 500 }, () =>
    square(1000 * dice(), 400 * dice(), dice() < 0.05 ? 600 : 12 * dice()),
  );
  const grid = gridOf(items);
  for (let n = 0; n < 60; n++) {
    const part = square(1200 * dice() - 100, 600 * dice() - 100, 150 * dice());
    const touching = items.flatMap((item, at) => {
      const apart =
        item.right < part.left || item.left > part.right || item.bottom < part.top || item.top > part.bottom;
      return apart ? [] : [at];
    });
    expect(within(grid, part)).toEqual(touching);
  }
});

test("finds each once, however many cells it lies in", () => {
  const items = [square(0, 0, 1000), ...Array.from({ length: 100 }, (_, n) => square(10 * n, 0))];
  expect(within(gridOf(items), square(500, 500, 1))).toEqual([0]);
  expect(within(gridOf(items), square(-50, -50, 2000))).toHaveLength(101);
});

test("of nothing, or of one place, finds nothing and that", () => {
  expect(within(gridOf([]), square(0, 0))).toEqual([]);
  expect(within(gridOf([square(5, 5, 0), square(5, 5, 0)]), square(0, 0))).toEqual([0, 1]);
});
