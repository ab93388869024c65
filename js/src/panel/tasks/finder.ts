/** Tasks whose key contains a text, asked for page by page. */
import type { Answer, Questions } from "../../wire-study.ts";

export interface Finder {
  /** Places, as far as they have come; null: nothing is searched for. */
  readonly found: readonly number[] | null;
  readonly searching: boolean;
  /** There are more than are listed. */
  readonly more: boolean;
  /** Search anew when the text or the places are others. */
  look(key: string, generation: number): void;
}

type Ask = (subject: "find", question: Questions["find"]) => Promise<Answer<"find">>;

const PAGE = 1_000;
const MOST = 20_000;

export function createFinder(ask: Ask, onNews: () => void): Finder {
  let looked = { key: "", generation: -1 };
  let found: number[] | null = null;
  let searching = false;
  let more = false;

  async function pages(search: typeof looked) {
    let start: number | null = 0;
    while (start !== null && looked === search && found) {
      const answer: Answer<"find"> = await ask("find", { ...search, start, limit: PAGE });
      if (looked !== search || !found) return;
      const told = answer.type === "told" ? answer.told : { places: [], next: null };
      found = found.concat(told.places);
      more = told.next !== null && found.length >= MOST;
      start = more ? null : told.next;
      searching = start !== null;
      onNews();
    }
  }

  return {
    get found() {
      return found;
    },
    get searching() {
      return searching;
    },
    get more() {
      return more;
    },
    look(key, generation) {
      if (key === looked.key && (generation === looked.generation || key === "")) return;
      looked = { key, generation };
      found = key === "" ? null : [];
      more = false;
      searching = key !== "";
      if (searching) void pages(looked);
      onNews();
    },
  };
}
