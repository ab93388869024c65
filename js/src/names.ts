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

/** What Dask takes away before a prefix (`key_split` in dask/utils.py). */
const DECORATION = /^[_'()"]+/;

export function readableName({ name, prefix }: Pick<Group, "name" | "prefix">): ReadableName {
  const start = name.startsWith(prefix) ? 0 : (DECORATION.exec(name)?.[0].length ?? 0);
  const separator = name[start + prefix.length];
  if (prefix === "" || !name.startsWith(prefix, start) || (separator !== "-" && separator !== "_")) {
    return { prefix: name, token: "" };
  }
  return { prefix, token: name.slice(start + prefix.length + 1) };
}

/** What sorts as people count: 10.0.0.10 behind 10.0.0.2. */
export const orderKey = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(9, "0"));

/** A worker's address without its protocol: what tells it from the others. */
export const shortAddress = (address: string): string => address.replace(/^[a-z+]+:\/\//, "");

/** One character each, and most names by far. */
const ASCII = /^[\x20-\x7e]*$/;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const graphemes = (text: string): readonly string[] =>
  ASCII.test(text) ? text.split("") : Array.from(segmenter.segment(text), ({ segment }) => segment);

const LONGEST = 400;

/** The line of a computation's code to call it by; empty when there is none. */
export const codeLine = (code: readonly string[]): string =>
  code
    .join("\n")
    .split("\n")
    .map((line) => line.trim())
    .find((line) => line !== "" && !line.startsWith("#")) ?? "";

/** Of a text that is longer than anybody reads, the two ends. */
const charactersOf = (text: string): readonly string[] =>
  graphemes(text.length > LONGEST ? text.slice(0, LONGEST / 2) + text.slice(-LONGEST / 2) : text);

function joined(characters: readonly string[], length: number): string {
  const kept = Math.max(0, length - 1);
  const head = Math.ceil(kept / 2);
  const tail = kept - head;
  return `${characters.slice(0, head).join("")}…${tail > 0 ? characters.slice(-tail).join("") : ""}`;
}

/** Cut in the middle, to at most `length` characters with the ellipsis. */
export function cutMiddle(text: string, length: number): string {
  if (text.length <= length) return text;
  const characters = charactersOf(text);
  return characters.length <= length && text.length <= LONGEST ? text : joined(characters, length);
}

/** Cut in the middle until it fits into `width`, as `measure` sees it. */
export function cutToWidth(text: string, width: number, measure: (text: string) => number): string {
  if (text.length <= LONGEST && measure(text) <= width) return text;
  const characters = charactersOf(text);
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (measure(joined(characters, middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return low > 0 ? joined(characters, low) : "";
}
