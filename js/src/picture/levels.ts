/** Levels of aggregation: which groups share a card. */
import type { Lens, Level } from "../lens.ts";
import type { Group } from "../wire.ts";
import type { Cell } from "./cells.ts";
import { chainSavings } from "./chains.ts";
import type { NodeKind } from "./node.ts";

/** A level is kept until it has so many times more cards than can be read. */
const HYSTERESIS = 1.3;
/** Fewer cards than this say too little to be chosen by themselves. */
const FEW = 8;
/** A coarser level is not worth it with more than this share of the groups' cards; to be kept, with more than the other. */
const WORTH = { toCome: 0.7, toStay: 0.85 } as const;

const LEVELS: readonly Level[] = ["groups", "prefixes", "computations"];

const prefixKey = ({ prefix }: Group): string => `prefix ${prefix}`;

const computationKey = ({ computation, spanId }: Group): string => {
  if (computation > 0) return `computation ${computation}`;
  return spanId === null ? "" : `span ${spanId}`;
};

const singleKey = ({ id }: Group): string => `group ${id}`;

function cardsAt(level: Level, groups: readonly Group[]): number {
  if (level === "groups") return groups.length - chainSavings(groups);
  const keys = new Set<string>();
  for (const group of groups)
    keys.add((level === "computations" && computationKey(group)) || prefixKey(group));
  return keys.size;
}

/**
 * The level to draw at. Left to itself, the finest with at most `readable` cards; if none has, that of the fewest cards,
 * as long as they still say something. At most `most` cards, whatever was asked for.
 */
export function levelOf(
  asked: Lens["level"],
  groups: readonly Group[],
  before: Level | null,
  readable: number,
  most: number,
): Level {
  const counted = new Map<Level, number>();
  const cards = (level: Level): number => {
    const count = counted.get(level) ?? cardsAt(level, groups);
    counted.set(level, count);
    return count;
  };
  const hasComputations = groups.some((group) => computationKey(group) !== "");
  const levels = hasComputations ? LEVELS : LEVELS.slice(0, 2);
  const fewest = () => levels.reduce((best, level) => (cards(level) < cards(best) ? level : best));
  const withinMost = (from: readonly Level[]) =>
    from.find((level) => most === Number.POSITIVE_INFINITY || cards(level) <= most) ?? fewest();
  if (asked !== "auto") return withinMost(levels.slice(Math.min(LEVELS.indexOf(asked), levels.length - 1)));
  const worthwhile = levels.filter((level) => {
    const share = level === before ? WORTH.toStay : WORTH.toCome;
    return level === "groups" || cards(level) <= share * cards("groups");
  });
  const read = worthwhile.find((level) => cards(level) <= readable * (level === before ? HYSTERESIS : 1));
  if (read && (read !== "computations" || cards(read) >= FEW))
    return withinMost(levels.slice(levels.indexOf(read)));
  const telling = worthwhile.filter((level) => cards(level) >= FEW);
  const least = telling.reduce<Level>((best, level) => (cards(level) < cards(best) ? level : best), "groups");
  return withinMost(levels.slice(levels.indexOf(least)));
}

/** Groups that share a card at a level, but for what the user has opened or folded. */
export function aggregated(groups: readonly Group[], level: Level, open: Lens["open"]): Cell[] {
  const cells = new Map<string, { kind: NodeKind; within: readonly string[]; members: Group[] }>();
  const isFolded = (key: string, byLevel: boolean) => !(open.get(key) ?? !byLevel);
  const outside = new Map<string, readonly string[]>();
  const share = (key: string, kind: NodeKind, within: readonly string[], group: Group) => {
    const known = cells.get(key);
    if (known) known.members.push(group);
    else cells.set(key, { kind, within, members: [group] });
  };
  for (const group of groups) {
    const computation = level === "computations" ? computationKey(group) : "";
    if (computation && isFolded(computation, true)) {
      share(computation, "computation", [], group);
      continue;
    }
    const prefix = computation ? `${computation} ${prefixKey(group)}` : prefixKey(group);
    if (isFolded(prefix, level !== "groups")) {
      share(prefix, "prefix", computation ? [computation] : [], group);
      continue;
    }
    const within = outside.get(prefix) ?? [prefix, ...(computation ? [computation] : [])];
    outside.set(prefix, within);
    cells.set(singleKey(group), { kind: "group", within, members: [group] });
  }
  return Array.from(cells, ([key, { kind, within, members }]): Cell => {
    const [only] = members;
    return only && members.length === 1
      ? { key: singleKey(only), kind: "group", within, members }
      : { key, kind, within, members };
  });
}
