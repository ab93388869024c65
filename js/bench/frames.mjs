/**
 * Frames of the picture beside cytoscape.js's: cards with a name and a bar of five states, 1.5 edges each, one in a
 * hundred changing five times a second, under a view that is dragged about without a pause. No GPU.
 *
 * The milliseconds are what the main thread spent, as CPU, from one frame to the next: updates, layout, painting and
 * the garbage they leave. "With waiting" is by the clock, from the first animation callback of a frame to the first
 * task after it and with the updates since the frame before: on a machine that has other work it is longer.
 */
import { bundled, launchChromium, openPage } from "./chromium.mjs";
import { cpuPerFrame, quantile } from "./trace.mjs";

const SIZES = process.argv.slice(2).map(Number).filter(Boolean);
const PEERS = process.argv.includes("--ours") ? ["ours"] : ["ours", "cytoscape"];

const browser = await launchChromium();
if (!browser) {
  console.log("No Chromium: nothing measured.");
  process.exit(0);
}
const script = await bundled("frames-page.mjs");
const rows = [];
try {
  for (const cards of SIZES.length > 0 ? SIZES : [500, 2_000, 10_000]) {
    for (const peer of PEERS) {
      const page = await openPage(browser, script, { width: 960, height: 560 }, { width: 900, height: 460 });
      await page.evaluate((which) => window.bench.mount(which), { peer, cards });
      for (const zoom of [0, 0.3, 1]) {
        const pan = () => page.evaluate((k) => window.bench.pan(k), zoom);
        const { result, ms } = await cpuPerFrame(page, pan);
        rows.push({
          cards,
          who: peer,
          zoom: zoom || "whole",
          fps: Math.round(result.frames / result.seconds),
          "ms median": quantile(ms, 0.5),
          "ms p95": quantile(ms, 0.95),
          "ms worst": quantile(ms, 1),
          "with waiting p95": quantile(result.ms, 0.95),
        });
      }
      await page.close();
    }
  }
} finally {
  await browser.close();
}
console.table(rows);
