/** Says how to zoom when the wheel was left to the page. */
import { texts } from "../texts.ts";
import { element } from "./element.ts";

const SHOWN_MS = 1400;

export interface ScrollHint {
  readonly element: HTMLElement;
  show(): void;
  hide(): void;
  dispose(): void;
}

export function scrollHint(): ScrollHint {
  const key = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl";
  const hint = element("div", { class: "tgw-hint", "aria-hidden": "true" }, texts.scrollHint(key));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => hint.classList.remove("tgw-shown");
  return {
    element: hint,
    hide,
    show() {
      hint.classList.add("tgw-shown");
      clearTimeout(timer);
      timer = setTimeout(hide, SHOWN_MS);
    },
    dispose() {
      clearTimeout(timer);
      hide();
    },
  };
}
