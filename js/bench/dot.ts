/** Graphviz dot's picture of a graph, with our sizes and gaps. */
import type { Graphviz } from "@hpcc-js/wasm-graphviz";
import type { LayoutGraph, LayoutOptions, Point } from "../src/layout/graph.ts";
import { type Picture, polyline } from "./measures.ts";

interface Drawn {
  readonly bb: string;
  readonly objects: readonly { readonly name: string; readonly pos: string }[];
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly pos: string }[];
}

const inch = (pixels: number) => pixels / 72;
const point = (text: string): Point => {
  const [x = 0, y = 0] = text.split(",").map(Number);
  return { x, y };
};

export function drawWithDot(
  graphviz: Graphviz,
  { nodes, edges }: LayoutGraph,
  options: LayoutOptions,
): Picture {
  const source = [
    `digraph{rankdir=LR ranksep=${inch(options.rankGap)} nodesep=${inch(options.nodeGap)} node[shape=box fixedsize=true label=""]`,
    ...nodes.map(({ id, width, height }) => `${id}[width=${inch(width)} height=${inch(height)}]`),
    ...edges.map((edge) => `${edge.source}->${edge.target}`),
    "}",
  ].join("\n");
  const { bb, objects, edges: drawn = [] } = JSON.parse(graphviz.layout(source, "json", "dot")) as Drawn;
  const [, , width = 0, height = 0] = bb.split(",").map(Number);
  const ids = objects.map(({ name }) => Number(name));
  return {
    boxes: new Map(objects.map(({ name, pos }) => [Number(name), point(pos)])),
    lines: drawn.map(({ tail, head, pos }) => ({
      source: ids[tail] as number,
      target: ids[head] as number,
      line: polyline(
        pos
          .split(" ")
          .filter((part) => !part.startsWith("e,") && !part.startsWith("s,"))
          .map(point),
      ),
    })),
    width,
    height,
  };
}
