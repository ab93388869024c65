import { describe, expect, test, vi } from "vitest";
import type { Layout } from "../src/layout/graph.ts";
import { LENS, type Lens, opened } from "../src/lens.ts";
import { apply } from "../src/mirror.ts";
import { type Picture, pictureOf } from "../src/picture/index.ts";
import type { GraphNode } from "../src/picture/node.ts";
import {
  type Arrangement,
  arranged,
  isPlanned,
  NO_ARRANGEMENT,
  planFor,
  planned,
} from "../src/scene/arrangement.ts";
import { layoutGraph } from "../src/scene/boxes.ts";
import { fitTo, reveal, toScreen, toWorld } from "../src/scene/camera.ts";
import { CARD, cardFacts, cardHeight, cardText, cardWidth, overhang, scaleOf } from "../src/scene/card.ts";
import { ease } from "../src/scene/glide.ts";
import { isMoving, opacityAt, redirect, STILL, shownAt } from "../src/scene/motion.ts";
import { edgeOnPath, pathsThrough } from "../src/scene/paths.ts";
import { buildScene, type SceneInput } from "../src/scene/scene.ts";
import { cardAt } from "../src/scene/seen.ts";
import { createSizes, type Sizes } from "../src/scene/sizes.ts";
import { counts, measure, mirrorOf, named, node, UNMARKED, update } from "./sample.ts";

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

const sizesOf = (of: Picture): Sizes => {
  const sizes = createSizes()(of.nodes, measure, () => false);
  if (!sizes) throw new Error("not all cards were measured");
  return sizes;
};
const textsOf = (of: Picture) => new Map([...of.nodes].map(([id, one]) => [id, cardText(one, measure)]));

const BASE: SceneInput = {
  picture,
  layout: LAYOUT,
  texts: textsOf(picture),
  states: mirror.states,
  measure,
  ...UNMARKED,
};

const input = (change: Partial<SceneInput> = {}): SceneInput => ({ ...BASE, ...change });

describe("the scene", () => {
  test("is plain data", () => {
    const { node: own, ...first } = buildScene(input()).cards[0] ?? {};
    expect(own).toBe(picture.nodes.get(1));
    expect(first).toEqual({
      id: 1,
      box: { x: 50, y: 20, width: 100, height: 40 },
      text: { prefix: "x", token: "012…def", prefixWidth: 7, tokenAt: 13 },
      facts: {
        ratio: "4/4",
        ratioWidth: 21,
        bar: [{ state: "memory", count: 4 }],
        badge: null,
        badgeWidth: 0,
        mostly: "memory",
      },
      hue: null,
      faint: false,
      selected: false,
      focused: false,
      hovered: false,
      current: false,
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

  test("dims what is not looked for, and the edges that lead there", () => {
    const { cards, edges } = buildScene(input({ attention: new Set([2]) }));
    expect(cards.map(({ light }) => light)).toEqual(["dimmed", "normal"]);
    expect(edges.map(({ light }) => light)).toEqual(["dimmed"]);
  });

  test("lights edges along a path while cards stay lit by what is looked for", () => {
    const { cards, edges } = buildScene(input({ attention: new Set([2]), paths: pathsThrough(2, picture) }));
    expect(cards.map(({ light }) => light)).toEqual(["dimmed", "normal"]);
    expect(edges.map(({ light }) => light)).toEqual(["lit"]);
  });

  test("makes less of what is finished only when it is told to", () => {
    const faint = (change: Partial<SceneInput>) => buildScene(input(change)).cards.map((card) => card.faint);
    expect(faint({})).toEqual([false, false]);
    expect(faint({ dimFinished: true })).toEqual([true, false]);
  });

  test("colours a card by its category", () => {
    const { cards } = buildScene(input({ hue: ({ id }) => (id === 2 ? 5 : null) }));
    expect(cards.map(({ hue }) => hue)).toEqual([null, 5]);
  });

  test("finds the card under a point", () => {
    const scene = buildScene(input());
    for (const _ of ["at first", "and once more"]) {
      expect(cardAt(scene, { x: 201, y: 39 })?.id).toBe(2);
      expect(cardAt(scene, { x: 150, y: 20 })).toBeNull();
    }
  });
});

describe("a scene that follows another", () => {
  const first = buildScene(input());

  test("is that one when nothing has changed", () => {
    expect(buildScene(input({ selected: new Set(), picture: { ...picture } }), first)).toBe(first);
  });

  test("has the cards and edges of before but for those of groups that changed", () => {
    const states = counts({ processing: 2, waiting: 2 });
    const later = pictureOf(
      apply(mirror, update({ since: 1, seq: 2, groups: [{ id: 2, states }] })),
      LENS,
      picture,
    );
    const next = buildScene(input({ picture: later }), first);
    expect(next.cards.map((card, at) => card === first.cards[at])).toEqual([true, false]);
    expect(next.cards[1]?.facts.bar[0]).toEqual({ state: "processing", count: 2 });
    expect(next.edges).toBe(first.edges);
    expect(cardAt(next, { x: 250, y: 20 })).toBe(next.cards[1]);
  });

  test("has other cards only where a mark came or went", () => {
    const hovering = buildScene(input({ hovered: 1 }), first);
    expect(hovering.cards.map((card, at) => card === first.cards[at])).toEqual([false, true]);
    expect(hovering.edges).toBe(first.edges);
    expect(buildScene(input(), hovering).cards.map((card) => card.hovered)).toEqual([false, false]);
  });

  test("finds a card where it has moved to", () => {
    const boxes = new Map(LAYOUT.boxes).set(2, { x: 250, y: 220, width: 100, height: 40 });
    const moved = buildScene(input({ layout: { ...LAYOUT, boxes } }), first);
    expect(cardAt(moved, { x: 250, y: 20 })).toBeNull();
    expect(cardAt(moved, { x: 250, y: 220 })?.id).toBe(2);
    expect(moved.cards[0]).toBe(first.cards[0]);
  });

  test("has no card of a node that is no more", () => {
    const nodes = new Map([...picture.nodes].filter(([id]) => id !== 1));
    const fewer = buildScene(input({ picture: { ...picture, nodes } }), first);
    expect(fewer.cards.map(({ id }) => id)).toEqual([2]);
    expect(cardAt(fewer, { x: 250, y: 20 })?.id).toBe(2);
    expect(cardAt(fewer, { x: 50, y: 20 })).toBeNull();
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

describe("the card of several groups", () => {
  const two = mirrorOf([named(1, "x-1"), named(2, "x-2")]);
  const one = node(two, 1);
  const several = node(two, 1, 2);

  test("says how many they are", () => {
    expect(cardText(several, measure)).toMatchObject({ prefix: "x", token: "2 groups" });
  });

  test("has room for the cards behind it", () => {
    expect(overhang(one)).toEqual({ x: 0, y: 0 });
    expect(cardHeight(several)).toBe(cardHeight(one) + overhang(several).y);
  });

  test("and any other is larger in all at a larger step", () => {
    const text = cardText(one, measure);
    const large = { ...one, step: 4 };
    expect(cardHeight(large)).toBe(Math.ceil(scaleOf(large) * CARD.height));
    expect(cardWidth(large, text, measure)).toBeGreaterThan(2 * cardWidth(one, text, measure));
    expect([0, 1, 2, 3, 4].map((step) => scaleOf({ ...one, step }))).toEqual([1, 1.2, 1.45, 1.75, 2.1]);
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
    const first = planned(NO_ARRANGEMENT, planFor(NO_ARRANGEMENT, picture, measure, room, sizesOf(picture)));
    const isDone = (now: Picture, view = room) => isPlanned(first, now, measure, view);
    expect(isPlanned(NO_ARRANGEMENT, picture, measure, room)).toBe(false);
    expect(isDone({ ...picture, nodes: new Map(picture.nodes) })).toBe(true);
    expect(isDone({ ...picture, structure: 2 })).toBe(false);
    expect(isDone(picture, { ...room, width: 700 })).toBe(true);
    expect(isDone(picture, { ...room, width: 400 })).toBe(false);
  });

  test("builds on the layout before, but for a view of another shape", () => {
    const room = { width: 800, height: 400 };
    const plan = planFor(NO_ARRANGEMENT, picture, measure, room, sizesOf(picture));
    const shown = arranged(planned(NO_ARRANGEMENT, plan), LAYOUT, plan, 0, 0);
    const grown = { ...picture, structure: 2 };
    const previousIn = (view: typeof room) => planFor(shown, grown, measure, view, sizesOf(grown)).previous;
    expect(previousIn(room)).toBe(LAYOUT);
    expect(previousIn({ ...room, width: 400 })).toBeUndefined();
  });

  test("builds on nothing, or on what stood before, when somebody asks for that, and then on what came of it", () => {
    const room = { width: 800, height: 400 };
    const plan = planFor(NO_ARRANGEMENT, picture, measure, room, sizesOf(picture));
    const shown = arranged(planned(NO_ARRANGEMENT, plan), LAYOUT, plan, 0, 0);
    const wider = { ...room, width: 850 };
    const fresh = planFor(shown, picture, measure, wider, sizesOf(picture), null);
    expect(fresh).toMatchObject({ previous: undefined, continues: false, room: wider });
    const anew = arranged(planned(shown, fresh), { ...LAYOUT }, fresh, 0, 0);
    const grown = { ...picture, structure: 2 };
    expect(planFor(anew, grown, measure, room, sizesOf(grown)).previous).toBe(anew.motion.to);
    const back = planFor(anew, picture, measure, room, sizesOf(picture), LAYOUT);
    expect(back).toMatchObject({ previous: LAYOUT, continues: false });
  });

  test("is another one for another aspect, and comes back with the aspect", () => {
    const room = { width: 800, height: 400 };
    const lensed = (structure: number, lens: Lens): Picture => ({ ...picture, structure, lens });
    const show = (before: Arrangement, of: Picture, layout: Layout) => {
      const plan = planFor(before, of, measure, room, sizesOf(of));
      return { plan, now: arranged(planned(before, plan), layout, plan, 0, 0) };
    };
    const first = show(NO_ARRANGEMENT, lensed(1, LENS), LAYOUT);
    const sized = show(first.now, lensed(2, { ...LENS, sizing: "tasks" }), { ...LAYOUT });
    expect(sized.plan).toMatchObject({ previous: undefined, continues: false });
    const again = show(sized.now, lensed(3, LENS), { ...LAYOUT });
    expect(again.plan.previous).toBe(LAYOUT);
    const open = show(again.now, lensed(4, opened(LENS, "prefix x", true)), { ...LAYOUT });
    expect(open.plan.previous).toBe(again.now.motion.to);
    const folded = show(open.now, lensed(5, LENS), LAYOUT);
    expect(folded.plan.previous).toBe(again.now.motion.to);
  });
});

describe("sizes of cards", () => {
  const many = pictureOf(mirrorOf(Array.from({ length: 9 }, (_, at) => named(at + 1, `f${at}-0`))), LENS);

  test("are worked out in portions when the time is short", () => {
    const sizeCards = createSizes();
    let left = 0;
    const isLate = () => left-- <= 0;
    const portions = Array.from({ length: 4 }, () => {
      left = 4;
      return sizeCards(many.nodes, measure, isLate)?.widths.size ?? null;
    });
    expect(portions).toEqual([null, null, 9, 9]);
    expect(sizeCards(many.nodes, measure, () => false)).toEqual(sizesOf(many));
  });

  test("are not measured again for as long as cards say the same", () => {
    const sizeCards = createSizes();
    const counting = vi.fn(measure);
    const sizesNow = (of: Picture) => sizeCards(of.nodes, counting, () => false);
    const before = sizesNow(many)?.texts.get(1);
    counting.mockClear();
    const node = many.nodes.get(1) as GraphNode;
    const renumbered = new Map(many.nodes).set(1, { ...node, name: { ...node.name } });
    expect(sizesNow({ ...many, nodes: renumbered })?.texts.get(1)).toBe(before);
    expect(counting).not.toHaveBeenCalled();
    renumbered.set(1, { ...node, digits: 7 });
    sizesNow({ ...many, nodes: renumbered });
    expect(counting).toHaveBeenCalled();
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

  test("leaves what does not move as it is", () => {
    const boxes = shownAt(motion, 1090, 180).boxes;
    expect(boxes.get(1)).toBe(moved.boxes.get(1));
    expect(boxes.get(2)).not.toBe(moved.boxes.get(2));
    const still = redirect(first, { ...LAYOUT }, 1000, 180);
    expect(shownAt(still, 1090, 180)).toBe(still.to);
  });

  test("of very many boxes leaves the edges where they shall be", () => {
    const many = (y: number): Layout => {
      const ids = Array.from({ length: 2_001 }, (_, id) => id);
      return { ...LAYOUT, boxes: new Map(ids.map((id) => [id, { x: 0, y, width: 9, height: 9 }])) };
    };
    const all = redirect(redirect(STILL, many(0), 0, 180), many(100), 1000, 180);
    expect(shownAt(all, 1090, 180).boxes.get(1)?.y).toBeGreaterThan(0);
    expect(shownAt(all, 1090, 180).boxes.get(1)?.y).toBeLessThan(100);
    expect(shownAt(all, 1090, 180).routes).toBe(all.to.routes);
  });

  test("takes an edge's end along", () => {
    const [route] = shownAt(motion, 1000, 180).routes;
    expect(route?.points[0]).toEqual({ x: 100, y: 20 });
    expect(route?.points.at(-1)?.y).toBe(-80);
  });

  test("fades in what is new", () => {
    const opacity = opacityAt(motion, 1000, 180);
    expect([opacity?.(1), opacity?.(3)]).toEqual([1, 0]);
    expect(opacityAt(motion, 1180, 180)).toBeNull();
  });

  test("is over at once where motion is not wanted", () => {
    expect(ease(0, 0)).toBe(1);
    expect(isMoving(motion, 1000, 0)).toBe(false);
  });
});
