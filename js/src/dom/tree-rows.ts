/** The graph as rows of a tree: nodes, and above those that were opened what they were opened from. */
import { barOfNode } from "../bar.ts";
import { count } from "../format.ts";
import type { Lens } from "../lens.ts";
import type { Picture } from "../picture/index.ts";
import { fullName, type GraphNode, type NodeId } from "../picture/node.ts";
import { texts } from "../texts.ts";

export interface Row {
  /** Key of the node, or of what was opened. */
  readonly key: string;
  /** Null for what was opened. */
  readonly node: NodeId | null;
  /** Of what was opened, to be called by its first. */
  readonly first: NodeId;
  readonly level: number;
  /** Null where there is nothing to expand. */
  readonly expanded: boolean | null;
  /** From 1 among `siblings`. */
  readonly place: number;
  readonly siblings: number;
}

interface Branch {
  readonly key: string;
  readonly node: GraphNode | null;
  readonly first: NodeId;
  readonly children: Branch[];
}

/** In the picture's order; what was opened stands where its first node would. */
export function rowsOf({ nodes }: Picture, open: Lens["open"]): Row[] {
  const roots: Branch[] = [];
  const opened = new Map<string, Branch>();
  for (const node of nodes.values()) {
    let children = roots;
    for (const key of node.within.toReversed()) {
      if (open.get(key) !== true) continue;
      const branch = opened.get(key) ?? { key, node: null, first: node.id, children: [] };
      if (!opened.has(key)) children.push(branch);
      opened.set(key, branch);
      children = branch.children;
    }
    children.push({ key: node.key, node, first: node.id, children: [] });
  }
  return rowsFrom(roots);
}

function rowsFrom(roots: readonly Branch[]): Row[] {
  const rows: Row[] = [];
  const levels: { readonly branches: readonly Branch[]; next: number }[] = [{ branches: roots, next: 0 }];
  for (let top = levels.at(-1); top; top = levels.at(-1)) {
    const branch = top.branches[top.next++];
    if (!branch) {
      levels.pop();
      continue;
    }
    const { key, node, first, children } = branch;
    rows.push({
      key,
      node: node?.id ?? null,
      first,
      level: levels.length,
      expanded: node ? (node.members.length > 1 ? false : null) : true,
      place: top.next,
      siblings: top.branches.length,
    });
    if (children.length > 0) levels.push({ branches: children, next: 0 });
  }
  return rows;
}

export const LONGEST_WINDOW = 200;

/** The rows about one of them: at most `LONGEST_WINDOW`, and always that one. */
export function windowAbout(rows: readonly Row[], at: number): readonly Row[] {
  const latest = Math.max(0, rows.length - LONGEST_WINDOW);
  const start = Math.min(latest, Math.max(0, at - LONGEST_WINDOW / 2));
  return rows.slice(start, start + LONGEST_WINDOW);
}

const NAMED = 4;

export function sentenceOn({ node: id, first }: Row, picture: Picture, states: readonly string[]): string {
  const node = picture.nodes.get(id ?? first);
  if (!node) return "";
  if (id === null) return texts.openedInto(node.name.prefix);
  const { total, done, erred } = barOfNode(node, states).progress;
  const namesOf = (ids: readonly NodeId[]) =>
    namedOf(
      ids.filter((other) => other !== id),
      picture,
    );
  const needs = namesOf(node.dependencies);
  const neededBy = namesOf(picture.dependents.get(id) ?? []);
  const facts = [fullName(node), count(done), count(total)] as const;
  return [
    erred > 0 ? texts.cardWithErred(...facts, count(erred)) : texts.card(...facts),
    needs && texts.needs(needs),
    neededBy && texts.neededBy(neededBy),
  ]
    .filter(Boolean)
    .join(" ");
}

function namedOf(ids: readonly NodeId[], { nodes }: Picture): string {
  const names = ids.slice(0, NAMED).flatMap((id) => nodes.get(id)?.name.prefix ?? []);
  const rest = ids.length - NAMED;
  return [...names, ...(rest > 0 ? [texts.andMore(count(rest))] : [])].join(", ");
}
