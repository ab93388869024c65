/** Which nodes a search and a filter are about. */
import { barOfNode } from "../bar.ts";
import type { Lens } from "../lens.ts";
import type { Group } from "../wire.ts";
import type { Picture } from "./index.ts";
import type { GraphNode, NodeId } from "./node.ts";

/** Every word of the query must be in the group's name, prefix or one of its result types; case does not count. */
export function searcher(query: string): ((group: Group) => boolean) | null {
  const words = query.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return ({ name, prefix, types }) => {
    const texts = [name, prefix, ...types].map((text) => text.toLocaleLowerCase());
    return words.every((word) => texts.some((text) => text.includes(word)));
  };
}

/** Nodes in which a group is found, in the order of the picture; null when nothing is searched for. */
export function foundIn({ nodes }: Picture, query: string): NodeId[] | null {
  const isFound = searcher(query);
  if (!isFound) return null;
  return [...nodes.values()].filter(({ members }) => members.some(isFound)).map(({ id }) => id);
}

const hasState = (node: GraphNode, wanted: ReadonlySet<string>, states: readonly string[]): boolean =>
  barOfNode(node, states).segments.some(({ state }) => wanted.has(state));

/** Nodes that stand out, or null when all do: found by the search and passed by the filter. `before` when it is still right. */
export function attentionOf(
  picture: Picture,
  lens: Lens,
  found: readonly NodeId[] | null,
  states: readonly string[],
  before: ReadonlySet<NodeId> | null = null,
): ReadonlySet<NodeId> | null {
  const now = outstanding(picture, lens, found, states);
  const isSame = now && before && now.size === before.size && [...now].every((id) => before.has(id));
  return isSame ? before : now;
}

function outstanding(
  picture: Picture,
  lens: Lens,
  found: readonly NodeId[] | null,
  states: readonly string[],
): ReadonlySet<NodeId> | null {
  if (!found && lens.states.size === 0) return null;
  const ids = found ?? [...picture.nodes.keys()];
  if (lens.states.size === 0) return new Set(ids);
  return new Set(
    ids.filter((id) => {
      const node = picture.nodes.get(id);
      return node !== undefined && hasState(node, lens.states, states);
    }),
  );
}
