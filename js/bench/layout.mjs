/** Time, crossings, size and stillness of the layout beside others', on the same graphs in one run. */
import { performance } from "node:perf_hooks";
import { drawnCrossings, linesOf, loadGraph, loadModule, meanMove, OPTIONS } from "./layout-load.mjs";
import { PEERS } from "./peers.mjs";

const RUNS = 5;
/** Graphs that take long are drawn less often. */
const LONG = 1_000;
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

/** One layout of one graph: the first picture, and a few with one group more, `grow`n from it where that is possible. */
async function row(name, graph, draw, grow = draw) {
  const first = await timed(() => draw(graph));
  const runs = first.ms > LONG ? [first] : [];
  while (runs.length < (first.ms > LONG ? 1 : RUNS)) runs.push(await timed(() => draw(graph)));
  const picture = runs[0].result;
  const more = first.ms > LONG ? appended(graph).slice(2, 3) : appended(graph);
  const grown = [];
  for (const next of more) grown.push(await timed(() => grow(next, picture)));
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
