import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const SRC = new URL("../src/", import.meta.url);

const sheets = (readdirSync(SRC, { recursive: true }) as string[])
  .filter((path) => path.endsWith(".css"))
  .sort()
  .map((path) => ({ path, text: readFileSync(new URL(path, SRC), "utf8") }));

/** Selectors of rules that always hold: not those in @media or @container. */
function selectors(text: string): string[] {
  const found: string[] = [];
  let depth = 0;
  for (const [, before = "", brace] of text.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{};]*)([{};])/g)) {
    if (brace === "{" && depth === 0 && !before.includes("@")) found.push(...before.split(","));
    depth += { "{": 1, "}": -1, ";": 0 }[brace ?? ";"] ?? 0;
  }
  return found.map((each) => each.trim());
}

/** Classes that a sheet styles wherever they stand. */
const owned = (text: string): Set<string> =>
  new Set(selectors(text).flatMap((each) => /^\.(tgw-[\w-]+)(:[^ ]+|\[[^ ]+)?$/.exec(each)?.[1] ?? []));

/** More than one part adds to these, and means to. */
const SHARED: readonly string[] = ["tgw-sheet"];

describe("style sheets", () => {
  test("each class is styled by one part", () => {
    const owners = new Map<string, string[]>();
    for (const { path, text } of sheets)
      for (const name of owned(text)) owners.set(name, [...(owners.get(name) ?? []), path]);
    const several = [...owners].filter(([name, paths]) => paths.length > 1 && !SHARED.includes(name));
    expect(several).toEqual([]);
    expect(owners.size).toBeGreaterThan(50);
  });
});
