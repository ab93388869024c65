/** A few words over the graph that go by themselves. */
import { element } from "./element.ts";

const SHOWN_MS = 1400;

export interface Toast {
  /** For the eye only: who listens is told by the announcer. */
  readonly element: HTMLElement;
  show(words: string): void;
  hide(): void;
  dispose(): void;
}

export function toast(): Toast {
  const box = element("div", { class: "tgw-hint", "aria-hidden": "true" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const hide = () => {
    clearTimeout(timer);
    box.classList.remove("tgw-shown");
  };
  return {
    element: box,
    hide,
    show(words) {
      box.textContent = words;
      box.classList.add("tgw-shown");
      clearTimeout(timer);
      timer = setTimeout(hide, SHOWN_MS);
    },
    dispose: hide,
  };
}
