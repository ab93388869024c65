/**
 * Tabs of the details: a grid of blocks, the spread over workers and a timeline, each updated five times a second
 * under a pointer that never rests, and the table of tasks, scrolled in every frame. No GPU.
 *
 * "First" is how many frames it takes until all is drawn, and the longest of them; "update" and "frame" are the
 * milliseconds that the tab took of a frame with an update and of one without; "cpu" is the main thread's whole
 * frame, with the made-up kernel's work for the updates in it.
 */
import { bundled, launchChromium, openPage } from "./chromium.mjs";
import { cpuPerFrame, quantile } from "./trace.mjs";

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
const script = await bundled("panel-page.mjs");
const rows = [];
try {
  for (const what of CASES) {
    const page = await openPage(browser, script, { width: 640, height: 560 }, { width: 420, height: 500 });
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
      "first worst": quantile(first.ms, 1),
      fps: Math.round(result.frames / result.seconds),
      "update median": quantile(result.updates, 0.5),
      "update p95": quantile(result.updates, 0.95),
      "frame median": quantile(result.paints, 0.5),
      "frame p95": quantile(result.paints, 0.95),
      "cpu median": quantile(ms, 0.5),
      "cpu p95": quantile(ms, 0.95),
    });
    await page.close();
  }
} finally {
  await browser.close();
}
console.table(rows);
