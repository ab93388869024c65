/** Text and numbers as XML has them. */

const NAMED: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** What XML 1.0 cannot hold, however it is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are meant
const IMPOSSIBLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

export const escaped = (text: string): string =>
  text.replace(IMPOSSIBLE, "\ufffd").replace(/[&<>"]/g, (character) => NAMED[character] ?? character);

export const rounded = (value: number): number => Math.round(value * 100) / 100;

/** With a space before it; nothing where the value says nothing. */
export function attribute(name: string, value: string | number, unless?: string | number): string {
  if (value === unless) return "";
  return ` ${name}="${typeof value === "number" ? rounded(value) : escaped(value)}"`;
}
