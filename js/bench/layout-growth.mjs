/** A sample graph grown in steps: how much stands still, and what the grown picture costs beside a fresh one. */
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

const rows = [];
for (const name of process.argv.slice(2).length
  ? process.argv.slice(2)
  : ["real50", "real200", "real500", "syn500"]) {
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
    moves.sort((a, b) => a - b);
    const percent = (share) => `${(100 * (share ?? 0)).toFixed(2)} %`;
    rows.push({
      graph: name,
      "groups a step": step,
      "mean move": percent(moves.reduce((sum, move) => sum + move, 0) / Math.max(1, moves.length)),
      "95th": percent(moves[Math.floor(moves.length * 0.95)]),
      "worst move": percent(moves.at(-1)),
      "slowest ms": Math.round(slowest),
      "grown crossings": drawnCrossings(linesOf(previous)),
      "fresh crossings": drawnCrossings(linesOf(fresh)),
      "grown size": `${Math.round(previous.width)}×${Math.round(previous.height)}`,
      "fresh size": `${Math.round(fresh.width)}×${Math.round(fresh.height)}`,
    });
  }
}
console.table(rows);
