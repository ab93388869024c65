import type { Arc, Neighbours } from "./arcs.ts";
import { at, grouped, least, most } from "./arrays.ts";
import { bounds } from "./bounds.ts";
import type { Component } from "./components.ts";
import type { Box, LayoutOptions } from "./graph.ts";
import type { Previous } from "./previous.ts";

/** How far the cards of a body that joins another move, as a share of the diagonal: a guess. */
const JOINS = 0.1;

interface Push {
  readonly cost: number;
  readonly ranks: ReadonlyMap<number, number>;
}

/**
 * A body is what was one component: its nodes keep their ranks among each other, and new nodes join one. What is old
 * may move by about `budget` in all; when that is 0, new nodes also look for a rank where they need not make room.
 */
export interface Bodies {
  /** The ranks of the nodes, those of one body by one measure. */
  readonly ranks: number[];
  /** Less than 0 for a new node that has joined none yet. */
  of(node: number): number;
  /** A new node joins the body of most of the nodes around it, and other small ones join it too. */
  take(node: number, around: readonly number[], behind: boolean): void;
  /** Make one body of two, so that the arc fits, if the lighter one can move there. */
  join(arc: Arc): boolean;
  /** Move nodes of a body until the arc fits: those behind it forward, or those before it back. */
  push(arc: Arc, near: Neighbours): boolean;
}

export function bodies(
  { nodes, arcs }: Component,
  previous: Previous,
  { rankGap, nodeGap }: LayoutOptions,
  budget: number,
): Bodies {
  let left = budget;
  const ranks = nodes.map(({ id }) => previous.ranks.get(id) ?? 0);
  const body = nodes.map(({ id }) => (previous.ranks.has(id) ? (previous.component.get(id) ?? -1) : -1));
  const boxes = nodes.map(({ id }) => previous.boxes.get(id));
  const members = grouped(
    [...body.keys()].filter((node) => at(body, node) >= 0),
    (node) => at(body, node),
  );
  const of = (node: number) => at(body, node);
  const rank = (node: number) => at(ranks, node);
  const size = (own: number) => members.get(own)?.length ?? 0;
  const isHeavier = (a: number, b: number) => size(a) > size(b) || (size(a) === size(b) && a < b);

  const join = ({ from, to }: Arc): boolean => {
    const [home, guest] = isHeavier(of(from), of(to)) ? [of(from), of(to)] : [of(to), of(from)];
    const by = (rank(from) + 1 - rank(to)) * (guest === of(to) ? 1 : -1);
    const moving = members.get(guest) ?? [];
    const cost =
      moving.filter((node) => boxes[node]).length * JOINS * Math.hypot(previous.width, previous.height);
    if (cost > left) return false;
    left -= cost;
    for (const node of moving) {
      body[node] = home;
      ranks[node] = rank(node) + by;
      members.get(home)?.push(node);
    }
    members.delete(guest);
    return true;
  };

  const bandOf = (node: number) => previous.bands.get(at(nodes, node).id) ?? 0;
  /** For each rank of a body, the height that is left in its band. */
  const roomsIn = (home: number): Map<number, number> => {
    const all = members.get(home) ?? [];
    const old = all.filter((node) => boxes[node]);
    const rooms = new Map<number, number>();
    for (const band of grouped(old, bandOf).values()) {
      const { height } = bounds(band.map((node) => boxes[node] as Box));
      for (const node of band) rooms.set(rank(node), height + nodeGap);
    }
    const use = (to: number, height: number) => {
      const room = rooms.get(to);
      if (room !== undefined) rooms.set(to, room - height);
    };
    for (const node of all) use(rank(node), at(nodes, node).height + nodeGap);
    for (const { from, to } of arcs) {
      if (of(from) !== home || of(to) !== home) continue;
      const [low, high] = [Math.min(rank(from), rank(to)), Math.max(rank(from), rank(to))];
      for (let passed = low + 1; passed < high; passed++) use(passed, nodeGap / 2);
    }
    return rooms;
  };

  /** The nearest rank from `first` on where a new card makes no band higher; at the end there always is room. */
  const roomiest = (node: number, home: number, first: number, step: 1 | -1): number => {
    const rooms = roomsIn(home);
    const needed = at(nodes, node).height + nodeGap;
    for (let to = first; rooms.has(to); to += step) if ((rooms.get(to) ?? 0) >= needed) return to;
    const end = most(rooms.keys()) + 1;
    return step > 0 ? Math.max(first, end) : end;
  };

  const take = (node: number, around: readonly number[], behind: boolean) => {
    const [home] = [...grouped(around, of)].reduce((best, each) => {
      const more = each[1].length - best[1].length;
      return more > 0 || (!more && isHeavier(each[0], best[0])) ? each : best;
    });
    const near = around.filter((other) => of(other) === home).map(rank);
    const first = behind ? most(near) + 1 : least(near) - 1;
    ranks[node] = budget ? first : roomiest(node, home, first, behind ? 1 : -1);
    body[node] = home;
    members.get(home)?.push(node);
    for (const other of around)
      if (of(other) !== of(node)) join(behind ? { from: other, to: node } : { from: node, to: other });
  };

  const pushed = (
    start: number,
    goal: number,
    near: readonly number[][],
    step: 1 | -1,
    fixed: number,
  ): Push | undefined => {
    const moved = new Map<number, number>();
    let cost = 0;
    const stack: [number, number][] = [[start, goal]];
    for (let top = stack.pop(); top; top = stack.pop()) {
      const [node, wanted] = top;
      const ahead = (wanted - (moved.get(node) ?? rank(node))) * step;
      if (ahead <= 0) continue;
      if (node === fixed) return undefined;
      if (boxes[node]) cost += ahead * (at(nodes, node).width + rankGap);
      if (cost > left) return undefined;
      moved.set(node, wanted);
      for (const other of at(near, node)) stack.push([other, wanted + step]);
    }
    return { cost, ranks: moved };
  };

  const push = ({ from, to }: Arc, { after, before }: Neighbours): boolean => {
    if (!budget) return false;
    const forward = pushed(to, rank(from) + 1, after, 1, from);
    const back = pushed(from, rank(to) - 1, before, -1, to);
    const way = forward && back ? (back.cost < forward.cost ? back : forward) : (forward ?? back);
    if (!way) return false;
    left -= way.cost;
    for (const [node, wanted] of way.ranks) ranks[node] = wanted;
    return true;
  };

  return { ranks, of, take, join, push };
}
