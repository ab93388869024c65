/** The groups as a list, for those who hear instead of see. */
import { barOf } from "../bar.ts";
import { count } from "../format.ts";
import type { Picture } from "../picture.ts";
import { texts } from "../texts.ts";
import type { GroupId } from "../wire.ts";
import { element, setText } from "./element.ts";

export interface Outline {
  readonly element: HTMLElement;
  update(picture: Picture, states: readonly string[]): void;
}

export function outline(): Outline {
  const list = element("ul", { class: "tgw-unseen", "aria-label": texts.outlineLabel });
  const items = new Map<GroupId, HTMLLIElement>();
  return {
    element: list,
    update(picture, states) {
      for (const [id, item] of items) {
        if (picture.groups.has(id)) continue;
        item.remove();
        items.delete(id);
      }
      for (const id of picture.groups.keys()) {
        const item = items.get(id) ?? element("li");
        if (!items.has(id)) {
          items.set(id, item);
          list.append(item);
        }
        setText(item, sentenceOn(id, picture, states));
      }
    },
  };
}

export function sentenceOn(id: GroupId, picture: Picture, states: readonly string[]): string {
  const group = picture.groups.get(id);
  if (!group) return "";
  const { total, done, erred } = barOf(group, states).progress;
  const sentence = texts.card(picture.keys.get(id) ?? group.name, count(done), count(total));
  return erred > 0 ? `${sentence}, ${texts.cardErred(count(erred))}` : sentence;
}
