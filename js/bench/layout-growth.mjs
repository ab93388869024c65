/**
 * How much stands still: sample graphs grown in steps, with what the grown picture costs beside a fresh one, and
 * single changes to a finished picture.
 */
import { drawnCrossings, linesOf, loadGraph, loadModule, meanMove, OPTIONS } from "./layout-load.mjs";

const { layout } = await loadModule("../src/layout/index.ts");

/** Nodes so that dependencies come first, depth first from each sink: as computations are submitted. */
function submissionOrder({ nodes, edges }) {
  const before = new Map(nodes.map(({ id }) => [id, []]));
  for (const { source, target } of edges) before.get(target).push(source);
  const order = [];
  const seen = new Set();
  for (const { id } of nodes) {
    const stack = [[id, 0]];
    while (stack.length) {
      const top = stack.at(-1);
      const next = before.get(top[0])[top[1]++];
      if (next === undefined) {
        if (!seen.has(top[0])) order.push(top[0]);
        seen.add(top[0]);
        stack.pop();
      } else if (!seen.has(next) && !stack.some(([open]) => open === next)) stack.push([next, 0]);
    }
  }
  return order;
}

const percent = (share) => `${(100 * (share ?? 0)).toFixed(2)} %`;

/** Mean, 95th and worst of some moves. */
function summary(moves) {
  moves.sort((a, b) => a - b);
  return {
    "mean move": percent(moves.reduce((sum, move) => sum + move, 0) / Math.max(1, moves.length)),
    "95th": percent(moves[Math.floor(moves.length * 0.95)]),
    "worst move": percent(moves.at(-1)),
  };
}

const withGroup = ({ nodes, edges }, ...ends) => ({
  nodes: [...nodes, { id: nodes.length, width: 120, height: 40 }],
  edges: [...edges, ...ends.map(([source, target]) => ({ source, target }))],
});

const resized = ({ nodes, edges }, id, width, height) => ({
  nodes: nodes.map((node) =>
    node.id === id ? { ...node, width: node.width + width, height: node.height + height } : node,
  ),
  edges,
});

/** What may happen to a graph, at two of its groups. */
const CHANGES = {
  "group after one": (graph, a) => withGroup(graph, [a, graph.nodes.length]),
  "group after two": (graph, a, b) => withGroup(graph, [a, graph.nodes.length], [b, graph.nodes.length]),
  "group before one": (graph, a) => withGroup(graph, [graph.nodes.length, a]),
  "group between": (graph, a, b) => withGroup(graph, [a, graph.nodes.length], [graph.nodes.length, b]),
  "group removed": ({ nodes, edges }, a) => ({
    nodes: nodes.filter(({ id }) => id !== a),
    edges: edges.filter(({ source, target }) => source !== a && target !== a),
  }),
  "edge added": ({ nodes, edges }, a, b) => ({ nodes, edges: [...edges, { source: a, target: b }] }),
  "edge removed": ({ nodes, edges }, a) => ({ nodes, edges: edges.filter((_, index) => index !== a) }),
  "card wider": (graph, a) => resized(graph, a, 8, 0),
  "card higher": (graph, a) => resized(graph, a, 0, 6),
};
const PROBES = 40;

const names = process.argv.slice(2);
const samples = names.length ? names : ["real50", "real200", "real500", "syn500"];

const changes = samples.flatMap((name) => {
  const graph = loadGraph(name);
  const before = layout(graph, OPTIONS);
  const count = graph.nodes.length;
  return Object.entries(CHANGES).map(([change, apply]) => {
    const moves = [];
    const times = [];
    for (let probe = 0; probe < PROBES; probe++) {
      const a = Math.floor((probe * count) / PROBES);
      const changed = apply(graph, a, (a + 1 + ((probe * 7919) % (count - 1))) % count);
      const start = performance.now();
      // A copy, as nothing is remembered about it yet.
      const after = layout(changed, OPTIONS, { ...before });
      times.push(performance.now() - start);
      moves.push(meanMove(before, after));
    }
    times.sort((a, b) => a - b);
    const median = times[PROBES >> 1].toFixed(1);
    return { graph: name, change, ...summary(moves), "median ms": median };
  });
});
console.table(changes);

const rows = [];
for (const name of samples) {
  const graph = loadGraph(name);
  const order = submissionOrder(graph);
  const fresh = layout(graph, OPTIONS);
  for (const step of [1, 7, 40]) {
    let previous;
    const present = new Set();
    const moves = [];
    let slowest = 0;
    for (let i = 0; i < order.length; i += step) {
      for (const id of order.slice(i, i + step)) present.add(id);
      const part = {
        nodes: graph.nodes.filter(({ id }) => present.has(id)),
        edges: graph.edges.filter(({ source, target }) => present.has(source) && present.has(target)),
      };
      const start = performance.now();
      const next = layout(part, OPTIONS, previous);
      slowest = Math.max(slowest, performance.now() - start);
      if (previous && i >= 20) moves.push(meanMove(previous, next));
      previous = next;
    }
    rows.push({
      graph: name,
      "groups a step": step,
      ...summary(moves),
      "slowest ms": Math.round(slowest),
      loose: previous.routes.filter((route) => route.loose).length,
      "grown crossings": drawnCrossings(linesOf(previous)),
      "fresh crossings": drawnCrossings(linesOf(fresh)),
      "grown size": `${Math.round(previous.width)}×${Math.round(previous.height)}`,
      "fresh size": `${Math.round(fresh.width)}×${Math.round(fresh.height)}`,
    });
  }
}
console.table(rows);
