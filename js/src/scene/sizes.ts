/** Texts and widths of cards, worked out once for as long as they say the same, in portions. */
import type { GraphNode, NodeId } from "../picture/node.ts";
import { type CardText, cardText, cardWidth, type Measure } from "./card.ts";

export interface Sizes {
  readonly texts: ReadonlyMap<NodeId, CardText>;
  readonly widths: ReadonlyMap<NodeId, number>;
}

interface Sized {
  readonly node: GraphNode;
  readonly text: CardText;
  readonly width: number;
}

/** Null when the time is up: the next call goes on from there. */
export type SizeCards = (
  nodes: ReadonlyMap<NodeId, GraphNode>,
  measure: Measure,
  isLate: () => boolean,
) => Sizes | null;

/** What is remembered of cards that are no more, for each that there is. */
const SPARE = 2;

export function createSizes(): SizeCards {
  let known = new Map<NodeId, Sized>();
  let knownBy: Measure | null = null;

  return (nodes, measure, isLate) => {
    if (knownBy !== measure) known = new Map();
    else if (known.size > SPARE * nodes.size) known = new Map([...known].filter(([id]) => nodes.has(id)));
    knownBy = measure;
    for (const node of nodes.values()) {
      const old = known.get(node.id);
      if (old && isAlike(old.node, node)) continue;
      if (isLate()) return null;
      const text = cardText(node, measure);
      known.set(node.id, { node, text, width: cardWidth(node, text, measure) });
    }
    const texts = new Map<NodeId, CardText>();
    const widths = new Map<NodeId, number>();
    for (const id of nodes.keys()) {
      const sized = known.get(id);
      if (!sized) continue;
      texts.set(id, sized.text);
      widths.set(id, sized.width);
    }
    return { texts, widths };
  };
}

const isAlike = (a: GraphNode, b: GraphNode): boolean =>
  a === b ||
  (a.name.prefix === b.name.prefix &&
    a.name.token === b.name.token &&
    a.kind === b.kind &&
    a.digits === b.digits &&
    a.step === b.step);
