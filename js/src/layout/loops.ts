import { at } from "./arrays.ts";
import { type Layers, linked, type Path } from "./layers.ts";
import { shares } from "./placing.ts";

/**
 * Make room for edges that run against the flow: a lane (a dummy) right beside each end's card, on the side where
 * the edge goes on, and one below a card with a self edge. The edge turns round the card into its lane.
 */
export function addLanes(
  layers: Layers,
  order: readonly (readonly number[])[],
  selfEdges: readonly number[],
): Layers {
  if (!selfEdges.length && !layers.paths.some(({ turned }) => turned))
    return { ...layers, ranks: order.map((row) => [...row]) };
  const height = shares(order, layers.rankOf.length);
  const rankOf = [...layers.rankOf];
  const above = new Map<number, number[]>();
  const below = new Map<number, number[]>();
  const lane = (card: number, toward: number | undefined): number => {
    const dummy = rankOf.push(at(rankOf, card)) - 1;
    const side = toward !== undefined && at(height, toward) < at(height, card) ? above : below;
    side.set(card, [...(side.get(card) ?? []), dummy]);
    return dummy;
  };
  const loops = selfEdges.map(
    (card): Path => ({
      from: card,
      to: card,
      turned: true,
      vertices: [lane(card, undefined)],
      detour: false,
    }),
  );
  const paths = layers.paths.map((path): Path => {
    if (!path.turned) return path;
    const { from, to, vertices } = path;
    const inner = vertices.slice(1, -1);
    const start = lane(to, inner[0]);
    const end = lane(from, inner[inner.length - 1]);
    return { ...path, vertices: [start, ...inner, end] };
  });
  paths.push(...loops);
  const ranks = order.map((row) =>
    row.flatMap((vertex) => [...(above.get(vertex) ?? []).reverse(), vertex, ...(below.get(vertex) ?? [])]),
  );
  return { cards: layers.cards, rankOf, ranks, paths, ...linked(rankOf.length, paths) };
}
