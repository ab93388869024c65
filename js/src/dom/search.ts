/** The field to search with. */
import { count } from "../format.ts";
import type { Step } from "../interaction/commands.ts";
import { texts } from "../texts.ts";
import { element, setText } from "./element.ts";
import { iconButton } from "./icon.ts";

export interface SearchInput {
  readonly query: string;
  readonly matches: number;
  /** Place of the match that is looked at; -1: none is. */
  readonly current: number;
}

export interface SearchField {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  open(): void;
  hide(): void;
  update(input: SearchInput): void;
}

interface Options {
  readonly onQuery: (query: string) => void;
  readonly onStep: (step: Step) => void;
  readonly onClose: () => void;
}

export function searchField({ onQuery, onStep, onClose }: Options): SearchField {
  const field = element("input", {
    type: "text",
    class: "tgw-field",
    "aria-label": texts.search,
    placeholder: texts.searchPlaceholder,
    title: texts.searchKeys,
    enterkeyhint: "search",
    autocomplete: "off",
    spellcheck: "false",
  });
  const found = element("span", { class: "tgw-found", role: "status" });
  const previous = iconButton("previous", texts.previousMatch, () => onStep(-1));
  const next = iconButton("next", texts.nextMatch, () => onStep(1));
  const box = element(
    "div",
    { class: "tgw-search", role: "search", "aria-label": texts.search, hidden: "" },
    field,
    found,
    previous,
    next,
    iconButton("close", texts.closeSearch, onClose),
  );
  field.addEventListener("input", () => onQuery(field.value));
  box.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    event.stopPropagation();
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && event.target === field) onStep(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  });
  return {
    element: box,
    get isOpen() {
      return !box.hidden;
    },
    open() {
      box.hidden = false;
      field.focus({ preventScroll: true });
      field.select();
    },
    hide() {
      box.hidden = true;
    },
    update({ query, matches, current }) {
      if (field.value !== query) field.value = query;
      setText(found, query.trim() ? foundText(matches, current) : "");
      previous.disabled = next.disabled = matches === 0;
    },
  };
}

function foundText(matches: number, current: number): string {
  if (matches === 0) return texts.noMatch;
  return current < 0 ? texts.matches(matches) : texts.matchOf(count(current + 1), count(matches));
}
