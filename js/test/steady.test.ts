import { describe, expect, test } from "vitest";
import type { Box, Layout } from "../src/layout/graph.ts";
import { type Camera, fitTo, toScreen } from "../src/scene/camera.ts";
import { boundsOfLayout, fixedCard, followed, steadied, stillFits } from "../src/scene/steady.ts";

const SIZE = { width: 800, height: 400 };
const LIFE: Camera = { x: 0, y: 0, k: 1 };

const box = (x: number, y: number): Box => ({ x, y, width: 100, height: 40 });
const boxes = (...all: readonly Box[]) => new Map(all.map((each, id) => [id, each]));

test("a card that moved is seen where it was", () => {
  const camera: Camera = { x: 30, y: -10, k: 0.5 };
  const after = steadied(camera, box(100, 100), box(340, 80));
  expect(toScreen(after, box(340, 80))).toEqual(toScreen(camera, box(100, 100)));
});

describe("the card that stays in its place", () => {
  const before = boxes(box(100, 100), box(300, 100), box(5000, 100));
  const near = { x: 120, y: 90 };
  const fixed = (after: ReadonlyMap<number, Box>, ...wanted: (number | null)[]) =>
    fixedCard(before, after, wanted, near, LIFE, SIZE);

  test("is the one that is looked at", () => {
    expect(fixed(before, null, 1)).toBe(1);
  });

  test("is the nearest one when that is out of sight or gone", () => {
    expect(fixed(before, 2)).toBe(0);
    expect(fixed(boxes(box(0, 0)), 1)).toBe(0);
  });

  test("is none when nothing stays", () => {
    expect(fixed(new Map(), 1)).toBeNull();
  });
});

describe("a camera that fits the graph by itself", () => {
  const bounds = { left: 0, top: 0, right: 2000, bottom: 600 };
  const camera = fitTo(bounds, SIZE);

  test("stays while the graph grows within the view", () => {
    expect(stillFits(camera, { ...bounds, bottom: 800 }, SIZE)).toBe(true);
  });

  test("moves when something lies outside, or all has become small", () => {
    expect(stillFits(camera, { ...bounds, right: 2200 }, SIZE)).toBe(false);
    expect(stillFits(camera, { left: 0, top: 0, right: 300, bottom: 100 }, SIZE)).toBe(false);
  });
});

test("empty margins, where groups have gone, are no part of what has to fit", () => {
  const points = [
    { x: 550, y: 100 },
    { x: 560, y: 60 },
    { x: 640, y: 60 },
    { x: 650, y: 100 },
  ];
  const layout: Layout = {
    boxes: boxes(box(500, 100), box(700, 100)),
    routes: [{ source: 0, target: 1, reversed: false, points }],
    width: 900,
    height: 600,
  };
  expect(boundsOfLayout(layout)).toEqual({ left: 450, top: 60, right: 750, bottom: 120 });
  expect(boundsOfLayout({ ...layout, boxes: new Map(), routes: [] })).toBeNull();
});

describe("following what runs", () => {
  test("leaves the camera alone while that is in sight, or nothing runs", () => {
    expect(followed(LIFE, { left: 300, top: 100, right: 500, bottom: 200 }, SIZE)).toBe(LIFE);
    expect(followed(LIFE, null, SIZE)).toBe(LIFE);
  });

  test("puts it into the middle, no closer than before", () => {
    const camera = followed(LIFE, { left: 1000, top: 100, right: 1200, bottom: 200 }, SIZE);
    expect(camera.k).toBe(1);
    expect(toScreen(camera, { x: 1100, y: 150 })).toEqual({ x: 400, y: 200 });
    const far = followed(LIFE, { left: 0, top: 0, right: 4000, bottom: 200 }, SIZE);
    expect(toScreen(far, { x: 0, y: 100 }).x).toBeGreaterThanOrEqual(0);
  });
});
