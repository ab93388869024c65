/** Time, crossings, size and stillness of the layout beside others', on the same graphs in one run. */
import { performance } from "node:perf_hooks";
import { drawnCrossings, linesOf, loadGraph, loadModule, meanMove, OPTIONS } from "./layout-load.mjs";
import { PEERS } from "./peers.mjs";

/** Each layout draws a graph so often, or as often as it can in this time, and once at least. */
const RUNS = 25;
const PATIENCE_MS = 2_000;
const names = process.argv.slice(2);
const graphs = names.length ? names : ["real50", "real500", "syn500", "syn2000", "grown10000"];

async function timed(run) {
  const start = performance.now();
  const result = await run();
  return { result, ms: performance.now() - start };
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const tenth = (value) => Math.round(value * 10) / 10;
const percent = (share) => `${(100 * share).toFixed(2)} %`;

/** One group more that depends on an old one, at a few places. */
function appended({ nodes, edges }) {
  const id = nodes.length;
  return [0.1, 0.3, 0.5, 0.7, 0.9].map((share) => ({
    nodes: [...nodes, { id, width: 120, height: nodes[0].height }],
    edges: [...edges, { source: nodes[Math.floor(share * nodes.length)].id, target: id }],
  }));
}

/** Pictures of one graph by one layout, and with one group more: `grow` makes them from the picture before. */
async function row(name, graph, draw, grow = draw) {
  const often = (ms, most) => Math.max(1, Math.min(most, Math.floor(PATIENCE_MS / ms)));
  const first = await timed(() => draw(graph));
  const runs = [first];
  while (runs.length < often(first.ms, RUNS)) runs.push(await timed(() => draw(graph)));
  const picture = first.result;
  const grown = [];
  for (const next of appended(graph).slice(0, often(first.ms, RUNS)))
    grown.push(await timed(() => grow(next, picture)));
  return {
    layout: name,
    "first time ms": Math.round(first.ms),
    "warm ms": tenth(median(runs.map(({ ms }) => ms))),
    crossings: drawnCrossings(picture.lines),
    size: `${Math.round(picture.width)}×${Math.round(picture.height)}`,
    "one more, ms": tenth(median(grown.map(({ ms }) => ms))),
    "moves the others": percent(mean(grown.map(({ result }) => meanMove(picture, result)))),
  };
}

const { layout } = await loadModule("../src/layout/index.ts");
const ours = (options) => (graph, previous) => {
  const drawn = layout(graph, options, previous);
  return { ...drawn, lines: linesOf(drawn) };
};
for (const name of graphs) {
  const graph = loadGraph(name);
  const count = graph.nodes.length;
  console.log(`\n${name}: ${count} groups, ${graph.edges.length} edges`);
  const rows = [];
  for (const [kind, options] of [
    ["ours", OPTIONS],
    ["ours, not folded", { ...OPTIONS, viewWidth: Infinity }],
  ])
    rows.push(await row(kind, graph, (next) => ours(options)(next), ours(options)));
  for (const peer of PEERS) if (count <= peer.most) rows.push(await row(peer.name, graph, peer.draw));
  console.table(rows);
  const slow = PEERS.filter(({ most }) => count > most).map((peer) => peer.name);
  if (slow.length) console.log(`left out, too slow at this size: ${slow.join(", ")}`);
}
