/** One kind of failure: the exception, the user's frames first, who failed so and where. */
import { element } from "../dom/element.ts";
import { iconButton } from "../dom/icon.ts";
import { count } from "../format.ts";
import { texts } from "../texts.ts";
import type { TaskError } from "../wire.ts";
import { preformatted } from "./preformatted.ts";
import { framesOf, ownFrames } from "./traceback.ts";

interface Options {
  readonly copy: (text: string) => void;
  /** Show the task that failed. */
  readonly onTask?: (() => void) | undefined;
  /** Ask for what was cut. */
  readonly onAll?: (() => void) | undefined;
}

const words = texts.panel.errors;

export const isCut = (error: TaskError): boolean =>
  error.exception.length < error.exceptionLength || error.traceback.length < error.tracebackLength;

export function failure(error: TaskError, tasks: number | null, options: Options): HTMLElement {
  const { exception, traceback, key, workers } = error;
  const head = element(
    "div",
    { class: "tgw-failure-head" },
    element("code", { class: "tgw-exception" }, exception),
    ...(tasks === null ? [] : [element("span", { class: "tgw-failure-count" }, words.times(count(tasks)))]),
    iconButton("copy", words.copy, () => options.copy(`${traceback}${exception}\n`)),
  );
  const parts: HTMLElement[] = [head];
  if (key) parts.push(place(key, workers, options.onTask));
  parts.push(...frames(traceback));
  if (isCut(error)) parts.push(cut(error, options.onAll));
  return element("article", { class: "tgw-failure" }, ...parts);
}

function place(key: string, workers: readonly string[], onTask: (() => void) | undefined): HTMLElement {
  const task = onTask
    ? element("button", { type: "button", class: "tgw-link", title: key }, key)
    : element("code", { title: key }, key);
  if (onTask) task.addEventListener("click", onTask);
  const where = workers.length > 0 ? ` ${words.on} ${workers.join(", ")}` : "";
  return element("p", { class: "tgw-note" }, task, ` ${words.failed}${where}`);
}

function frames(traceback: string): HTMLElement[] {
  if (!traceback) return [];
  const all = framesOf(traceback);
  const own = ownFrames(all);
  const whole = preformatted(traceback);
  if (own.length === 0) return [whole];
  return [
    element("h3", {}, words.yours),
    preformatted(own.map(({ text }) => text).join("\n")),
    element("details", {}, element("summary", {}, words.whole(count(all.length))), whole),
  ];
}

function cut(error: TaskError, onAll: (() => void) | undefined): HTMLElement {
  const shown = error.exception.length + error.traceback.length;
  const all = error.exceptionLength + error.tracebackLength;
  const note = element("p", { class: "tgw-note" }, words.cut(count(shown), count(all)));
  if (onAll) {
    const button = element("button", { type: "button", class: "tgw-link" }, words.showAll);
    button.addEventListener("click", onAll);
    note.append(" ", button);
  }
  return note;
}
