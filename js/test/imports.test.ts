import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** Data flows from left to right: a file imports only from its own place and from what stands before it. */
const FLOW = [
  "wire",
  "wire-study",
  "progress",
  "format names texts theme lens",
  "mirror study",
  "bar picture store inquiry",
  "summary facts news",
  "layout",
  "scene",
  "draw",
  "interaction",
  "dom",
  "panel",
  "view",
  "hosts",
].map((place) => place.split(" "));

const source = fileURLToPath(new URL("../src/", import.meta.url));

const placeOf = (path: string) => {
  const name = path.split("/")[0]?.replace(/\.(d\.ts|ts|css)$/, "") ?? "";
  return FLOW.findIndex((names) => names.includes(name));
};

const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter(
  (path) => path.endsWith(".ts") && !path.endsWith(".d.ts"),
);

test.each(files)("%s imports only from its left", (path) => {
  expect(placeOf(path), `${path} has no place in the flow`).toBeGreaterThanOrEqual(0);
  const text = readFileSync(join(source, path), "utf8");
  for (const [, from = ""] of text.matchAll(/from "(\.[^"]+)"/g)) {
    const imported = normalize(join(dirname(path), from));
    expect(placeOf(imported), `${path} imports ${imported}`).toBeLessThanOrEqual(placeOf(path));
  }
});
