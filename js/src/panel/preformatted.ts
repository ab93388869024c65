/** Code and tracebacks, as they are; what does not fit can be scrolled, also with the keyboard. */
import { element } from "../dom/element.ts";

export const preformatted = (text: string): HTMLElement => element("pre", { tabindex: "0" }, text);
