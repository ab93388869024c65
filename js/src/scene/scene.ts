/** All that is drawn, as plain data in world pixels. */
import type { Box, Layout, Point } from "../layout/graph.ts";
import type { Picture } from "../picture.ts";
import type { Group, GroupId } from "../wire.ts";
import type { CardFacts, CardText } from "./card.ts";
import { edgeOnPath, onPath, type Paths } from "./paths.ts";

export type Light = "normal" | "lit" | "dimmed";

export interface Card extends CardText, CardFacts {
  readonly id: GroupId;
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
  readonly text: (group: Group) => CardText;
  readonly facts: (group: Group) => CardFacts;
  readonly selected: ReadonlySet<GroupId>;
  readonly hovered: GroupId | null;
  readonly focused: GroupId | null;
  /** Paths to light, if any. */
  readonly paths: Paths | null;
  /** Opacity of a card that is fading in. */
  readonly opacity: (id: GroupId) => number;
}

const lightOf = (paths: Paths | null, lit: (paths: Paths) => boolean): Light => {
  if (!paths) return "normal";
  return lit(paths) ? "lit" : "dimmed";
};

export function buildScene(input: SceneInput): Scene {
  const { picture, layout, text, facts, selected, hovered, focused, paths, opacity } = input;
  const cards: Card[] = [];
  for (const [id, box] of layout.boxes) {
    const group = picture.groups.get(id);
    if (!group) continue;
    cards.push({
      id,
      box,
      ...text(group),
      ...facts(group),
      gone: group.outcome !== null,
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
