import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { describe, expect, test } from "vitest";
import { drawWithDot } from "../../bench/dot.ts";
import { drawnCrossings, linesOf } from "../../bench/measures.ts";
import type { LayoutGraph } from "../../src/layout/graph.ts";
import { layout } from "../../src/layout/index.ts";
import { diamonds, grown, layered, mapReduce, reductions, seriesParallel, shuffles } from "./families.ts";
import { OPTIONS, sample } from "./sample.ts";
import { expectSound } from "./sound.ts";

const graphviz = await Graphviz.load();

/** Of graphs that nearly have none, either may find a few less. */
const FEW = 8;

/** Ours beside dot's, not folded and packed to the shape of dot's. */
function compared(graph: LayoutGraph) {
  const dot = drawWithDot(graphviz, graph, OPTIONS);
  const options = { ...OPTIONS, viewWidth: Number.POSITIVE_INFINITY, aspect: dot.width / dot.height };
  const ours = layout(graph, options);
  expectSound(graph, ours);
  return {
    crossings: drawnCrossings(linesOf(ours)),
    dotCrossings: drawnCrossings(dot.lines),
    width: ours.width / dot.width,
    area: (ours.width * ours.height) / (dot.width * dot.height),
  };
}

describe("beside graphviz dot", { timeout: 60_000 }, () => {
  test.each([
    ["real50", 1.05],
    ["real200", 1.05],
    ["real500", 1.05],
    ["syn500", 1.05],
    ["syn2000", 1.25],
  ])("%s has at most %f times the crossings, and 1.3 times the width and the area", (name, most) => {
    const { crossings, dotCrossings, width, area } = compared(sample(name));
    expect(crossings).toBeLessThanOrEqual(most * dotCrossings);
    expect(width).toBeLessThanOrEqual(1.3);
    expect(area).toBeLessThanOrEqual(1.3);
  });

  test.each([
    ["grown", grown],
    ["layered", layered],
    ["series-parallel", seriesParallel],
    ["reductions", reductions],
    ["diamonds", diamonds],
    ["map-reduce", mapReduce],
    ["shuffles", shuffles],
  ])("%s graphs have hardly more crossings in sum, and are no larger", (_, family) => {
    const all = [1, 2, 3].map((seed) => compared(family(200, seed)));
    const sum = (of: (one: (typeof all)[number]) => number) => all.reduce((total, one) => total + of(one), 0);
    expect(sum(({ crossings }) => crossings)).toBeLessThanOrEqual(
      1.05 * sum((one) => one.dotCrossings) + FEW,
    );
    expect(sum(({ area }) => area) / all.length).toBeLessThanOrEqual(1.3);
  });
});
