/** What somebody has chosen to look at, and how: a view's own state, which never travels to the kernel. */

/** What one card stands for. */
export type Level = "groups" | "prefixes" | "computations";

/** What the size of a card tells. */
export type Sizing = "even" | "tasks" | "bytes" | "duration" | "dependents";

/** What the colour of a card tells, besides its bar. */
export type Colouring = "state" | "prefix" | "library" | "worker";

/** One node with those within so many steps against and along the flow. */
export interface Focus {
  readonly node: number;
  readonly up: number;
  readonly down: number;
}

export interface Lens {
  /** "auto": the finest at which the graph can be read. */
  readonly level: Level | "auto";
  /** Nodes that the user has opened (true) or folded (false), by key; the others are as the level has them. */
  readonly open: ReadonlyMap<string, boolean>;
  /** Groups of earlier runs are shown. */
  readonly earlier: boolean;
  /** What becomes of that which is done. */
  readonly finished: "shown" | "dimmed" | "folded";
  readonly focus: Focus | null;
  /** Only groups with tasks in one of these states stand out; empty: all. */
  readonly states: ReadonlySet<string>;
  /** What is searched for; empty: nothing. */
  readonly query: string;
  readonly sizing: Sizing;
  readonly colouring: Colouring;
  /** The camera follows what runs. */
  readonly follow: boolean;
  /** The small map of the whole is shown where it helps. */
  readonly minimap: boolean;
}

/** Changes are functions, so that two of them before the next frame are both made. */
export type LensChange = (lens: Lens) => Lens;

export const LENS: Lens = {
  level: "auto",
  open: new Map(),
  earlier: false,
  finished: "shown",
  focus: null,
  states: new Set(),
  query: "",
  sizing: "even",
  colouring: "state",
  follow: false,
  minimap: true,
};

/** Back to what the level makes of it, where the opposite had been chosen. */
export function opened(lens: Lens, key: string, isOpen: boolean): Lens {
  const open = new Map(lens.open);
  if (open.get(key) === !isOpen) open.delete(key);
  else open.set(key, isOpen);
  return { ...lens, open };
}

/** The state among those that stand out, or no longer. */
export function toggledState(lens: Lens, state: string): Lens {
  const states = new Set(lens.states);
  if (!states.delete(state)) states.add(state);
  return { ...lens, states };
}

/** A neighbourhood of one step each way at first. */
export const focusedOn = (lens: Lens, node: number): Lens => ({ ...lens, focus: { node, up: 1, down: 1 } });

/** The neighbourhood wider or narrower by a step each way; the same lens when there is nothing left to go. */
export function widened(lens: Lens, by: 1 | -1, goesOn: boolean): Lens {
  if (!lens.focus) return lens;
  const { node, up, down } = lens.focus;
  if (by > 0 ? !goesOn : up + down === 0) return lens;
  return { ...lens, focus: { node, up: Math.max(0, up + by), down: Math.max(0, down + by) } };
}
