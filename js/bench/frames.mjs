/**
 * Frames of the picture beside cytoscape.js's: cards with a name and a bar of five states, 1.5 edges each, one in a
 * hundred changing five times a second, under a view that is dragged about without a pause. No GPU.
 *
 * The milliseconds are those of the main thread in one frame: from the first animation callback to the first task
 * after the frame, so with the page's own painting, and with the updates that came in since the frame before.
 */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { alias, texts } from "../bundling.mjs";
import { launchChromium } from "./chromium.mjs";

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
        const { frames, ms, seconds } = await page.evaluate((k) => window.bench.pan(k), zoom);
        rows.push({
          cards,
          who: peer,
          zoom: zoom || "whole",
          fps: Math.round(frames / seconds),
          ...inFigures(ms),
        });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.table(rows);

function inFigures(ms) {
  const sorted = [...ms].sort((a, b) => a - b);
  const at = (share) =>
    Number(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1));
  return { "ms median": at(0.5), "ms p95": at(0.95), "ms worst": at(1) };
}
