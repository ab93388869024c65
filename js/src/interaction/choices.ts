/** What a command makes of the lens. */
import { focusedOn, type Lens, opened, widened } from "../lens.ts";
import type { GraphNode } from "../picture/node.ts";
import type { Command } from "./commands.ts";

const LEVELS: readonly Lens["level"][] = ["auto", "groups", "prefixes", "computations"];

/** Null where it stays as it is; `node` is where the keyboard or the selection is, `goesOn` whether a neighbourhood does. */
export function lensAfter(
  command: Command,
  lens: Lens,
  node: GraphNode | null,
  goesOn: boolean,
): Lens | null {
  switch (command.type) {
    case "open":
      return node && node.members.length > 1 ? opened(lens, node.key, true) : null;
    case "fold": {
      const [outer] = node?.within ?? [];
      return outer === undefined ? null : opened(lens, outer, false);
    }
    case "neighbourhood":
      if (lens.focus) return { ...lens, focus: null };
      return node ? focusedOn(lens, node.id) : null;
    case "widen":
      return changedFrom(lens, widened(lens, command.by, goesOn));
    case "follow":
      return { ...lens, follow: !lens.follow };
    case "minimap":
      return { ...lens, minimap: !lens.minimap };
    case "level":
      return { ...lens, level: LEVELS[(LEVELS.indexOf(lens.level) + 1) % LEVELS.length] ?? "auto" };
    default:
      return null;
  }
}

const changedFrom = (lens: Lens, next: Lens): Lens | null => (next === lens ? null : next);

/** One step back: the neighbourhood, then filters; null when there is nothing to leave. */
export function lensBack(lens: Lens): Lens | null {
  if (lens.query) return { ...lens, query: "" };
  if (lens.focus) return { ...lens, focus: null };
  return lens.states.size > 0 ? { ...lens, states: new Set() } : null;
}
