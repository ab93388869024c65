/** The browser of the benchmarks: `CHROMIUM`, else the system's, else Playwright's own; as `tests/browser/chromium.py` looks for it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { alias, texts } from "../bundling.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

const folders = (process.env.PATH ?? "").split(delimiter);
const candidates = () => [
  ...(process.env.CHROMIUM ? [process.env.CHROMIUM] : []),
  ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))),
  chromium.executablePath(),
];

/** Ubuntu's `chromium-browser` is only a pointer to a snap where there are no snaps. */
const runs = (path) => existsSync(path) && spawnSync(path, ["--version"]).status === 0;

/** Null where there is none. */
export async function launchChromium() {
  const executablePath = candidates().find(runs);
  return executablePath ? chromium.launch({ executablePath, args: ARGUMENTS }) : null;
}

/** A script of this folder with all that it imports, as one that a page can run. */
export async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(name, import.meta.url))],
    bundle: true,
    format: "iife",
    target: "es2022",
    minify: true,
    alias,
    plugins: [texts],
    write: false,
  });
  return outputFiles[0].text;
}

/** A page with a cell of some size, in which the script has run. */
export async function openPage(browser, script, viewport, cell) {
  const page = await browser.newPage({ viewport });
  page.on("pageerror", (error) => console.error(error.message));
  await page.setContent(
    `<!doctype html><div id="cell" style="width:${cell.width}px;height:${cell.height}px"></div>`,
  );
  await page.addScriptTag({ content: script });
  return page;
}
