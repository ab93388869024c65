/** All that is drawn, as plain data in world pixels. What did not change since the scene before is the same object. */
import type { Box, Layout, Point, Route } from "../layout/graph.ts";
import { isFinished } from "../picture/finished.ts";
import type { Picture } from "../picture/index.ts";
import { type GraphNode, isGone, type NodeId } from "../picture/node.ts";
import { type CardFacts, type CardText, cardFacts, type Measure } from "./card.ts";
import { edgeOnPath, onPath, type Paths } from "./paths.ts";
import { standAlike } from "./seen.ts";

export type Light = "normal" | "lit" | "dimmed";

export interface Card {
  readonly id: NodeId;
  readonly node: GraphNode;
  readonly box: Box;
  readonly text: CardText;
  readonly facts: CardFacts;
  /** Of its category's colour, when cards are coloured by something else than their states. */
  readonly hue: number | null;
  readonly selected: boolean;
  readonly focused: boolean;
  readonly hovered: boolean;
  /** The match that the search stands at. */
  readonly current: boolean;
  readonly light: Light;
  /** Forgotten by the scheduler, or finished where that is made less of. */
  readonly faint: boolean;
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
  /** The same object for as long as the edges run as they do, in whatever light. */
  readonly ground: object;
}

export interface SceneInput {
  readonly picture: Picture;
  readonly layout: Layout;
  readonly texts: ReadonlyMap<NodeId, CardText>;
  readonly states: readonly string[];
  readonly measure: Measure;
  /** Place in the table of categories; the same function for as long as it says the same. */
  readonly hue: ((node: GraphNode) => number | null) | null;
  readonly selected: ReadonlySet<NodeId>;
  readonly hovered: NodeId | null;
  readonly focused: NodeId | null;
  readonly current: NodeId | null;
  /** Paths to light, if any. */
  readonly paths: Paths | null;
  /** What is searched or filtered for; the others are dimmed. */
  readonly attention: ReadonlySet<NodeId> | null;
  readonly dimFinished: boolean;
  /** Opacity of a card that is fading in; null when none is. */
  readonly opacity: ((id: NodeId) => number) | null;
}

/** A scene that the next one can be built on. */
export interface BuiltScene extends Scene {
  readonly input: SceneInput | null;
  /** Of each card in `cards`. */
  readonly places: ReadonlyMap<NodeId, number>;
}

export const EMPTY_SCENE: BuiltScene = { cards: [], edges: [], ground: {}, input: null, places: new Map() };

export const cardOf = ({ cards, places }: BuiltScene, id: NodeId): Card | null =>
  cards[places.get(id) ?? -1] ?? null;

export function buildScene(input: SceneInput, before: BuiltScene = EMPTY_SCENE): BuiltScene {
  const old = before.input;
  const sameLines = old !== null && sameEdges(old, input);
  if (sameLines && old.layout === input.layout && sameMarks(old, input)) {
    const cards = old.picture.nodes === input.picture.nodes ? before.cards : refreshed(before.cards, input);
    if (cards) return cards === before.cards ? before : { ...before, cards, input };
  }
  const cards: Card[] = [];
  const places = new Map<NodeId, number>();
  for (const [id, box] of input.layout.boxes) {
    const node = input.picture.nodes.get(id);
    if (!node) continue;
    places.set(id, cards.length);
    cards.push(madeCard(input, node, box, cardOf(before, id), old));
  }
  const edges = sameLines ? before.edges : input.layout.routes.map((route) => madeEdge(input, route));
  if (old?.layout === input.layout && cards.length === before.cards.length) standAlike(before.cards, cards);
  const ground = fading(input) ? edges : input.layout.routes;
  return { cards, edges, ground, input, places };
}

/** The same cards with the nodes of now; null when one of them is no more. */
function refreshed(before: readonly Card[], input: SceneInput): readonly Card[] | null {
  let cards: Card[] | null = null;
  for (let at = 0; at < before.length; at++) {
    const card = before[at];
    const node = card && input.picture.nodes.get(card.id);
    if (!node) return null;
    if (node === card.node) continue;
    cards ??= [...before];
    cards[at] = madeCard(input, node, card.box, card, input);
  }
  if (cards) standAlike(before, cards);
  return cards ?? before;
}

/** Whatever of a card does not depend on its node is the same. */
const sameMarks = (a: SceneInput, b: SceneInput): boolean =>
  a.texts === b.texts &&
  a.states === b.states &&
  a.measure === b.measure &&
  a.hue === b.hue &&
  a.hovered === b.hovered &&
  a.focused === b.focused &&
  a.current === b.current &&
  a.dimFinished === b.dimFinished &&
  a.opacity === b.opacity &&
  sameIds(a.selected, b.selected);

const sameEdges = (a: SceneInput, b: SceneInput): boolean =>
  a.layout.routes === b.layout.routes &&
  a.paths === b.paths &&
  fading(a) === fading(b) &&
  a.attention === b.attention;

/** More edges than this do not fade in with their cards. */
const MANY_EDGES = 2_000;

const fading = ({ opacity, layout }: SceneInput) => (layout.routes.length > MANY_EDGES ? null : opacity);

const sameIds = (a: ReadonlySet<NodeId>, b: ReadonlySet<NodeId>): boolean =>
  a === b || (a.size === b.size && [...a].every((id) => b.has(id)));

const NO_TEXT: CardText = { prefix: "", token: "", prefixWidth: 0, tokenAt: 0 };

function madeCard(
  input: SceneInput,
  node: GraphNode,
  box: Box,
  known: Card | null,
  before: SceneInput | null,
): Card {
  const { id } = node;
  const { states, measure } = input;
  const stays = known?.node === node && before?.states === states && before.measure === measure;
  const text = input.texts.get(id) ?? NO_TEXT;
  const selected = input.selected.has(id);
  const focused = input.focused === id;
  const hovered = input.hovered === id;
  const current = input.current === id;
  const light = lightOf(input, id);
  const opacity = input.opacity?.(id) ?? 1;
  const sameLook = stays && before?.hue === input.hue && before?.dimFinished === input.dimFinished;
  if (
    sameLook &&
    known.box === box &&
    known.text === text &&
    known.selected === selected &&
    known.focused === focused &&
    known.hovered === hovered &&
    known.current === current &&
    known.light === light &&
    known.opacity === opacity
  )
    return known;
  const look = sameLook
    ? known
    : {
        hue: input.hue?.(node) ?? null,
        faint:
          isGone(node) || (input.dimFinished && node.members.every((group) => isFinished(group, states))),
      };
  return {
    id,
    node,
    box,
    text,
    facts: stays ? known.facts : cardFacts(node, states, measure),
    hue: look.hue,
    selected,
    focused,
    hovered,
    current,
    light,
    faint: look.faint,
    opacity,
  };
}

function lightOf({ paths, attention }: SceneInput, id: NodeId): Light {
  if (attention && !attention.has(id)) return "dimmed";
  if (!paths || attention) return "normal";
  return onPath(paths, id) ? "lit" : "dimmed";
}

function madeEdge(input: SceneInput, { points, reversed, source, target }: Route): Edge {
  const { paths, attention } = input;
  const opacity = fading(input);
  const dimmed = attention !== null && !(attention.has(source) && attention.has(target));
  const plain = dimmed ? "dimmed" : "normal";
  return {
    points,
    reversed,
    light: paths ? (edgeOnPath(paths, source, target) ? "lit" : "dimmed") : plain,
    opacity: opacity ? Math.min(opacity(source), opacity(target)) : 1,
  };
}
