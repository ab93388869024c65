import { at, lists } from "./arrays.ts";
import { type Bodies, bodies } from "./bodies.ts";
import { type Arc, type Component, roots } from "./components.ts";
import { turnedArcs } from "./cycles.ts";
import type { LayoutEdge, LayoutOptions } from "./graph.ts";
import type { Previous } from "./previous.ts";
import { topologicalOrder } from "./simplex.ts";

/** What is drawn as one body, with a rank for each node by the measure of the old component `home`. */
export interface Piece {
  readonly component: Component;
  readonly ranks: readonly number[];
  readonly turned: readonly boolean[];
  readonly home: number;
}

export interface Loosened {
  readonly pieces: readonly Piece[];
  readonly loose: readonly LayoutEdge[];
  /** Too many edges were loose: all run along the flow again, and what stood in the way has moved. */
  readonly tightened: boolean;
}

/** So few cards are found again wherever they are. */
export const FEW = 16;
/** A reader can follow so many loose edges of a component, and in a large one this share of all. */
const LOOSE = 6;
const LOOSE_SHARE = 0.002;

/**
 * Ranks that keep what was there. A new node stands right behind what it needs, or else right before what needs it.
 * For an edge that does not run along the flow then, the nodes behind it, those before it or a small body move,
 * whichever moves least, if that is no more than `share` of the diagonal on average; otherwise it is loose: it holds
 * nobody, and runs between the cards. A loose edge stays so until it fits, or until too many are.
 */
export function loosen(
  component: Component,
  previous: Previous,
  options: LayoutOptions,
  share: number,
): Loosened {
  const { boxes, width, height } = previous;
  const moves = boxes.size > FEW ? share * boxes.size * Math.hypot(width, height) : Infinity;
  const kept = within(moves, component, previous, options);
  if (kept.loose.length <= LOOSE + LOOSE_SHARE * component.arcs.length) return { ...kept, tightened: false };
  return { ...within(Infinity, component, previous, options), tightened: true };
}

function within(
  moves: number,
  component: Component,
  previous: Previous,
  options: LayoutOptions,
): Omit<Loosened, "tightened"> {
  const { nodes, arcs } = component;
  const old = arcs.map(({ from, to }) => previous.route(at(nodes, from).id, at(nodes, to).id));
  const routes = old.map((route) => (route?.loose ? undefined : route));
  const wasLoose = old.map((route) => moves < Infinity && route?.loose === true);
  const isFirm = (_: unknown, index: number) => !wasLoose[index];
  const firmTurned = turnedArcs(
    nodes.length,
    arcs.filter(isFirm),
    routes.filter(isFirm).map((route) => route?.reversed),
  );
  let next = 0;
  const turned = wasLoose.map((was) => !was && at(firmTurned, next++));
  const directed = arcs.map(({ from, to }, index) => (turned[index] ? { from: to, to: from } : { from, to }));
  const all = bodies(component, previous, options, moves);
  admit(nodes.length, directed.filter(isFirm), all);

  directed.forEach((arc, index) => {
    if (!routes[index] && !wasLoose[index] && all.of(arc.from) !== all.of(arc.to)) all.join(arc);
  });
  const fits = ({ from, to }: Arc) => all.of(from) === all.of(to) && at(all.ranks, from) < at(all.ranks, to);
  const loose = directed.map(
    (arc, index) => all.of(arc.from) !== all.of(arc.to) || (wasLoose[index] === true && !fits(arc)),
  );
  const tight = directed.filter((_, index) => !loose[index]);
  if (!tight.every(fits)) {
    const after = lists<number>(nodes.length);
    const before = lists<number>(nodes.length);
    const link = ({ from, to }: Arc) => {
      at(after, from).push(to);
      at(before, to).push(from);
    };
    tight.filter(fits).forEach(link);
    const misfits = directed.flatMap((arc, index) => (loose[index] || fits(arc) ? [] : [{ arc, index }]));
    for (const { arc, index } of misfits) {
      if (fits(arc) || all.push(arc, after, before)) link(arc);
      else loose[index] = true;
    }
  }
  return {
    pieces: split(component, loose, turned, all),
    loose: arcs.flatMap(({ from, to }, index) =>
      loose[index] ? [{ source: at(nodes, from).id, target: at(nodes, to).id }] : [],
    ),
  };
}

/** Give each new node a place in a body. */
function admit(count: number, arcs: readonly Arc[], all: Bodies): void {
  const fresh = Array.from({ length: count }, (_, node) => node).filter((node) => all.of(node) < 0);
  if (!fresh.length) return;
  const local = new Map(fresh.map((node, place) => [node, place]));
  const before = lists<number>(fresh.length);
  const after = lists<number>(fresh.length);
  const inner: Arc[] = [];
  for (const { from, to } of arcs) {
    const [a, b] = [local.get(from), local.get(to)];
    if (a !== undefined) at(after, a).push(to);
    if (b !== undefined) at(before, b).push(from);
    if (a !== undefined && b !== undefined) inner.push({ from: a, to: b });
  }
  const forward = topologicalOrder(fresh.length, inner) ?? [];
  const backward = [...forward].reverse();
  for (let left = fresh.length, was = 0; left && left !== was; ) {
    was = left;
    for (const [order, near] of [[forward, before] as const, [backward, after] as const]) {
      for (const place of order) {
        const node = at(fresh, place);
        const around = all.of(node) < 0 ? at(near, place).filter((other) => all.of(other) >= 0) : [];
        if (!around.length) continue;
        all.take(node, around, near === before);
        left--;
      }
    }
  }
  for (const place of backward) {
    const node = at(fresh, place);
    const own = (near: readonly number[]) => near.filter((other) => all.of(other) === all.of(node));
    const following = own(at(after, place)).map((other) => at(all.ranks, other));
    if (following.length <= own(at(before, place)).length) continue;
    const latest = following.reduce((a, b) => Math.min(a, b)) - 1;
    all.ranks[node] = Math.max(at(all.ranks, node), latest);
  }
}

/** The connected parts that are left without the loose arcs. */
function split(
  { nodes, arcs, selfEdges }: Component,
  loose: readonly boolean[],
  turned: readonly boolean[],
  { of, ranks }: Bodies,
): Piece[] {
  const root = roots(
    nodes.length,
    arcs.filter((_, index) => !loose[index]),
  );
  const local = new Int32Array(nodes.length);
  const pieces = new Map<
    number,
    {
      nodes: (typeof nodes)[number][];
      arcs: Arc[];
      selfEdges: number[];
      ranks: number[];
      turned: boolean[];
      home: number;
    }
  >();
  nodes.forEach((node, index) => {
    const own = at(root, index);
    const piece = pieces.get(own) ?? {
      nodes: [],
      arcs: [],
      selfEdges: [],
      ranks: [],
      turned: [],
      home: of(index),
    };
    pieces.set(own, piece);
    local[index] = piece.nodes.push(node) - 1;
    piece.ranks.push(at(ranks, index));
  });
  arcs.forEach(({ from, to }, index) => {
    const piece = loose[index] ? undefined : pieces.get(at(root, from));
    piece?.arcs.push({ from: at(local, from), to: at(local, to) });
    piece?.turned.push(turned[index] === true);
  });
  for (const node of selfEdges) pieces.get(at(root, node))?.selfEdges.push(at(local, node));
  return [...pieces.values()].map(({ ranks, turned, home, ...component }) => ({
    component,
    ranks,
    turned,
    home,
  }));
}
