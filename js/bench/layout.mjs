/** Time, crossings, stillness and size of the layout beside dagre's, and dot's where it is installed, in one run. */
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import dagre from "@dagrejs/dagre";
import { drawnCrossings, linesOf, loadGraph, loadModule, meanMove, OPTIONS } from "./layout-load.mjs";

const RUNS = 5;
const names = process.argv.slice(2);
const graphs = names.length ? names : ["real50", "real200", "real500", "syn500"];

function timed(run) {
  const start = performance.now();
  const result = run();
  return { result, ms: performance.now() - start };
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function withDagre({ nodes, edges }) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", ranksep: OPTIONS.rankGap, nodesep: OPTIONS.nodeGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(String(id), { width, height });
  for (const { source, target } of edges) graph.setEdge(String(source), String(target));
  dagre.layout(graph);
  return {
    boxes: new Map(graph.nodes().map((id) => [Number(id), graph.node(id)])),
    lines: graph.edges().map((edge) => ({
      source: Number(edge.v),
      target: Number(edge.w),
      line: graph.edge(edge).points,
    })),
    width: graph.graph().width,
    height: graph.graph().height,
  };
}

/** Straight pieces through dot's spline points; undefined without dot. */
function withDot({ nodes, edges }) {
  const inch = (pixels) => pixels / 72;
  const source = [
    `digraph{rankdir=LR ranksep=${inch(OPTIONS.rankGap)} nodesep=${inch(OPTIONS.nodeGap)} node[shape=box fixedsize=true label=""]`,
    ...nodes.map(({ id, width, height }) => `${id}[width=${inch(width)} height=${inch(height)}]`),
    ...edges.map((edge) => `${edge.source}->${edge.target}`),
    "}",
  ].join("\n");
  const { stdout, status } = spawnSync("dot", ["-Tjson"], { input: source, maxBuffer: 1 << 28 });
  if (status !== 0) return undefined;
  const { bb, objects, edges: drawn } = JSON.parse(stdout);
  const [, , width, height] = bb.split(",").map(Number);
  const boxes = new Map(
    objects.map(({ name, pos }) => {
      const [x, y] = pos.split(",").map(Number);
      return [Number(name), { x, y }];
    }),
  );
  const lines = drawn.map(({ tail, head, pos }) => ({
    source: Number(objects[tail].name),
    target: Number(objects[head].name),
    line: pos
      .split(" ")
      .filter((part) => !part.startsWith("e,") && !part.startsWith("s,"))
      .map((part) => {
        const [x, y] = part.split(",").map(Number);
        return { x, y };
      }),
  }));
  return { boxes, lines, width, height };
}

/** One group that depends on an old one, at a few places. */
function appended({ nodes, edges }) {
  const id = Math.max(...nodes.map((node) => node.id)) + 1;
  const picks = [0.1, 0.3, 0.5, 0.7, 0.9].map((share) => nodes[Math.floor(share * nodes.length)].id);
  return picks.map((source) => ({
    nodes: [...nodes, { id, width: 120, height: nodes[0].height }],
    edges: [...edges, { source, target: id }],
  }));
}

const { layout } = await loadModule("../src/layout/index.ts");
const rows = [];
for (const name of graphs) {
  const graph = loadGraph(name);
  const { result: ours, ms: cold } = timed(() => layout(graph, OPTIONS));
  const warm = median(Array.from({ length: RUNS }, () => timed(() => layout(graph, OPTIONS)).ms));
  const grown = appended(graph).map((next) => timed(() => layout(next, OPTIONS, ours)));
  const peer = timed(() => withDagre(graph));
  const peerWarm = timed(() => withDagre(graph)).ms;
  const peerMove = meanMove(peer.result, withDagre(appended(graph)[2]));
  const dot = withDot(graph);
  const moves = grown.map(({ result }) => meanMove(ours, result));
  const percent = (share) => `${(100 * share).toFixed(2)} %`;
  rows.push({
    graph: name,
    groups: graph.nodes.length,
    "cold ms": Math.round(cold),
    "warm ms": Number(warm.toFixed(1)),
    "append ms": Number(median(grown.map(({ ms }) => ms)).toFixed(1)),
    "dagre ÷ ours": Number((peerWarm / warm).toFixed(1)),
    crossings: drawnCrossings(linesOf(ours)),
    "dagre crossings": drawnCrossings(peer.result.lines),
    "dot crossings": dot ? drawnCrossings(dot.lines) : "no dot",
    "append moves": percent(moves.reduce((sum, move) => sum + move, 0) / moves.length),
    "worst move": percent(Math.max(...moves)),
    "dagre moves": percent(peerMove),
    size: `${Math.round(ours.width)}×${Math.round(ours.height)}`,
    "dagre size": `${Math.round(peer.result.width)}×${Math.round(peer.result.height)}`,
    "dot size": dot ? `${Math.round(dot.width)}×${Math.round(dot.height)}` : "no dot",
  });
}
console.table(rows);
