/** What is shown of a mirror: which groups, as which nodes, joined how. */
import type { Focus, Lens, Level } from "../lens.ts";
import type { Mirror } from "../mirror.ts";
import { codeLine, keyOf, readableName } from "../names.ts";
import { texts } from "../texts.ts";
import type { Group, GroupId } from "../wire.ts";
import { type Cell, type Cells, connected, firstOf } from "./cells.ts";
import { foldChains } from "./chains.ts";
import { foldFinished, isFinished } from "./finished.ts";
import { aggregated, levelOf } from "./levels.ts";
import { neighbourhood } from "./neighbourhood.ts";
import { digitsOf, type GraphNode, type NodeId } from "./node.ts";
import { USUAL } from "./readable.ts";
import { stepOf } from "./size.ts";

export interface Picture {
  /** Groups that the picture is about: those of the present run, or all. */
  readonly groups: ReadonlyMap<GroupId, Group>;
  readonly nodes: ReadonlyMap<NodeId, GraphNode>;
  /** The node that a group is, or is part of. Groups outside of the focus have none. */
  readonly homes: ReadonlyMap<GroupId, NodeId>;
  readonly level: Level;
  /** Groups known, in the picture or not. */
  readonly known: number;
  readonly earlier: number;
  /** Groups of the picture by key. */
  readonly ids: ReadonlyMap<string, GroupId>;
  /** Nodes that need a node. */
  readonly dependents: ReadonlyMap<NodeId, readonly NodeId[]>;
  /** Changes when other nodes are shown, they are joined otherwise or need other cards, and only then. */
  readonly structure: number;
  /** The lens that it was made with, as far as the structure depends on it. */
  readonly lens: Lens | null;
  /** It has at most so many nodes. */
  readonly most: number;
  /** So many can be read. */
  readonly readable: number;
  /** Ids of the nodes that stand for several groups, by key; they stay. */
  readonly numbers: ReadonlyMap<string, NodeId>;
  /** The neighbourhood that is shown is not all that the node is connected with. */
  readonly goesOn: boolean;
}

export const EMPTY_PICTURE: Picture = {
  groups: new Map(),
  nodes: new Map(),
  homes: new Map(),
  level: "groups",
  known: 0,
  earlier: 0,
  ids: new Map(),
  dependents: new Map(),
  structure: 0,
  lens: null,
  most: Number.POSITIVE_INFINITY,
  readable: USUAL,
  numbers: new Map(),
  goesOn: false,
};

/** The picture of a mirror, of at most `most` nodes, where `readable` can be read; parts that did not change are those of `before`. */
export function pictureOf(
  mirror: Mirror,
  lens: Lens,
  before: Picture = EMPTY_PICTURE,
  most: number = Number.POSITIVE_INFINITY,
  readable: number = USUAL,
): Picture {
  const groups = new Map<GroupId, Group>();
  let earlier = 0;
  for (const group of mirror.groups.values()) {
    if (group.earlier) earlier++;
    if (!group.earlier || lens.earlier) groups.set(group.id, group);
  }
  const counted = { groups, known: mirror.groups.size, earlier, lens, most, readable };
  const kept =
    before.most === most &&
    before.readable === readable &&
    sameLens(before.lens, lens) &&
    sameMembership(before.groups, groups, mirror, lens);
  return kept ? refreshed({ ...before, ...counted }, before, lens) : drawn(mirror, counted, lens, before);
}

function sameLens(a: Lens | null, b: Lens): boolean {
  return (
    a !== null &&
    a.level === b.level &&
    a.open === b.open &&
    a.finished === b.finished &&
    a.focus === b.focus &&
    a.sizing === b.sizing
  );
}

/** The same groups, in the same nodes. */
function sameMembership(
  a: ReadonlyMap<GroupId, Group>,
  b: ReadonlyMap<GroupId, Group>,
  { states }: Mirror,
  lens: Lens,
): boolean {
  if (a.size !== b.size) return false;
  for (const [id, group] of b) {
    const old = a.get(id);
    if (old === group) continue;
    if (!old || old.name !== group.name || old.key !== group.key) return false;
    if (old.prefix !== group.prefix || old.computation !== group.computation) return false;
    if (old.spanId !== group.spanId || !sameIds(old.dependencies, group.dependencies)) return false;
    if (lens.finished === "folded" && isFinished(old, states) !== isFinished(group, states)) return false;
  }
  return true;
}

const sameIds = (a: readonly GroupId[], b: readonly GroupId[]) =>
  a === b || (a.length === b.length && a.every((id, at) => id === b[at]));

/** The same nodes with the groups of now. */
function refreshed(picture: Picture, before: Picture, lens: Lens): Picture {
  const changed = new Set<NodeId>();
  for (const [id, group] of picture.groups) {
    const home = before.groups.get(id) === group ? undefined : before.homes.get(id);
    if (home !== undefined) changed.add(home);
  }
  if (changed.size === 0) return picture;
  const nodes = new Map(before.nodes);
  let { structure } = before;
  let resized = false;
  for (const id of changed) {
    const old = before.nodes.get(id);
    if (!old) continue;
    const members = old.members.map((member) => picture.groups.get(member.id) ?? member);
    const node = { ...old, members, ...measured(members, before.dependents.get(id)?.length ?? 0, lens) };
    resized ||= node.digits !== old.digits || node.step !== old.step;
    nodes.set(id, node);
  }
  if (resized) structure++;
  return { ...picture, nodes, structure };
}

const measured = (members: readonly Group[], dependents: number, { sizing }: Lens) => ({
  digits: digitsOf(members),
  step: stepOf(sizing, members, dependents),
});

type Counted = Pick<Picture, "groups" | "known" | "earlier" | "lens" | "most" | "readable">;

function drawn(mirror: Mirror, counted: Counted, lens: Lens, before: Picture): Picture {
  const groups = [...counted.groups.values()];
  const level = levelFor(groups, counted, lens, before);
  const cells = aggregated(groups, level, lens.open);
  const cards = lens.open.size > 0 ? aggregated(groups, level, new Map()).length : cells.length;
  let graph = foldChains(connected(cells), lens.open, cards);
  if (lens.finished === "folded") graph = foldFinished(graph, mirror.states, lens.open);

  const numbers = new Map(before.numbers);
  const numberOf = ({ key, kind, members: [first] }: Cell): NodeId => {
    if (kind === "group" && first) return first.id;
    const id = numbers.get(key) ?? -1 - numbers.size;
    numbers.set(key, id);
    return id;
  };
  const near = lens.focus && neighbours(graph, lens.focus, numberOf);
  if (near || counted.most < Number.POSITIVE_INFINITY)
    graph = firstOf(graph, near?.cells ?? graph.cells.keys(), counted.most);
  return {
    ...counted,
    ...nodesOf(graph, numberOf, mirror, lens),
    level,
    ids: new Map(groups.map((group) => [keyOf(group), group.id])),
    structure: before.structure + 1,
    numbers,
    goesOn: near?.goesOn ?? false,
  };
}

/** A neighbourhood stays at its level, or it would be lost; a view of another size is judged anew. */
function levelFor(
  groups: readonly Group[],
  { most, readable }: Counted,
  { level, focus }: Lens,
  before: Picture,
): Level {
  if (focus && before.lens?.level === level) return before.level;
  const kept = before.lens && before.readable === readable ? before.level : null;
  return levelOf(level, groups, kept, readable, most);
}

/** The cells about a node, itself first; null when it is no more. */
function neighbours(graph: Cells, { node, up, down }: Focus, numberOf: (cell: Cell) => NodeId) {
  const centre = graph.cells.findIndex((cell) => numberOf(cell) === node);
  return centre < 0 ? null : neighbourhood(graph, centre, up, down);
}

function nodesOf(
  { cells, before, after, selfish }: Cells,
  numberOf: (cell: Cell) => NodeId,
  mirror: Mirror,
  lens: Lens,
): Pick<Picture, "nodes" | "homes" | "dependents"> {
  const ids = cells.map(numberOf);
  const named = (places: readonly number[] = []) => places.map((place) => ids[place] ?? 0);
  const nodes = new Map<NodeId, GraphNode>();
  const homes = new Map<GroupId, NodeId>();
  const dependents = new Map<NodeId, readonly NodeId[]>();
  cells.forEach((cell, index) => {
    const id = ids[index] ?? 0;
    const { kind, key, within, members } = cell;
    const needing = named(after[index]);
    const dependencies = named(before[index]);
    if (selfish.has(index)) {
      needing.push(id);
      dependencies.push(id);
    }
    nodes.set(id, {
      id,
      kind,
      key,
      within,
      members,
      name: nameOf(cell, mirror),
      dependencies,
      ...measured(members, needing.length, lens),
    });
    for (const member of members) homes.set(member.id, id);
    if (needing.length > 0) dependents.set(id, needing);
  });
  return { nodes, homes, dependents };
}

function nameOf({ kind, members }: Cell, mirror: Mirror) {
  const [first] = members;
  const last = members.at(-1);
  if (!first || !last) return { prefix: "", token: "" };
  const token = texts.groups(members.length);
  switch (kind) {
    case "group":
      return readableName(first);
    case "prefix":
      return { prefix: first.prefix, token };
    case "computation": {
      const code = codeLine(mirror.computations.get(first.computation)?.code ?? []);
      return { prefix: code || texts.computation, token };
    }
    case "chain":
      return { prefix: texts.chain(first.prefix, last.prefix), token };
    case "finished":
      return { prefix: texts.finishedPart(members.length), token: "" };
  }
}
