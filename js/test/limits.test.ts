import { describe, expect, test } from "vitest";
import { type Camera, fitTo, toScreen } from "../src/scene/camera.ts";
import { heldIn, leastZoom } from "../src/scene/limits.ts";

const SIZE = { width: 900, height: 300 };
const BOUNDS = { left: 0, top: 0, right: 2000, bottom: 600 };
const FIT = fitTo(BOUNDS, SIZE);

const held = (wanted: Camera, from: Camera = FIT) => heldIn(wanted, BOUNDS, SIZE, from);

describe("a camera that the user moves", () => {
  test("goes anywhere within and about the graph", () => {
    for (const wanted of [FIT, { ...FIT, x: 600 }, { x: -1700, y: -500, k: 1 }])
      expect(held(wanted)).toEqual(wanted);
  });

  test.each([
    ["left", { ...FIT, x: -9000 }, { x: 300 }],
    ["right", { ...FIT, x: 9000 }, { x: 600 }],
    ["up", { ...FIT, y: -9000 }, { y: 100 }],
    ["down", { ...FIT, y: 9000 }, { y: 200 }],
  ])("leaves some of the graph in the view when it is dragged far %s", (where, wanted, edge) => {
    const corner = where === "left" || where === "up" ? { x: 2000, y: 600 } : { x: 0, y: 0 };
    expect(toScreen(held(wanted), corner)).toMatchObject(edge);
  });

  test("does not jump when the graph is out of sight already, but comes back as it is moved", () => {
    const lost = { x: -3000, y: 100, k: 1 };
    expect(held(lost, lost)).toEqual(lost);
    expect(held({ ...lost, x: -3100 }, lost)).toEqual(lost);
    expect(held({ ...lost, x: -2900 }, lost).x).toBe(-2900);
  });

  test("is free where there is no graph", () => {
    expect(heldIn({ x: 9000, y: 0, k: 1 }, null, SIZE, FIT).x).toBe(9000);
  });
});

describe("zooming out", () => {
  test("ends when the whole graph has become half of what fits", () => {
    expect(leastZoom(BOUNDS, SIZE, FIT)).toBe(FIT.k / 2);
    expect(leastZoom({ left: 0, top: 0, right: 10, bottom: 10 }, SIZE, FIT)).toBeCloseTo(FIT.k);
  });

  test("does not jump when the graph has become smaller meanwhile", () => {
    expect(leastZoom(BOUNDS, SIZE, { ...FIT, k: 0.01 })).toBe(0.01);
  });
});
