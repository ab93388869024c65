/** The browser of the benchmarks: `CHROMIUM`, else the system's, else Playwright's own; as `tests/browser/chromium.py` looks for it. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

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
