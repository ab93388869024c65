/**
 * Tabs of the details: a grid of blocks, the spread over workers and a timeline, each updated five times a second
 * under a pointer that never rests, and the table of tasks, scrolled in every frame. No GPU.
 *
 * "First" is how many frames it takes until all is drawn, and the longest of them; "update" and "frame" are the
 * milliseconds that the tab took of a frame with an update and of one without; "cpu" is the main thread's whole
 * frame, with the made-up kernel's work for the updates in it.
 */
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { alias, texts } from "../bundling.mjs";
import { launchChromium } from "./chromium.mjs";
import { cpuPerFrame } from "./trace.mjs";

const CASES = [
  { chart: "grid", tasks: 100_000 },
  { chart: "grid", tasks: 500_000 },
  { chart: "spread", tasks: 100_000, workers: 5_000 },
  { chart: "timeline", timings: 20_000, workers: 20 },
  { chart: "timeline", timings: 20_000, workers: 1_000 },
  { chart: "table", tasks: 100_000 },
  { chart: "table", tasks: 1_000_000 },
];

const browser = await launchChromium();
if (!browser) {
  console.log("No Chromium: nothing measured.");
  process.exit(0);
}
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("panel-page.mjs", import.meta.url))],
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
  for (const what of CASES) {
    const page = await browser.newPage({ viewport: { width: 640, height: 560 } });
    page.on("pageerror", (error) => console.error(error.message));
    await page.setContent('<!doctype html><div id="cell" style="width:420px;height:500px"></div>');
    await page.addScriptTag({ content: outputFiles[0].text });
    await page.evaluate((each) => window.bench.mount(each), what);
    const first = await page.evaluate(() => window.bench.settle());
    const { result, ms } = await cpuPerFrame(page, () => page.evaluate(() => window.bench.run()));
    const { chart, ...sizes } = what;
    rows.push({
      chart,
      of: Object.entries(sizes)
        .map(([name, size]) => `${size} ${name}`)
        .join(", "),
      "first frames": first.frames,
      "first worst": figure(first.ms, 1),
      fps: Math.round(result.frames / result.seconds),
      "update median": figure(result.updates, 0.5),
      "update p95": figure(result.updates, 0.95),
      "frame median": figure(result.paints, 0.5),
      "frame p95": figure(result.paints, 0.95),
      "cpu median": figure(ms, 0.5),
      "cpu p95": figure(ms, 0.95),
    });
    await page.close();
  }
} finally {
  await browser.close();
}
console.table(rows);

function figure(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
}
