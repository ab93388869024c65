/** Where one is: what is left out or lit, and the way back from it. */
import { count } from "../format.ts";
import type { Step } from "../interaction/commands.ts";
import { type Focus, LENS, type Lens, type LensChange, widened } from "../lens.ts";
import { cutMiddle } from "../names.ts";
import type { Picture } from "../picture/index.ts";
import { displayOrder } from "../progress.ts";
import { stateText, texts } from "../texts.ts";
import { element, setAttribute, setChildren, setText } from "./element.ts";
import { type Icon, iconButton } from "./icon.ts";

export interface Crumb {
  readonly key: string;
  /** Of a link or a mere text. */
  readonly text?: string;
  readonly icon?: Icon;
  readonly title?: string;
  /** What a press on it does. */
  readonly change?: LensChange;
  /** It stays where it is when pressed, to be pressed again. */
  readonly again?: boolean;
  /** There is nothing to press it for. */
  readonly off?: boolean;
}

const LONGEST = 32;

/** Parts of the line, each of crumbs; none when there is nothing to say. */
export function trailOf(lens: Lens, picture: Picture, searching: boolean): (readonly Crumb[])[] {
  const words = texts.trail;
  const away = (key: string, text: string, without: Partial<Lens>): readonly Crumb[] => [
    { key, text },
    {
      key: `${key}-away`,
      icon: "close",
      title: words.remove,
      change: (now) => ({ ...now, ...without }),
    },
  ];
  const trail: (readonly Crumb[])[] = [];
  if (lens.focus) trail.push(neighbourhood(lens.focus, picture));
  else if (picture.groups.size > 0) trail.push(...levelChosen(lens, picture));
  if (picture.known > picture.most) trail.push([{ key: "most", text: words.most(count(picture.most)) }]);
  if (lens.level !== "auto")
    trail.push(away("level-asked", words.asked(words.levels[lens.level]), { level: "auto" }));
  if (lens.follow) trail.push(away("follow", words.follow, { follow: false }));
  if (lens.open.size > 0) {
    trail.push(away("open", words.changed(lens.open.size), { open: LENS.open }));
  }
  if (lens.states.size > 0) {
    const names = displayOrder([...lens.states])
      .map(stateText)
      .join(", ");
    trail.push(away("states", words.filter(names), { states: LENS.states }));
  }
  if (lens.query && !searching) {
    trail.push(away("query", words.search(cutMiddle(lens.query, LONGEST)), { query: "" }));
  }
  return trail;
}

function neighbourhood({ node, up, down }: Focus, { nodes, goesOn }: Picture): readonly Crumb[] {
  const words = texts.trail;
  const leave: LensChange = (lens) => ({ ...lens, focus: null });
  const name = cutMiddle(nodes.get(node)?.name.prefix ?? "", LONGEST);
  const by =
    (step: Step): LensChange =>
    (lens) =>
      widened(lens, step, goesOn);
  return [
    { key: "all", text: words.all, title: words.leave, change: leave },
    { key: "of", text: words.neighbourhood(name) },
    { key: "steps", text: words.steps(count(up), count(down)) },
    {
      key: "narrower",
      icon: "minus",
      title: words.narrower,
      change: by(-1),
      again: true,
      off: up + down === 0,
    },
    { key: "wider", icon: "plus", title: words.wider, change: by(1), again: true, off: !goesOn },
    { key: "leave", icon: "close", title: words.leave, change: leave },
  ];
}

/** When the level is not what was asked for, or nobody asked. */
function levelChosen(lens: Lens, { level, groups, most }: Picture): (readonly Crumb[])[] {
  const words = texts.trail;
  if (level === "groups" || level === lens.level) return [];
  const why: Crumb = { key: "level", text: words.chosen[level](count(groups.size)) };
  if (lens.level !== "auto" || groups.size > most) return [[why]];
  return [[why, { key: "groups", text: words.showGroups, change: (now) => ({ ...now, level: "groups" }) }]];
}

export interface Breadcrumb {
  readonly element: HTMLElement;
  update(trail: readonly (readonly Crumb[])[]): void;
}

export function breadcrumb(onLens: (change: LensChange) => void, onLeft: () => void): Breadcrumb {
  const line = element("nav", { class: "tgw-trail", "aria-label": texts.trail.label, hidden: "" });
  const made = new Map<string, HTMLElement>();
  let crumbs = new Map<string, Crumb>();

  const press = (key: string) => {
    const { change, again } = crumbs.get(key) ?? {};
    if (!change) return;
    onLens(change);
    if (!again) onLeft();
  };
  const make = ({ key, icon, title = "", change }: Crumb): HTMLElement => {
    if (icon) return iconButton(icon, title, () => press(key));
    if (!change) return element("span");
    const link = element("button", { type: "button", class: "tgw-link" });
    link.addEventListener("click", () => press(key));
    return link;
  };
  const kept = (key: string, how: () => HTMLElement): HTMLElement => {
    const old = made.get(key) ?? how();
    made.set(key, old);
    return old;
  };
  const partOf = (crumbs: readonly Crumb[]): HTMLElement => {
    const part = kept(`part ${crumbs[0]?.key}`, () => element("span", { class: "tgw-crumbs" }));
    setChildren(
      part,
      crumbs.map((crumb) => kept(crumb.key, () => make(crumb))),
    );
    return part;
  };

  return {
    element: line,
    update(trail) {
      crumbs = new Map(trail.flat().map((crumb) => [crumb.key, crumb]));
      line.hidden = crumbs.size === 0;
      setChildren(line, trail.map(partOf));
      for (const [key, { text, title, off }] of crumbs) {
        const target = made.get(key);
        if (target && text !== undefined) setText(target, text);
        if (target) setAttribute(target, "title", title ?? text ?? "");
        // Not disabled: that would take the focus away from who presses it again.
        if (off !== undefined && target) setAttribute(target, "aria-disabled", String(off));
      }
    },
  };
}
