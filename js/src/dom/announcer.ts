/** Says what erred or finished, politely and not too often. */
import { news } from "../news.ts";
import type { Picture } from "../picture/index.ts";
import { element } from "./element.ts";

const PAUSE_MS = 3000;

export interface Announcer {
  readonly element: HTMLElement;
  update(picture: Picture, states: readonly string[], session: string): void;
  /** Says what has come of something that the user did. */
  tell(words: string): void;
  dispose(): void;
}

export function announcer(): Announcer {
  const region = element("div", { class: "tgw-unseen", "aria-live": "polite" });
  let told: Picture | null = null;
  let latest: { readonly picture: Picture; readonly states: readonly string[] } | null = null;
  let heard = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = () => {
    timer = undefined;
    if (!latest || !told || latest.picture === told) return;
    const words = news(told, latest.picture, latest.states);
    told = latest.picture;
    if (!words) return;
    region.textContent = words;
    timer = setTimeout(say, PAUSE_MS);
  };
  return {
    element: region,
    update(picture, states, session) {
      latest = { picture, states };
      // What was there before anybody looked is no news.
      if (session !== heard || !told) {
        heard = session;
        told = picture;
      } else if (timer === undefined) say();
    },
    tell(words) {
      region.textContent = words;
    },
    dispose: () => clearTimeout(timer),
  };
}
