/** Categories that cards are coloured by: the prefix, the library of the results, the worker. */
import { count } from "../format.ts";
import type { Colouring } from "../lens.ts";
import { texts } from "../texts.ts";
import { CATEGORY_COUNT } from "../theme.ts";
import type { Picture } from "./index.ts";
import type { GraphNode } from "./node.ts";

export interface Category {
  readonly label: string;
  /** Place in the table of colours, the last for all the others together. */
  readonly hue: number;
  /** Cards of it. */
  readonly count: number;
}

export interface Categories {
  readonly colouring: Colouring;
  readonly list: readonly Category[];
  /** Colours as they were given out: a category keeps its colour. The same map while there are no others. */
  readonly hues: ReadonlyMap<string, number>;
}

export const NO_CATEGORIES: Categories = { colouring: "state", list: [], hues: new Map() };

/** Empty: nothing is known yet. */
export function categoryOf({ members }: GraphNode, colouring: Colouring): string {
  const values = new Set<string>();
  for (const group of members) {
    if (colouring === "prefix") values.add(group.prefix);
    else if (colouring === "library") for (const type of group.types) values.add(type.split(".")[0] ?? type);
    else if (colouring === "worker" && group.lastWorker) values.add(group.lastWorker);
  }
  const [only = "", ...others] = values;
  return others.length > 0 ? texts.several : only;
}

/** The categories of a picture; the most frequent ones get the first colours, and keep them. */
export function categoriesOf({ nodes }: Picture, colouring: Colouring, before: Categories): Categories {
  if (colouring === "state") return NO_CATEGORIES;
  const counts = new Map<string, number>();
  for (const node of nodes.values()) {
    const label = categoryOf(node, colouring);
    if (label) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  const frequent = [...counts].sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
  const hues = givenOut(
    frequent.map(([label]) => label),
    before.colouring === colouring ? before.hues : new Map(),
  );
  const list = frequent.flatMap(([label, cards]) => {
    const hue = hues.get(label);
    return hue === undefined ? [] : [{ label, hue, count: cards }];
  });
  const rest = frequent.filter(([label]) => !hues.has(label));
  const [only] = rest;
  if (only) {
    const cards = rest.reduce((sum, [, some]) => sum + some, 0);
    const label = rest.length === 1 ? only[0] : texts.otherCategories[colouring](count(rest.length));
    list.push({ label, hue: CATEGORY_COUNT, count: cards });
  }
  return { colouring, list, hues };
}

/** The same map when there is nobody new, or no colour left. */
function givenOut(
  labels: readonly string[],
  before: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const fresh = labels.filter((label) => !before.has(label)).slice(0, CATEGORY_COUNT - before.size);
  if (fresh.length === 0) return before;
  return new Map([...before, ...fresh.map((label, at) => [label, before.size + at] as const)]);
}

/** The colour of a node, null while it has no category. */
export function hueOf(
  node: GraphNode,
  { colouring, hues }: Pick<Categories, "colouring" | "hues">,
): number | null {
  if (colouring === "state") return null;
  const label = categoryOf(node, colouring);
  return label ? (hues.get(label) ?? CATEGORY_COUNT) : null;
}
