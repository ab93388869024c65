/** Where one is: what is left out or lit, and the way back from it. */
import { count } from "../format.ts";
import { LENS, type Lens, widened } from "../lens.ts";
import { cutMiddle } from "../names.ts";
import type { Picture } from "../picture/index.ts";
import { stateText, texts } from "../texts.ts";
import { element, setAttribute, setText } from "./element.ts";
import { type Icon, iconButton } from "./icon.ts";

export interface Crumb {
  readonly key: string;
  /** Of a link or a mere text. */
  readonly text?: string;
  readonly icon?: Icon;
  readonly title?: string;
  /** The lens that a press on it leads to. */
  readonly lens?: Lens;
  /** It stays where it is when pressed, to be pressed again. */
  readonly again?: boolean;
}

const LONGEST = 32;

/** Parts of the line, each of crumbs; none when there is nothing to say. */
export function trailOf(lens: Lens, picture: Picture, searching: boolean): (readonly Crumb[])[] {
  const words = texts.trail;
  const away = (key: string, text: string, without: Lens): readonly Crumb[] => [
    { key, text },
    { key: `${key}-away`, icon: "close", title: words.remove, lens: without },
  ];
  const trail: (readonly Crumb[])[] = [];
  if (lens.focus) trail.push(neighbourhood(lens, lens.focus, picture));
  else if (picture.groups.size > 0) trail.push(...levelChosen(lens, picture));
  if (lens.open.size > 0) {
    trail.push(away("open", words.changed(lens.open.size), { ...lens, open: LENS.open }));
  }
  if (lens.states.size > 0) {
    const names = [...lens.states].map(stateText).join(", ");
    trail.push(away("states", words.filter(names), { ...lens, states: new Set() }));
  }
  if (lens.query && !searching) {
    trail.push(away("query", words.search(cutMiddle(lens.query, LONGEST)), { ...lens, query: "" }));
  }
  return trail;
}

function neighbourhood(lens: Lens, focus: NonNullable<Lens["focus"]>, { nodes }: Picture): readonly Crumb[] {
  const words = texts.trail;
  const { node, up, down } = focus;
  const everything: Lens = { ...lens, focus: null };
  const name = cutMiddle(nodes.get(node)?.name.prefix ?? "", LONGEST);
  const by = (change: 1 | -1) => widened(lens, { up: change, down: change });
  return [
    { key: "all", text: words.all, title: words.leave, lens: everything },
    { key: "of", text: words.neighbourhood(name) },
    { key: "steps", text: words.steps(count(up), count(down)) },
    { key: "narrower", icon: "minus", title: words.narrower, lens: by(-1), again: true },
    { key: "wider", icon: "plus", title: words.wider, lens: by(1), again: true },
    { key: "leave", icon: "close", title: words.leave, lens: everything },
  ];
}

/** When the level is not what was asked for, or nobody asked. */
function levelChosen(lens: Lens, { level, groups }: Picture): (readonly Crumb[])[] {
  const words = texts.trail;
  if (level === "groups" || level === lens.level) return [];
  const why: Crumb = { key: "level", text: words.chosen[level](count(groups.size)) };
  if (lens.level !== "auto") return [[why]];
  return [[why, { key: "groups", text: words.showGroups, lens: { ...lens, level: "groups" } }]];
}

export interface Breadcrumb {
  readonly element: HTMLElement;
  update(trail: readonly (readonly Crumb[])[]): void;
}

export function breadcrumb(onLens: (lens: Lens) => void, onLeft: () => void): Breadcrumb {
  const line = element("nav", { class: "tgw-trail", "aria-label": texts.trail.label, hidden: "" });
  const made = new Map<string, HTMLElement>();
  let crumbs = new Map<string, Crumb>();
  let shown = "";

  const press = (key: string) => {
    const { lens, again } = crumbs.get(key) ?? {};
    if (!lens) return;
    onLens(lens);
    if (!again) onLeft();
  };
  const make = ({ key, icon, title = "", lens }: Crumb): HTMLElement => {
    if (icon) return iconButton(icon, title, () => press(key));
    if (!lens) return element("span");
    const link = element("button", { type: "button", class: "tgw-link" });
    link.addEventListener("click", () => press(key));
    return link;
  };
  const elementOf = (crumb: Crumb): HTMLElement => {
    const kept = made.get(crumb.key) ?? make(crumb);
    made.set(crumb.key, kept);
    return kept;
  };

  return {
    element: line,
    update(trail) {
      crumbs = new Map(trail.flat().map((crumb) => [crumb.key, crumb]));
      line.hidden = crumbs.size === 0;
      const keys = [...crumbs.keys()].join(" ");
      if (keys !== shown) {
        shown = keys;
        line.replaceChildren(
          ...trail.map((part) => element("span", { class: "tgw-crumbs" }, ...part.map(elementOf))),
        );
      }
      for (const [key, { text, title }] of crumbs) {
        const target = made.get(key);
        if (target && text !== undefined) setText(target, text);
        if (target && title) setAttribute(target, "title", title);
      }
    },
  };
}
