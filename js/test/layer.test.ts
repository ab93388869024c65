import { expect, test } from "vitest";
import { draw } from "../src/draw/draw.ts";
import { layerOn, marginOf } from "../src/draw/layer.ts";
import type { Camera } from "../src/scene/camera.ts";
import type { Edge, Light, Scene } from "../src/scene/scene.ts";
import { recorder } from "./recorder.ts";
import { BRUSH } from "./sample.ts";

const SIZE = { width: 600, height: 300 };

const edge = (y: number, light: Light): Edge => ({
  points: [
    { x: 0, y },
    { x: 200, y },
    { x: 200, y: y + 50 },
    { x: 400, y: y + 50 },
  ],
  reversed: false,
  light,
  opacity: 1,
});

const sceneOf = (edges: number, ground: object = {}, lit = edges): Scene => ({
  cards: [],
  edges: Array.from({ length: edges }, (_, n) =>
    edge(n / 4, lit === edges ? "normal" : n < lit ? "lit" : "dimmed"),
  ),
  ground,
});

/** A canvas with layers, and how many curves each has been asked to draw since the last look. */
function stage() {
  const [screen, edges, spare] = [recorder(), recorder(), recorder()];
  const layers = {
    edges: layerOn(edges.ctx, spare.ctx),
    cards: layerOn(recorder().ctx, recorder().ctx),
  };
  const curves = ({ calls, named }: ReturnType<typeof recorder>) => {
    const many = named("bezierCurveTo").length;
    calls.length = 0;
    return many;
  };
  return (scene: Scene, camera: Camera) => {
    const blurred = draw(screen.ctx, scene, camera, SIZE, BRUSH, layers);
    const copied = screen.named("drawImage").length;
    return { blurred, copied, onScreen: curves(screen), inLayer: curves(edges) + curves(spare) };
  };
}

const HERE: Camera = { x: 0, y: 0, k: 0.5 };

test("few edges are drawn in each frame", () => {
  const show = stage();
  const scene = sceneOf(100);
  for (const _ of [1, 2]) {
    expect(show(scene, HERE)).toEqual({ blurred: false, copied: 0, onScreen: 100, inLayer: 0 });
  }
});

test("many are kept from the second frame on, and only moved while the view is dragged", () => {
  const show = stage();
  const scene = sceneOf(500);
  expect(show(scene, HERE)).toEqual({ blurred: false, copied: 0, onScreen: 500, inLayer: 0 });
  expect(show(scene, HERE)).toEqual({ blurred: false, copied: 1, onScreen: 0, inLayer: 500 });
  expect(show(scene, { ...HERE, x: 40 })).toEqual({ blurred: false, copied: 1, onScreen: 0, inLayer: 0 });
});

test("are drawn anew beyond what is kept", () => {
  const show = stage();
  const scene = sceneOf(500);
  show(scene, HERE);
  show(scene, HERE);
  expect(show(scene, { ...HERE, y: 160 }).inLayer).toBe(500);
});

test("are stretched while one zooms, and sharp again when that ends", () => {
  const show = stage();
  const scene = sceneOf(500);
  show(scene, HERE);
  show(scene, HERE);
  const nearer = { ...HERE, k: 0.6 };
  expect(show(scene, nearer)).toMatchObject({ blurred: true, inLayer: 0 });
  expect(show(scene, nearer)).toMatchObject({ blurred: false, inLayer: 500 });
});

test("are dimmed as they are kept, and what is lit is drawn over them", () => {
  const show = stage();
  const ground = {};
  show(sceneOf(500, ground), HERE);
  show(sceneOf(500, ground), HERE);
  expect(show(sceneOf(500, ground, 3), HERE)).toEqual({ blurred: false, copied: 1, onScreen: 3, inLayer: 0 });
});

test("too many for one frame are drawn in several, and what was there is shown until they are", () => {
  const show = stage();
  const scene = sceneOf(9_000);
  const inFrames = (camera: Camera) => [1, 2, 3, 4].map(() => show(scene, camera));
  const unfinished = { blurred: true, onScreen: 0, inLayer: 4_000 };
  const inThree = [
    unfinished,
    unfinished,
    { blurred: false, onScreen: 0, inLayer: 1_000 },
    { blurred: false, onScreen: 0, inLayer: 0 },
  ];
  const far = { x: 0, y: 0, k: 0.1 };
  expect(inFrames(far)).toMatchObject(inThree);
  const nearer = { ...far, k: 0.12 };
  expect(show(scene, nearer)).toMatchObject({ blurred: true, inLayer: 0, copied: 1 });
  expect(inFrames(nearer)).toMatchObject(inThree);
});

test("of another scene are others", () => {
  const show = stage();
  const scene = sceneOf(500);
  show(scene, HERE);
  show(scene, HERE);
  expect(show(sceneOf(500), HERE)).toMatchObject({ copied: 0, onScreen: 500 });
});

test("what is kept has bounds, however large the view", () => {
  expect(marginOf({ width: 900, height: 400 }, 2)).toBe(0.5);
  const wide = { width: 20_000, height: 400 };
  expect(20_000 * 0.3 * (1 + 2 * marginOf(wide, 0.3))).toBeCloseTo(8192);
  expect(marginOf({ width: 4_000, height: 4_000 }, 1)).toBe(0);
});
