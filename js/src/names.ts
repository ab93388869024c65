/** Names of groups, as keys and as readable text. */
import type { Group } from "./wire.ts";

export interface ReadableName {
  /** What a person called it. */
  readonly prefix: string;
  /** What makes it unique, empty for most futures. */
  readonly token: string;
}

/** Key of a group in the kernel's mappings, and in the selection. */
export const keyOf = ({ key, name }: Pick<Group, "key" | "name">): string => key ?? name;

export function readableName({ name, prefix }: Pick<Group, "name" | "prefix">): ReadableName {
  const separator = name[prefix.length];
  if (prefix === "" || !name.startsWith(prefix) || (separator !== "-" && separator !== "_")) {
    return { prefix: name, token: "" };
  }
  return { prefix, token: name.slice(prefix.length + 1) };
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const graphemes = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

const LONGEST = 400;

/** The line of a computation's code to call it by; empty when there is none. */
export const codeLine = (code: readonly string[]): string =>
  code
    .join("\n")
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "" && !line.startsWith("#")) ?? "";

/** Cut in the middle, to at most `length` characters with the ellipsis. */
export function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const parts = graphemes(
    text.length > LONGEST ? text.slice(0, LONGEST / 2) + text.slice(-LONGEST / 2) : text,
  );
  if (parts.length <= length && text.length <= LONGEST) return text;
  const kept = Math.max(0, length - 1);
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return `${parts.slice(0, head).join("")}…${tail > 0 ? parts.slice(-tail).join("") : ""}`;
}

/** Cut in the middle until it fits into `width`, as `measure` sees it. */
export function cutToWidth(text: string, width: number, measure: (text: string) => number): string {
  if (text.length <= LONGEST && measure(text) <= width) return text;
  let low = 0;
  let high = Math.min(text.length, LONGEST);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(cutMiddle(text, middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? cutMiddle(text, low) : "";
}
