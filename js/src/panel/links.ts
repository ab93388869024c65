/** Groups as links, each with its bar. */
import { barOf } from "../bar.ts";
import { barParts } from "../dom/bar.ts";
import { element } from "../dom/element.ts";
import { count, ratio } from "../format.ts";
import type { Mirror } from "../mirror.ts";
import { cutMiddle, readableName } from "../names.ts";
import type { Segment } from "../progress.ts";
import { texts } from "../texts.ts";
import type { ThemeName } from "../theme.ts";
import type { Group, GroupId } from "../wire.ts";

export interface GroupLink {
  readonly id: GroupId;
  readonly name: string;
  readonly prefix: string;
  readonly token: string;
  readonly done: string;
  readonly bar: readonly Segment[];
}

const SOME = 100;
/** Characters of a token, as on the cards. */
const TOKEN = 7;

export const linkTo = (group: Group, states: readonly string[]): GroupLink => {
  const { progress, segments } = barOf(group, states);
  const done = progress.total > 0 ? ratio(progress.done, progress.total) : texts.noTasks;
  const { prefix, token } = readableName(group);
  return { id: group.id, name: group.name, prefix, token: cutMiddle(token, TOKEN), done, bar: segments };
};

/** Of the first of them, and how many there are. */
export function linksTo(
  ids: readonly GroupId[],
  { groups, states }: Mirror,
): { readonly links: readonly GroupLink[]; readonly all: number } {
  const known = ids.flatMap((id) => groups.get(id) ?? []);
  return { links: known.slice(0, SOME).map((group) => linkTo(group, states)), all: known.length };
}

export function linkList(
  { links, all }: ReturnType<typeof linksTo>,
  theme: ThemeName,
  onOpen: (id: GroupId) => void,
): HTMLElement[] {
  const items = links.map(({ id, name, prefix, token, done, bar }) => {
    const link = element(
      "button",
      { type: "button", class: "tgw-group-link", title: name },
      element("span", { class: "tgw-name" }, element("b", {}, prefix), element("i", {}, token)),
      element("span", { class: "tgw-group-done" }, done),
      element("span", { class: "tgw-bar" }, ...barParts(bar, theme)),
    );
    link.addEventListener("click", () => onOpen(id));
    return element("li", {}, link);
  });
  const list = element("ul", { class: "tgw-links" }, ...items);
  if (links.length === all) return [list];
  return [list, element("p", { class: "tgw-note" }, texts.panel.some(count(links.length), count(all)))];
}
