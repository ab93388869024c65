// @vitest-environment happy-dom
import { describe, expect, test } from "vitest";
import { framingOf, shrunk } from "../src/draw/framing.ts";
import { headed } from "../src/draw/heading.ts";
import type { Brush } from "../src/draw/ink.ts";
import { escaped } from "../src/draw/markup.ts";
import { svgOf } from "../src/draw/svg.ts";
import { LENS } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { cardText, cardWidth } from "../src/scene/card.ts";
import { buildScene, type SceneInput } from "../src/scene/scene.ts";
import { categoryColour, stateColour } from "../src/theme.ts";
import { BRUSH, counts, measure, mirrorOf, named, UNMARKED } from "./sample.ts";

const SHARP: Brush = { ...BRUSH, pixelRatio: 2, fontFamily: 'system-ui, "Segoe UI", sans-serif' };

const flow = [
  named(1, "load-0123456789ab", { states: counts({ memory: 4 }), start: 1 }),
  named(2, "عملية", { states: counts({ erred: 1, waiting: 1 }), dependencies: [1] }),
];

/** Side by side, in a row. */
function sceneOf(groups: typeof flow, change: Partial<SceneInput> = {}) {
  const mirror = mirrorOf(groups);
  const picture = pictureOf(mirror, LENS);
  const texts = new Map([...picture.nodes].map(([id, node]) => [id, cardText(node, measure)]));
  const boxes = new Map(
    [...picture.nodes].map(([id, node], at) => {
      const text = cardText(node, measure);
      return [id, { x: 60 + 160 * at, y: 23, width: cardWidth(node, text, measure), height: 46 }] as const;
    }),
  );
  const points = [
    { x: 120, y: 23 },
    { x: 140, y: 23 },
    { x: 140, y: 23 },
    { x: 160, y: 23 },
  ];
  const routes = groups.length > 1 ? [{ source: 1, target: 2, reversed: false, points }] : [];
  return buildScene({
    picture,
    layout: { boxes, routes, width: 300, height: 46 },
    texts,
    states: mirror.states,
    measure,
    ...UNMARKED,
    ...change,
  });
}

describe("the picture as SVG", () => {
  test("is the picture on the screen", async () => {
    await expect(svgOf(sceneOf(flow), "Dask task groups", SHARP)).toMatchFileSnapshot("golden/two.svg");
  });

  test("of a part is what is seen there", () => {
    const size = { width: 60, height: 80 };
    const svg = svgOf(sceneOf(flow), "", SHARP, { camera: { x: 0, y: 0, k: 1 }, size });
    expect(svg).toContain('viewBox="0 0 60 80"');
    expect(svg).toContain(">load</text>");
    expect(svg).not.toContain("عملية");
  });

  describe("with a heading", () => {
    const keys = [
      { state: "memory", text: "4 in memory" },
      { state: "erred", text: "1 erred" },
      { hue: 2, text: "1 numpy" },
    ];
    const framedBy = (line: string) => headed(framingOf(sceneOf(flow)), { line, keys }, SHARP.measure);

    test("says above the graph what it is of and what its colours mean", () => {
      const svg = svgOf(sceneOf(flow), "", SHARP, framedBy("Failed · 4/6 tasks"));
      for (const text of ["Failed · 4/6 tasks", "4 in memory", "1 erred", "1 numpy"])
        expect(svg).toContain(`>${text}</text>`);
      expect(svg.indexOf("1 numpy")).toBeLessThan(svg.indexOf(">load</text>"));
      expect(svg).toContain(stateColour("erred", "light"));
      expect(svg).toContain(categoryColour(2, "light"));
    });

    test("is as wide as that needs, and its key goes on in another row", () => {
      const bare = framingOf(sceneOf(flow));
      const short = framedBy("x");
      expect(short.size.width).toBe(bare.size.width);
      expect(short.heading?.keys.map(({ y }) => y)).toEqual([46, 46, 46]);
      const long = headed(bare, { line: "x", keys: [...keys, ...keys, ...keys] }, SHARP.measure);
      expect(new Set(long.heading?.keys.map(({ y }) => y)).size).toBe(3);
      expect(framedBy("x".repeat(100)).size.width).toBe(2 * 24 + 700);
      expect(short.size.height - bare.size.height).toBe(short.camera.y - bare.camera.y);
    });

    test("is larger in a large picture", () => {
      const large = { camera: { x: 0, y: 0, k: 1 }, size: { width: 16_000, height: 100 } };
      expect(headed(large, { line: "x", keys: [] }, SHARP.measure).heading?.scale).toBe(10);
      expect(shrunk(headed(large, { line: "x", keys: [] }, SHARP.measure), 0.5).heading?.scale).toBe(5);
    });
  });

  test("of nothing is empty, and still a picture", () => {
    const svg = svgOf({ cards: [], edges: [], ground: {} }, "", SHARP);
    expect(svg).toContain('width="48" height="48"');
    expect(svg).not.toMatch(/NaN|Infinity/);
  });

  test("holds names as text, whatever is in them", () => {
    const name = '</text><script>alert("1")</script>&amp;\u0000\u001b\ud800';
    const svg = svgOf(sceneOf([named(1, name)]), name, { ...SHARP, fontFamily: '"><script>' });
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    expect(svg).not.toContain("<script");
    expect(svg).toContain(
      "&lt;/text&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;amp;\ufffd\ufffd\ufffd",
    );
    expect(parsed.querySelector("script")).toBeNull();
    expect(parsed.querySelector("parsererror")).toBeNull();
  });
});

test("text keeps pairs of surrogates, and loses halves", () => {
  expect(escaped("𝒳 and \ud83d")).toBe("𝒳 and \ufffd");
});
