// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { minimap } from "../src/dom/minimap.ts";
import { drawMap, frameOnMap, mapCamera, mapSize } from "../src/draw/minimap.ts";
import { LENS } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { buildScene } from "../src/scene/scene.ts";
import { recorder } from "./recorder.ts";
import { BRUSH, measure, mirrorOf, UNMARKED } from "./sample.ts";

const SIZE = { width: 152, height: 92 };
const VIEW = { width: 600, height: 300 };
const WORLD = { left: 0, top: 0, right: 1440, bottom: 840 };

/** A card in each of two corners of the world. */
function corners() {
  const mirror = mirrorOf();
  const boxes = new Map([
    [1, { x: 70, y: 23, width: 140, height: 46 }],
    [2, { x: 1370, y: 817, width: 140, height: 46 }],
  ]);
  return buildScene({
    picture: pictureOf(mirror, LENS),
    layout: { boxes, routes: [], width: 1440, height: 840 },
    texts: new Map(),
    states: mirror.states,
    measure,
    ...UNMARKED,
  });
}

describe("the map", () => {
  test("shows the whole in its middle", () => {
    expect(mapCamera(WORLD, SIZE)).toEqual({ k: 0.1, x: 4, y: 4 });
  });

  test("has the shape of the whole, within bounds", () => {
    expect(mapSize(WORLD)).toEqual({ width: 160, height: 93 });
    expect(mapSize({ ...WORLD, bottom: 10 })).toEqual({ width: 160, height: 28 });
    expect(mapSize({ ...WORLD, right: 10 })).toEqual({ width: 28, height: 96 });
  });

  test("has a dot for each card", () => {
    const { ctx, named } = recorder();
    drawMap(ctx, corners().cards, mapCamera(WORLD, SIZE), SIZE, BRUSH);
    expect(named("fillRect").map(([, x, y]) => [x, y])).toContainEqual([1300, 790]);
  });

  test("frames what is seen, as far as the map reaches", () => {
    const camera = mapCamera(WORLD, SIZE);
    expect(frameOnMap({ left: 100, top: 200, right: 700, bottom: 500 }, camera, SIZE)).toEqual({
      left: 14,
      top: 24,
      right: 74,
      bottom: 54,
    });
    expect(frameOnMap({ left: -999, top: -999, right: 9999, bottom: 9999 }, camera, SIZE)).toEqual({
      left: 0,
      top: 0,
      right: 152,
      bottom: 92,
    });
  });
});

describe("the minimap", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("shows itself only when there is more than is seen, and room", () => {
    const map = minimap(() => {});
    map.update(corners(), { x: 0, y: 0, k: 0.2 }, VIEW, BRUSH);
    expect(map.element.hidden).toBe(true);
    map.update(corners(), { x: 0, y: 0, k: 1 }, VIEW, BRUSH);
    expect(map.element.hidden).toBe(false);
    map.update(corners(), { x: 0, y: 0, k: 1 }, { width: 300, height: 100 }, BRUSH);
    expect(map.element.hidden).toBe(true);
    map.dispose();
  });

  test("moves the view to where it is pressed and dragged", () => {
    const moves: unknown[] = [];
    const map = minimap((middle) => moves.push(middle));
    map.element.setPointerCapture = () => {};
    map.update(corners(), { x: 0, y: 0, k: 1 }, VIEW, BRUSH);
    vi.runOnlyPendingTimers();
    const at = (type: string, buttons: number) =>
      map.element.dispatchEvent(new PointerEvent(type, { clientX: 24, clientY: 34, buttons }));
    at("pointerdown", 1);
    at("pointermove", 1);
    at("pointermove", 0);
    const middle = { x: expect.closeTo(166.6, 0), y: expect.closeTo(296.5, 0) };
    expect(moves).toEqual([middle, middle]);
    map.dispose();
  });
});
