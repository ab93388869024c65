/** All that is drawn, as plain data in world pixels. */
import type { Box, Layout, Point } from "../layout/graph.ts";
import type { Picture } from "../picture/index.ts";
import { type GraphNode, isGone, type NodeId } from "../picture/node.ts";
import type { CardFacts, CardText } from "./card.ts";
import { edgeOnPath, onPath, type Paths } from "./paths.ts";

export type Light = "normal" | "lit" | "dimmed";

export interface Card extends CardText, CardFacts {
  readonly id: NodeId;
  readonly box: Box;
  readonly gone: boolean;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly hovered: boolean;
  readonly light: Light;
  /** 0 to 1 while it fades in. */
  readonly opacity: number;
}

export interface Edge {
  readonly points: readonly Point[];
  readonly reversed: boolean;
  readonly light: Light;
  readonly opacity: number;
}

export interface Scene {
  readonly cards: readonly Card[];
  readonly edges: readonly Edge[];
}

export interface SceneInput {
  readonly picture: Picture;
  readonly layout: Layout;
  readonly text: (node: GraphNode) => CardText;
  readonly facts: (node: GraphNode) => CardFacts;
  readonly selected: ReadonlySet<NodeId>;
  readonly hovered: NodeId | null;
  readonly focused: NodeId | null;
  /** Paths to light, if any. */
  readonly paths: Paths | null;
  /** Opacity of a card that is fading in. */
  readonly opacity: (id: NodeId) => number;
}

const lightOf = (paths: Paths | null, lit: (paths: Paths) => boolean): Light => {
  if (!paths) return "normal";
  return lit(paths) ? "lit" : "dimmed";
};

export function buildScene(input: SceneInput): Scene {
  const { picture, layout, text, facts, selected, hovered, focused, paths, opacity } = input;
  const cards: Card[] = [];
  for (const [id, box] of layout.boxes) {
    const node = picture.nodes.get(id);
    if (!node) continue;
    cards.push({
      id,
      box,
      ...text(node),
      ...facts(node),
      gone: isGone(node),
      selected: selected.has(id),
      hovered: hovered === id,
      focused: focused === id,
      light: lightOf(paths, (through) => onPath(through, id)),
      opacity: opacity(id),
    });
  }
  const edges = layout.routes.map(({ points, reversed, source, target }) => ({
    points,
    reversed,
    light: lightOf(paths, (through) => edgeOnPath(through, source, target)),
    opacity: Math.min(opacity(source), opacity(target)),
  }));
  return { cards, edges };
}

export function cardAt({ cards }: Scene, { x, y }: Point): Card | null {
  const inside = ({ box }: Card) =>
    Math.abs(x - box.x) <= box.width / 2 && Math.abs(y - box.y) <= box.height / 2;
  return cards.findLast(inside) ?? null;
}
