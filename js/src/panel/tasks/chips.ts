/** States to filter by, with how many tasks are in each. */
import { coloured, refill } from "../../dom/bar.ts";
import { element } from "../../dom/element.ts";
import { count } from "../../format.ts";
import type { Segment } from "../../progress.ts";
import { stateText, texts } from "../../texts.ts";
import type { ThemeName } from "../../theme.ts";

export interface Chips {
  readonly element: HTMLElement;
  update(counts: readonly Segment[], chosen: ReadonlySet<string>, theme: ThemeName): void;
}

export function chips(onToggle: (state: string) => void): Chips {
  const root = element("div", { class: "tgw-chips", role: "group", "aria-label": texts.panel.tasks.filter });
  const fill = refill(root);
  return {
    element: root,
    update(counts, chosen, theme) {
      const focused = (root.getRootNode() as Document | ShadowRoot).activeElement?.getAttribute("data-state");
      fill([counts, [...chosen], theme], () =>
        counts.map(({ state, count: tasks }) => {
          const chip = element(
            "button",
            {
              type: "button",
              class: "tgw-chip",
              "data-state": state,
              "aria-pressed": String(chosen.has(state)),
            },
            coloured("i", "tgw-swatch", state, theme),
            element("b", {}, count(tasks)),
            ` ${stateText(state)}`,
          );
          chip.addEventListener("click", () => onToggle(state));
          return chip;
        }),
      );
      if (focused != null) root.querySelector<HTMLElement>(`[data-state="${CSS.escape(focused)}"]`)?.focus();
    },
  };
}
