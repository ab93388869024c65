/** Levels of aggregation: which groups share a card. */
import type { Lens, Level } from "../lens.ts";
import type { Group } from "../wire.ts";
import type { Cell } from "./cells.ts";
import { chainSavings } from "./chains.ts";
import type { NodeKind } from "./node.ts";

/** More cards than this cannot be read at a glance. */
export const READABLE = 150;
/** A level is kept until it has so many times more. */
const HYSTERESIS = 1.3;
/** Fewer cards than this say too little to be chosen by themselves. */
const FEW = 8;

const LEVELS: readonly Level[] = ["groups", "prefixes", "computations"];

const prefixKey = ({ prefix }: Group): string => `prefix ${prefix}`;

const computationKey = ({ computation, spanId }: Group): string => {
  if (computation > 0) return `computation ${computation}`;
  return spanId === null ? "" : `span ${spanId}`;
};

function cardsAt(level: Level, groups: readonly Group[]): number {
  if (level === "groups") return groups.length - chainSavings(groups);
  return new Set(groups.map(level === "prefixes" ? prefixKey : computationKey)).size;
}

/**
 * The level to draw at. Left to itself, the finest that can be read; if none can, the coarsest that still says
 * something. At most `most` cards, whatever was asked for.
 */
export function levelOf(
  asked: Lens["level"],
  groups: readonly Group[],
  before: Level | null,
  most: number,
): Level {
  const fits = (level: Level, limit: number) => cardsAt(level, groups) <= limit;
  const withinMost = (from: readonly Level[]) => from.find((level) => fits(level, most)) ?? "computations";
  if (asked !== "auto") return withinMost(LEVELS.slice(LEVELS.indexOf(asked)));
  const readable = LEVELS.find((level) => fits(level, READABLE * (level === before ? HYSTERESIS : 1)));
  if (readable && (readable !== "computations" || cardsAt(readable, groups) >= FEW)) return readable;
  return withinMost(["prefixes", "computations"]);
}

/** Groups that share a card at a level, but for what the user has opened or folded. */
export function aggregated(groups: readonly Group[], level: Level, open: Lens["open"]): Cell[] {
  const cells = new Map<string, { kind: NodeKind; within: readonly string[]; members: Group[] }>();
  const isFolded = (key: string, byLevel: boolean) => !(open.get(key) ?? !byLevel);
  for (const group of groups) {
    const computation = level === "computations" ? computationKey(group) : "";
    const inside = computation === "" ? "" : `${computation} `;
    const prefix = inside + prefixKey(group);
    const single = `group ${group.id}`;
    const outer = inside ? [computation] : [];
    const [key, kind, within] = ((): [string, NodeKind, readonly string[]] => {
      if (inside && isFolded(computation, true)) return [computation, "computation", []];
      if (isFolded(prefix, level !== "groups")) return [prefix, "prefix", outer];
      return [single, "group", [prefix, ...outer]];
    })();
    const known = cells.get(key);
    if (known) known.members.push(group);
    else cells.set(key, { kind, within, members: [group] });
  }
  return [...cells].map(([key, cell]) => {
    const [only] = cell.members;
    const alone = cell.members.length === 1 && only && cell.kind !== "group";
    return alone ? { ...cell, key: `group ${only.id}`, kind: "group" } : { key, ...cell };
  });
}
