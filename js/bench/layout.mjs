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

/** One group more that depends on an old one, at a share of the way through them. */
function appended({ nodes, edges }, share) {
  const id = nodes.length;
  return {
    nodes: [...nodes, { id, width: 120, height: nodes[0].height }],
    edges: [...edges, { source: nodes[Math.floor(((share * 7) % 1) * id)].id, target: id }],
  };
}

/** So often, or as often as patience lasts. */
async function repeated(run) {
  const runs = [];
  const start = performance.now();
  while (runs.length < RUNS && (!runs.length || performance.now() - start < PATIENCE_MS))
    runs.push(await timed(() => run(runs.length)));
  return runs;
}

/** Pictures of one graph by one layout, and with one group more: `grow` makes them from the picture before. */
async function row(name, graph, draw, grow = draw) {
  const runs = await repeated(() => draw(graph));
  const [first] = runs;
  const picture = first.result;
  const grown = await repeated((run) => grow(appended(graph, (run + 0.5) / RUNS), picture));
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
const results = new Map();
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
  results.set(name, new Map(rows.map((each) => [each.layout, each])));
  const slow = PEERS.filter(({ most }) => count > most).map((peer) => peer.name);
  if (slow.length) console.log(`left out, too slow at this size: ${slow.join(", ")}`);
}

/** Of each graph, a column of ours, of dot's or of the best of all others. */
const summary = (of, graphs, column) =>
  graphs
    .map((name) => {
      const rows = results.get(name);
      if (of !== "others") return rows?.get(of)?.[column] ?? "–";
      const others = [...(rows?.keys() ?? [])].filter((layout) => !layout.startsWith("ours"));
      return others.length ? Math.min(...others.map((layout) => rows.get(layout)[column])) : "–";
    })
    .join(" / ");
const compared = (what, graphs, column, against) => ({
  what,
  ours: summary("ours", graphs, column),
  [against === "others" ? "best of the others" : against]: summary(against, graphs, column),
});
console.table([
  compared("layout of 46 / 457 groups, ms", ["real50", "real500"], "warm ms", "others"),
  compared("layout of 2,000 / 10,000 groups, ms", ["syn2000", "grown10000"], "warm ms", "others"),
  compared(
    "crossings, 457 / 500 / 2,000 groups",
    ["real500", "syn500", "syn2000"],
    "crossings",
    "graphviz dot",
  ),
  compared("one group more at 457 / 500, ms", ["real500", "syn500"], "one more, ms", "others"),
  compared(
    "how far it moves the others, 457 / 500",
    ["real500", "syn500"],
    "moves the others",
    "graphviz dot",
  ),
]);
