/** Small states to test with. */
import type { Brush } from "../src/draw/ink.ts";
import { LENS, type Lens } from "../src/lens.ts";
import { apply, EMPTY_MIRROR, type Mirror } from "../src/mirror.ts";
import { pictureOf } from "../src/picture/index.ts";
import type { GraphNode } from "../src/picture/node.ts";
import { STATES } from "../src/progress.ts";
import { PALETTES } from "../src/theme.ts";
import type { Group, Patch, Summary, Update } from "../src/wire.ts";

export const ACTIONS = ["compute", "transfer"];

/** Counts in the order of `STATES`, of the states named. */
export const counts = (named: Partial<Record<(typeof STATES)[number], number>>): number[] =>
  STATES.map((state) => named[state] ?? 0);

export function update(change: Partial<Update> = {}): Update {
  return {
    session: "a",
    since: 0,
    seq: 1,
    more: false,
    replyTo: null,
    states: STATES,
    actions: ACTIONS,
    groups: [],
    computations: [],
    removed: [],
    summary: {},
    ...change,
  };
}

export const named = (id: number, name: string, more: Partial<Group> = {}): Patch<Group> => ({
  id,
  name,
  prefix: name.split("-")[0] ?? name,
  ...more,
});

/** x → y → z, and w apart. */
export const FLOW: readonly Patch<Group>[] = [
  named(1, "x-0123456789abcdef", { states: counts({ memory: 4 }), start: 1, nbytesTotal: 4096 }),
  named(2, "y", { states: counts({ processing: 1, waiting: 3 }), dependencies: [1] }),
  named(3, "z", { states: counts({ waiting: 2 }), dependencies: [2] }),
  named(4, "w", { states: counts({ erred: 1, memory: 1 }), start: 2 }),
];

export const LIVE: Partial<Summary> = { status: "live", now: 110, started: 100, workers: 2, threads: 8 };

export const mirrorOf = (groups: readonly Patch<Group>[] = FLOW, summary: Partial<Summary> = LIVE): Mirror =>
  apply(EMPTY_MIRROR, update({ groups, summary }));

export const group = (mirror: Mirror, id: number): Group => {
  const found = mirror.groups.get(id);
  if (!found) throw new Error(`no group ${id}`);
  return found;
};

/** Of a scene in which nothing stands out. */
export const UNMARKED = {
  hue: null,
  selected: new Set<number>(),
  hovered: null,
  focused: null,
  current: null,
  paths: null,
  attention: null,
  dimFinished: false,
  opacity: null,
} as const;

/** Seven pixels a letter. */
export const measure = (text: string): number => 7 * text.length;

/** The node of one group of a mirror, or of several as a prefix. */
export function node(mirror: Mirror, ...ids: readonly number[]): GraphNode {
  const [id = 0] = ids;
  const lens: Lens = { ...LENS, level: ids.length > 1 ? "prefixes" : "groups" };
  const picture = pictureOf(mirror, lens);
  const found = picture.nodes.get(picture.homes.get(id) ?? 0);
  if (!found) throw new Error(`no node of group ${id}`);
  return found;
}

/** On a screen of ordinary resolution. */
export const BRUSH: Brush = {
  theme: "light",
  palette: PALETTES.light,
  fontFamily: "sans-serif",
  pixelRatio: 1,
  measure,
};

/** A card that nothing is the matter with, but for what it stands for and where. */
export const PLAIN = {
  hue: null,
  selected: false,
  focused: false,
  hovered: false,
  current: false,
  light: "normal",
  faint: false,
  opacity: 1,
} as const;
