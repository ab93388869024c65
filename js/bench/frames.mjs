/**
 * Frames of the picture beside cytoscape.js's: cards with a name and a bar of five states, 1.5 edges each, one in a
 * hundred changing five times a second, under a view that is dragged about without a pause. No GPU.
 *
 * The milliseconds are what the main thread spent, as CPU, from one frame to the next: updates, layout, painting and
 * the garbage they leave. "With waiting" is by the clock, from the first animation callback of a frame to the first
 * task after it and with the updates since the frame before: on a machine that has other work it is longer.
 */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { alias, texts } from "../bundling.mjs";
import { launchChromium } from "./chromium.mjs";
import { cpuPerFrame } from "./trace.mjs";

const SIZES = process.argv.slice(2).map(Number).filter(Boolean);
const PEERS = process.argv.includes("--ours") ? ["ours"] : ["ours", "cytoscape"];

const browser = await launchChromium();
if (!browser) {
  console.log("No Chromium: nothing measured.");
  process.exit(0);
}
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("frames-page.mjs", import.meta.url))],
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  alias,
  plugins: [texts],
  write: false,
});
const rows = [];
try {
  for (const cards of SIZES.length > 0 ? SIZES : [500, 2_000, 10_000]) {
    for (const peer of PEERS) {
      const page = await browser.newPage({ viewport: { width: 960, height: 560 } });
      page.on("pageerror", (error) => console.error(error.message));
      await page.setContent('<!doctype html><div id="cell" style="width:900px;height:460px"></div>');
      await page.addScriptTag({ content: outputFiles[0].text });
      await page.evaluate((which) => window.bench.mount(which), { peer, cards });
      for (const zoom of [0, 0.3, 1]) {
        const pan = () => page.evaluate((k) => window.bench.pan(k), zoom);
        const { result, ms } = await cpuPerFrame(page, pan);
        rows.push({
          cards,
          who: peer,
          zoom: zoom || "whole",
          fps: Math.round(result.frames / result.seconds),
          "ms median": figure(ms, 0.5),
          "ms p95": figure(ms, 0.95),
          "ms worst": figure(ms, 1),
          "with waiting p95": figure(result.ms, 0.95),
        });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.table(rows);

function figure(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
}
