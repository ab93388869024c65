/** A sheet over the graph that closes on Escape and on a press elsewhere, and gives the focus back. */
import { element } from "./element.ts";
import { iconButton } from "./icon.ts";

export interface Popover {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  toggle(open?: boolean): void;
  dispose(): void;
}

interface Options {
  readonly className: string;
  readonly label: string;
  readonly closeLabel: string;
  readonly content: readonly HTMLElement[];
  /** Opens and closes it, and has the focus back unless something else had it. */
  readonly opener: HTMLElement;
}

export function popover({ className, label, closeLabel, content, opener }: Options): Popover {
  const sheet = element(
    "div",
    { class: `tgw-sheet ${className}`, role: "dialog", "aria-label": label, tabindex: "-1", hidden: "" },
    element(
      "div",
      { class: "tgw-sheet-head" },
      element("b", {}, label),
      iconButton("close", closeLabel, leave),
    ),
    ...content,
  );
  let origin: Element | null = null;
  let away: AbortController | null = null;
  opener.setAttribute("aria-haspopup", "dialog");
  opener.setAttribute("aria-expanded", "false");

  const within = () => sheet.getRootNode() as Document | ShadowRoot;

  function show(open: boolean) {
    sheet.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    away?.abort();
    away = null;
    if (!open) return;
    origin = within().activeElement;
    sheet.focus({ preventScroll: true });
    away = new AbortController();
    const options = { signal: away.signal, capture: true };
    document.addEventListener(
      "pointerdown",
      (event) => {
        const path = event.composedPath();
        if (!path.includes(sheet) && !path.includes(opener)) show(false);
      },
      options,
    );
  }

  function leave() {
    const back =
      origin instanceof HTMLElement && origin.isConnected && origin !== document.body ? origin : opener;
    show(false);
    back.focus({ preventScroll: true });
  }

  sheet.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  });

  return {
    element: sheet,
    get isOpen() {
      return !sheet.hidden;
    },
    toggle(open = sheet.hidden === true) {
      if (open) show(true);
      else if (!sheet.hidden) leave();
    },
    dispose: () => away?.abort(),
  };
}
