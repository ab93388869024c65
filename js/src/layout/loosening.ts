import { type Arc, neighbours, topologicalOrder } from "./arcs.ts";
import { at, least } from "./arrays.ts";
import { type Bodies, bodies } from "./bodies.ts";
import { type Component, edgeOf, split } from "./components.ts";
import { turnedArcs } from "./cycles.ts";
import { forwardArcs } from "./drawing.ts";
import type { LayoutEdge, LayoutOptions } from "./graph.ts";
import type { Previous } from "./previous.ts";

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
  const old = arcs.map((arc) => previous.route(edgeOf(component, arc)));
  const firm = [...arcs.keys()].filter((index) => !(moves < Infinity && old[index]?.loose));
  const isNew = (index: number) => !old[index] || old[index]?.loose === true;
  const firmTurned = turnedArcs(
    nodes.length,
    firm.map((index) => at(arcs, index)),
    firm.map((index) => (isNew(index) ? undefined : old[index]?.reversed)),
  );
  const turned = arcs.map(() => false);
  const isLoose = arcs.map(() => true);
  firm.forEach((index, place) => {
    turned[index] = at(firmTurned, place);
    isLoose[index] = false;
  });
  const forward = forwardArcs(component, turned);
  const all = bodies(component, previous, options, moves);
  admit(
    nodes.length,
    forward.filter((_, index) => !isLoose[index]),
    all,
  );

  const apart = ({ from, to }: Arc) => all.of(from) !== all.of(to);
  const fits = (arc: Arc) => !apart(arc) && at(all.ranks, arc.from) < at(all.ranks, arc.to);
  for (const index of firm) {
    const arc = at(forward, index);
    if (isNew(index) && apart(arc)) all.join(arc);
  }
  forward.forEach((arc, index) => {
    isLoose[index] = apart(arc) || (isLoose[index] === true && !fits(arc));
  });
  const misfits = [...arcs.keys()].filter((index) => !isLoose[index] && !fits(at(forward, index)));
  const fitting = misfits.length ? forward.filter((arc, index) => !isLoose[index] && fits(arc)) : [];
  const near = neighbours(nodes.length, fitting);
  for (const index of misfits) {
    const arc = at(forward, index);
    if (fits(arc) || all.push(arc, near)) {
      at(near.after, arc.from).push(arc.to);
      at(near.before, arc.to).push(arc.from);
    } else isLoose[index] = true;
  }
  return {
    pieces: split(component, (arc) => isLoose[arc] === true).map((part) => ({
      component: part.component,
      ranks: part.nodes.map((node) => at(all.ranks, node)),
      turned: part.arcs.map((arc) => at(turned, arc)),
      home: all.of(at(part.nodes, 0)),
    })),
    loose: arcs.filter((_, index) => isLoose[index]).map((arc) => edgeOf(component, arc)),
  };
}

/** Give each new node a place in a body. */
function admit(count: number, arcs: readonly Arc[], all: Bodies): void {
  const { before, after } = neighbours(count, arcs);
  const forward = (topologicalOrder(count, arcs) ?? []).filter((node) => all.of(node) < 0);
  const backward = [...forward].reverse();
  for (let left = forward.length, was = 0; left && left !== was; ) {
    was = left;
    for (const [order, near] of [[forward, before] as const, [backward, after] as const]) {
      for (const node of order) {
        const around = all.of(node) < 0 ? at(near, node).filter((other) => all.of(other) >= 0) : [];
        if (!around.length) continue;
        all.take(node, around, near === before);
        left--;
      }
    }
  }
  for (const node of backward) {
    const own = (near: readonly number[]) => near.filter((other) => all.of(other) === all.of(node));
    const following = own(at(after, node));
    if (following.length <= own(at(before, node)).length) continue;
    all.ranks[node] = Math.max(
      at(all.ranks, node),
      least(following.map((other) => at(all.ranks, other))) - 1,
    );
  }
}
