// Graphs that nobody wants to see, to be drawn all the same.
import { layered } from "./graphs.mjs";

const token = (at) => (at * 2654435761 >>> 0).toString(16).padStart(8, "0");
const groups = (count, word = "step") =>
  Array.from({ length: count }, (_, at) => ({ id: `${word}_${at}-${token(at)}`, label: `${word}_${at}` }));

/** Each of `count` groups needs the one before. */
export function line(count) {
  const nodes = groups(count);
  return { nodes, edges: nodes.slice(1).map(({ id }, at) => [nodes[at].id, id]) };
}

/** The last group needs all the others. */
export function hub(dependencies) {
  const nodes = groups(dependencies + 1, "part");
  const centre = nodes.at(-1).id;
  return { nodes, edges: nodes.slice(0, -1).map(({ id }) => [id, centre]) };
}

/** Each group of the one half needs every group of the other. */
export function bipartite(half) {
  const nodes = groups(2 * half, "side");
  const later = nodes.slice(half);
  return { nodes, edges: nodes.slice(0, half).flatMap(({ id }) => later.map((other) => [id, other.id])) };
}

/** Pairs of groups that have nothing to do with each other. */
export function components(count) {
  const nodes = groups(2 * count, "island");
  return { nodes, edges: nodes.slice(count).map(({ id }, at) => [nodes[at].id, id]) };
}

/** Names of 10 kB, alike at both ends, some without a character that has a width of its own. */
export function longNames(count) {
  const { nodes, edges } = layered(count);
  const long = new Map(
    nodes.map(({ id, label }, at) => {
      const filler = ["x", "数", "e\u0301", "\u200d"][at % 4];
      return [id, `${label}_${filler.repeat(Math.floor(10_000 / filler.length))}`];
    }),
  );
  return {
    nodes: nodes.map(({ id }) => ({ id: `${long.get(id)}-${id}`, label: long.get(id) })),
    edges: edges.map((ends) => ends.map((id) => `${long.get(id)}-${id}`)),
  };
}
