/** All keys at a glance. */
import { texts } from "../texts.ts";
import { element } from "./element.ts";
import { type Popover, popover } from "./popover.ts";

export function helpSheet(opener: HTMLElement): Popover {
  const rows = texts.helpKeys.map(([keys, what]) =>
    element("div", {}, element("dt", {}, keys), element("dd", {}, what)),
  );
  const content = [element("dl", {}, ...rows)];
  return popover({ className: "tgw-help", label: texts.helpTitle, closeLabel: texts.close, content, opener });
}
