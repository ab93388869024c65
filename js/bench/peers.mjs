/** Other layouts with our sizes and gaps, all from left to right. `most` groups are drawn in a bearable time. */
import dagre from "@dagrejs/dagre";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import { coordGreedy, decrossTwoLayer, graphConnect, layeringLongestPath, sugiyama } from "d3-dag";
import ELK from "elkjs";
import { loadModule, OPTIONS } from "./layout-load.mjs";

const { drawWithDot } = await loadModule("./dot.ts");
const graphviz = await Graphviz.load();
const { rankGap, nodeGap } = OPTIONS;

function withDagre({ nodes, edges }) {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", ranksep: rankGap, nodesep: nodeGap });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id, width, height } of nodes) graph.setNode(String(id), { width, height });
  for (const { source, target } of edges) graph.setEdge(String(source), String(target));
  dagre.layout(graph);
  const lines = graph
    .edges()
    .map((edge) => ({ source: Number(edge.v), target: Number(edge.w), line: graph.edge(edge).points }));
  const boxes = new Map(graph.nodes().map((id) => [Number(id), graph.node(id)]));
  return { boxes, lines, width: graph.graph().width, height: graph.graph().height };
}

async function withElk({ nodes, edges }) {
  const drawn = await new ELK().layout({
    id: "all",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": "RIGHT",
      "elk.edgeRouting": "POLYLINE",
      "elk.layered.spacing.nodeNodeBetweenLayers": String(rankGap),
      "elk.spacing.nodeNode": String(nodeGap),
    },
    children: nodes.map(({ id, width, height }) => ({ id: String(id), width, height })),
    edges: edges.map(({ source, target }, index) => ({
      id: `e${index}`,
      sources: [String(source)],
      targets: [String(target)],
    })),
  });
  const boxes = new Map(
    drawn.children.map(({ id, x, y, width, height }) => [
      Number(id),
      { x: x + width / 2, y: y + height / 2 },
    ]),
  );
  const lines = drawn.edges.map(({ sources, targets, sections: [section] }) => ({
    source: Number(sources[0]),
    target: Number(targets[0]),
    line: [section.startPoint, ...(section.bendPoints ?? []), section.endPoint],
  }));
  return { boxes, lines, width: drawn.width, height: drawn.height };
}

/** It draws from top to bottom, so everything is turned, and knows only groups that have edges. */
function withD3Dag({ nodes, edges }) {
  const graph = graphConnect()(edges.map(({ source, target }) => [String(source), String(target)]));
  const layout = sugiyama()
    .layering(layeringLongestPath())
    .decross(decrossTwoLayer())
    .coord(coordGreedy())
    .nodeSize(({ data }) => [nodes[Number(data)].height, nodes[Number(data)].width])
    .gap([nodeGap, rankGap]);
  const { width, height } = layout(graph);
  const boxes = new Map([...graph.nodes()].map(({ data, x, y }) => [Number(data), { x: y, y: x }]));
  const lines = [...graph.links()].map(({ source, target, points }) => ({
    source: Number(source.data),
    target: Number(target.data),
    line: points.map(([x, y]) => ({ x: y, y: x })),
  }));
  return { boxes, lines, width: height, height: width };
}

export const PEERS = [
  { name: "dagre", most: 500, draw: withDagre },
  { name: "elkjs layered", most: 500, draw: withElk },
  { name: "d3-dag", most: 500, draw: withD3Dag },
  { name: "graphviz dot", most: 2_000, draw: (graph) => drawWithDot(graphviz, graph, OPTIONS) },
];
