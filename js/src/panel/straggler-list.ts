/** The running tasks that lag behind, by name. */
import { refill } from "../dom/bar.ts";
import { element, setText } from "../dom/element.ts";
import { count, duration, factor } from "../format.ts";
import { cutMiddle, shortAddress } from "../names.ts";
import { texts } from "../texts.ts";
import type { TaskAddress } from "../wire-study.ts";
import type { Straggler } from "./charts/stragglers.ts";

const words = texts.charts;
const MOST = 10;
/** Characters of a key: both ends tell it from others. */
const NAME = 22;

export interface StragglerList {
  readonly element: HTMLElement;
  /** `measured`: what is typical comes from tasks that finished, not from the prefix. */
  show(stragglers: readonly Straggler[], typical: number | null, measured: boolean): void;
}

export function stragglerList(open: (address: TaskAddress) => void): StragglerList {
  const title = element("h3");
  const items = element("ul");
  const more = element("span");
  const root = element("div", { class: "tgw-stragglers" }, title, items, more);
  const fill = refill(items);

  function nameOf({ key, reference }: Straggler): HTMLElement {
    if (reference === null) return element("code", { title: key }, cutMiddle(key, NAME));
    const button = element(
      "button",
      { type: "button", title: key },
      element("code", {}, cutMiddle(key, NAME)),
    );
    button.addEventListener("click", () => open({ reference }));
    return button;
  }

  return {
    element: root,
    show(stragglers, typical, measured) {
      root.hidden = typical === null;
      if (typical === null) return;
      const limit = duration(typical);
      setText(
        title,
        stragglers.length === 0
          ? words.noStragglers(limit)
          : words.stragglers(count(stragglers.length), limit),
      );
      title.title = measured ? words.typicalMeasured : words.typicalGuessed;
      const shown = stragglers.slice(0, MOST);
      const rows = shown.map(({ key, worker, seconds, times, reference }) => ({
        ...{ key, reference, worker: shortAddress(worker) },
        ran: words.ran(duration(Math.floor(seconds)), factor(times)),
      }));
      fill(rows, () =>
        rows.map(({ worker, ran }, at) =>
          element(
            "li",
            {},
            ...(shown[at] ? [nameOf(shown[at])] : []),
            element("span", { title: shown[at]?.worker ?? "" }, worker),
            element("b", {}, ran),
          ),
        ),
      );
      setText(more, stragglers.length > MOST ? texts.andMore(count(stragglers.length - MOST)) : "");
    },
  };
}
