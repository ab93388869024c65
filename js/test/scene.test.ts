import { describe, expect, test } from "vitest";
import type { Layout } from "../src/layout/graph.ts";
import { LENS } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { arranged, NO_ARRANGEMENT, planFor, planned } from "../src/scene/arrangement.ts";
import { layoutGraph } from "../src/scene/boxes.ts";
import { fitTo, reveal, toScreen, toWorld } from "../src/scene/camera.ts";
import { cardFacts, cardText, cardWidth } from "../src/scene/card.ts";
import { ease } from "../src/scene/glide.ts";
import { isMoving, opacityAt, redirect, STILL, shownAt } from "../src/scene/motion.ts";
import { edgeOnPath, pathsThrough } from "../src/scene/paths.ts";
import { buildScene, cardAt, type SceneInput } from "../src/scene/scene.ts";
import { counts, measure, mirrorOf, named, node } from "./sample.ts";

const mirror = mirrorOf();
const picture = pictureOf(mirror, LENS);

const LAYOUT: Layout = {
  width: 300,
  height: 40,
  boxes: new Map([
    [1, { x: 50, y: 20, width: 100, height: 40 }],
    [2, { x: 250, y: 20, width: 100, height: 40 }],
  ]),
  routes: [
    {
      source: 1,
      target: 2,
      reversed: false,
      points: [
        { x: 100, y: 20 },
        { x: 130, y: 20 },
        { x: 170, y: 20 },
        { x: 200, y: 20 },
      ],
    },
  ],
};

const input = (change: Partial<SceneInput> = {}): SceneInput => ({
  picture,
  layout: LAYOUT,
  text: (of) => cardText(of, measure),
  facts: (of) => cardFacts(of, mirror.states, measure),
  selected: new Set(),
  hovered: null,
  focused: null,
  paths: null,
  opacity: () => 1,
  ...change,
});

describe("the scene", () => {
  test("is plain data", () => {
    expect(buildScene(input()).cards[0]).toEqual({
      id: 1,
      box: { x: 50, y: 20, width: 100, height: 40 },
      prefix: "x",
      token: "012…def",
      tokenAt: 13,
      ratio: "4/4",
      ratioWidth: 21,
      bar: [{ state: "memory", count: 4 }],
      badge: null,
      badgeWidth: 0,
      gone: false,
      selected: false,
      focused: false,
      hovered: false,
      light: "normal",
      opacity: 1,
    });
  });

  test("lights a path and dims the rest", () => {
    const paths = pathsThrough(4, picture);
    const { cards, edges } = buildScene(input({ paths }));
    expect(cards.map(({ light }) => light)).toEqual(["dimmed", "dimmed"]);
    expect(edges.map(({ light }) => light)).toEqual(["dimmed"]);
    const through = buildScene(input({ paths: pathsThrough(2, picture) }));
    expect(through.edges.map(({ light }) => light)).toEqual(["lit"]);
  });

  test("finds the card under a point", () => {
    const scene = buildScene(input());
    expect(cardAt(scene, { x: 201, y: 39 })?.id).toBe(2);
    expect(cardAt(scene, { x: 150, y: 20 })).toBeNull();
  });
});

describe("a card", () => {
  const facts = (states: Parameters<typeof counts>[0]) => {
    const one = mirrorOf([named(1, "x", { states: counts(states) })]);
    return cardFacts(node(one, 1), one.states, measure);
  };

  test("has a badge only where something is wrong", () => {
    expect(facts({ memory: 3 }).badge).toBeNull();
    expect(facts({ "no-worker": 2 }).badge).toEqual({ state: "no-worker", text: "2 no worker" });
    expect(facts({ "no-worker": 2, erred: 1 }).badge).toEqual({ state: "erred", text: "1 erred" });
  });

  test("of no tasks says so and has no bar", () => {
    expect(facts({})).toMatchObject({ ratio: "no tasks", bar: [] });
  });

  test("never cuts a prefix that a person would write", () => {
    const prefix = "a_rather_long_but_honest_function_name";
    const one = node(mirrorOf([named(1, `${prefix}-0123456789`)]), 1);
    const text = cardText(one, measure);
    expect(text.prefix).toBe(prefix);
    expect(cardWidth(one, text, measure)).toBeGreaterThanOrEqual(measure(prefix) + measure(text.token));
  });

  test("of a name of 10 kB stays on the screen", () => {
    const one = node(mirrorOf([named(1, "n".repeat(10_000))]), 1);
    expect(cardWidth(one, cardText(one, measure), measure)).toBeLessThan(450);
  });
});

describe("the layout's graph", () => {
  test("has edges among the groups shown, each once", () => {
    const odd = mirrorOf([
      named(1, "a", { dependencies: [1, 2, 2, 77] }),
      named(2, "b", { dependencies: [1] }),
    ]);
    expect(layoutGraph(pictureOf(odd, LENS).nodes, new Map()).edges).toEqual([
      { source: 2, target: 1 },
      { source: 1, target: 1 },
      { source: 1, target: 2 },
    ]);
  });

  test("is laid out anew only when the structure changes", () => {
    const room = { width: 800, height: 400 };
    const plan = planFor(NO_ARRANGEMENT, picture, measure, room);
    if (!plan) throw new Error("nothing was planned");
    const first = planned(NO_ARRANGEMENT, plan);
    expect(planFor(first, { ...picture, nodes: new Map(picture.nodes) }, measure, room)).toBeNull();
    expect(planFor(first, { ...picture, structure: 2 }, measure, room)).not.toBeNull();
    expect(planFor(first, picture, measure, { ...room, width: 700 })).toBeNull();
    expect(planFor(first, picture, measure, { ...room, width: 400 })).not.toBeNull();
  });

  test("builds on the layout before, but for a view of another shape", () => {
    const room = { width: 800, height: 400 };
    const plan = planFor(NO_ARRANGEMENT, picture, measure, room);
    if (!plan) throw new Error("nothing was planned");
    const shown = arranged(planned(NO_ARRANGEMENT, plan), LAYOUT, plan, 0, 0);
    const grown = { ...picture, structure: 2 };
    expect(planFor(shown, grown, measure, room)?.previous).toBe(LAYOUT);
    expect(planFor(shown, grown, measure, { ...room, width: 400 })?.previous).toBeUndefined();
  });
});

describe("paths", () => {
  test("reach as far as the edges, through cycles too", () => {
    const ring = pictureOf(
      mirrorOf([named(1, "f", { dependencies: [2] }), named(2, "g", { dependencies: [1] }), named(3, "h")]),
      LENS,
    );
    const paths = pathsThrough(1, ring);
    expect([...paths.upstream]).toEqual([1, 2]);
    expect([...paths.downstream]).toEqual([1, 2]);
    expect(edgeOnPath(paths, 1, 2)).toBe(true);
  });
});

describe("the camera", () => {
  const size = { width: 640, height: 240 };

  test("fits the whole in the middle, never larger than life", () => {
    expect(fitTo({ left: 0, top: 0, right: 1200, bottom: 100 }, size)).toEqual({ k: 0.5, x: 20, y: 95 });
    expect(fitTo({ left: 0, top: 0, right: 60, bottom: 40 }, size).k).toBe(1);
  });

  test("of nothing, or in no room, is still a camera", () => {
    expect(fitTo(null, size).k).toBe(1);
    expect(fitTo({ left: 0, top: 0, right: 9, bottom: 9 }, { width: 0, height: 0 }).k).toBe(1);
  });

  test("goes to the world and back", () => {
    const camera = { x: 10, y: -20, k: 0.5 };
    expect(toWorld(camera, toScreen(camera, { x: 7, y: 9 }))).toEqual({ x: 7, y: 9 });
  });

  test("moves no more than it must to show a card", () => {
    const camera = { x: 0, y: 0, k: 1 };
    const inside = { x: 300, y: 100, width: 100, height: 40 };
    expect(reveal(camera, inside, size)).toEqual(camera);
    expect(reveal(camera, { ...inside, x: 700 }, size)).toEqual({ k: 1, x: -130, y: 0 });
  });
});

describe("motion", () => {
  const moved: Layout = {
    ...LAYOUT,
    boxes: new Map([
      ...LAYOUT.boxes,
      [2, { x: 250, y: 120, width: 100, height: 40 }],
      [3, { x: 0, y: 0, width: 1, height: 1 }],
    ]),
  };
  const first = redirect(STILL, LAYOUT, 0, 180);
  const motion = redirect(first, moved, 1000, 180);

  test("begins where things stand and ends where they shall be", () => {
    expect(shownAt(motion, 1000, 180).boxes.get(2)?.y).toBe(20);
    expect(shownAt(motion, 1180, 180)).toBe(moved);
    expect(isMoving(motion, 1100, 180)).toBe(true);
    expect(isMoving(motion, 1180, 180)).toBe(false);
  });

  test("takes an edge's end along", () => {
    const [route] = shownAt(motion, 1000, 180).routes;
    expect(route?.points[0]).toEqual({ x: 100, y: 20 });
    expect(route?.points.at(-1)?.y).toBe(-80);
  });

  test("fades in what is new", () => {
    const opacity = opacityAt(motion, 1000, 180);
    expect([opacity(1), opacity(3)]).toEqual([1, 0]);
  });

  test("is over at once where motion is not wanted", () => {
    expect(ease(0, 0)).toBe(1);
    expect(isMoving(motion, 1000, 0)).toBe(false);
  });
});
