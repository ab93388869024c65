/** The nodes as a list, for those who hear instead of see. */
import { barOfNode } from "../bar.ts";
import { count } from "../format.ts";
import type { Picture } from "../picture/index.ts";
import { fullName, type NodeId } from "../picture/node.ts";
import { texts } from "../texts.ts";
import { element, setText } from "./element.ts";

export interface Outline {
  readonly element: HTMLElement;
  update(picture: Picture, states: readonly string[]): void;
  dispose(): void;
}

const PAUSE_MS = 1000;

export function outline(): Outline {
  const list = element("ul", { class: "tgw-unseen", "aria-label": texts.outlineLabel });
  const items = new Map<NodeId, HTMLLIElement>();
  let latest: readonly [Picture, readonly string[]] | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function fill() {
    timer = undefined;
    if (!latest) return;
    const [picture, states] = latest;
    latest = null;
    timer = setTimeout(fill, PAUSE_MS);
    for (const [id, item] of items) {
      if (picture.nodes.has(id)) continue;
      item.remove();
      items.delete(id);
    }
    for (const id of picture.nodes.keys()) {
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

export function sentenceOn(id: NodeId, picture: Picture, states: readonly string[]): string {
  const node = picture.nodes.get(id);
  if (!node) return "";
  const { total, done, erred } = barOfNode(node, states).progress;
  const sentence = texts.card(fullName(node), count(done), count(total));
  return erred > 0 ? `${sentence}, ${texts.cardErred(count(erred))}` : sentence;
}
