/** The groups as a list, for those who hear instead of see. */
import { barOf } from "../bar.ts";
import { count } from "../format.ts";
import { keyOf } from "../names.ts";
import type { Picture } from "../picture.ts";
import { texts } from "../texts.ts";
import type { GroupId } from "../wire.ts";
import { element, setText } from "./element.ts";

export interface Outline {
  readonly element: HTMLElement;
  update(picture: Picture, states: readonly string[]): void;
  dispose(): void;
}

const PAUSE_MS = 1000;

export function outline(): Outline {
  const list = element("ul", { class: "tgw-unseen", "aria-label": texts.outlineLabel });
  const items = new Map<GroupId, HTMLLIElement>();
  let latest: readonly [Picture, readonly string[]] | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function fill() {
    timer = undefined;
    if (!latest) return;
    const [picture, states] = latest;
    latest = null;
    timer = setTimeout(fill, PAUSE_MS);
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
  }

  return {
    element: list,
    update(picture, states) {
      latest = [picture, states];
      if (timer === undefined) fill();
    },
    dispose: () => clearTimeout(timer),
  };
}

export function sentenceOn(id: GroupId, picture: Picture, states: readonly string[]): string {
  const group = picture.groups.get(id);
  if (!group) return "";
  const { total, done, erred } = barOf(group, states).progress;
  const sentence = texts.card(keyOf(group), count(done), count(total));
  return erred > 0 ? `${sentence}, ${texts.cardErred(count(erred))}` : sentence;
}
