/**
 * Graphs that nobody wants to see, in the widget on the development page: until the first of them is in the picture, and
 * the longest task of the main thread, which freezes the page for as long. Then what the heap has grown by after many
 * updates, and after many graphs.
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { launchChromium } from "./chromium.mjs";
import { startTrace, tasksOf } from "./main-thread.mjs";

const PAGE = new URL("../../out/dev/index.html", import.meta.url);
const SETTLED_MS = 1_000;
const TICK_MS = 200;

const INPUTS = [
  { what: "10,000 groups in one line", graph: "line" },
  { what: "the same, opened", graph: "line", keys: ["ArrowRight", "o"] },
  { what: "10,000 groups in layers", graph: "large" },
  { what: "all of them erred", graph: "large", kind: "erred" },
  { what: "one group needs 5,000", graph: "hub" },
  { what: "200 need each of 200", graph: "bipartite" },
  { what: "3,000 components", graph: "components" },
  { what: "names of 10 kB", graph: "names" },
  { what: "500 others at each tick", graph: "syn500", ticks: 20 },
  { what: "20,000 px wide", graph: "real500", width: 20_000 },
];

const browser = await launchChromium();
if (!browser) {
  console.log("No Chromium: nothing measured.");
  process.exit(0);
}
execFileSync(process.execPath, ["dev/build.mjs"], { cwd: fileURLToPath(new URL("..", import.meta.url)) });

/** When something was first drawn on the graph's canvas, counted from the kernel's first message. */
function watchDrawing() {
  for (const name of ["fillRect", "fill", "drawImage"]) {
    const { [name]: draw } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype[name] = function (...given) {
      if (this.canvas.className === "tgw-canvas") window.drawnMs ??= performance.now();
      return draw.apply(this, given);
    };
  }
}

async function opened({ graph, kind = "running", width = 900 }) {
  const page = await browser.newPage({ viewport: { width: 960, height: 700 } });
  page.on("pageerror", (error) => console.error(error.message));
  await page.addInitScript(watchDrawing);
  return { page, url: `${PAGE}?graph=${graph}&kind=${kind}&width=${width}` };
}

async function measured({ what, keys = [], ticks = 0, ...input }) {
  const { page, url } = await opened(input);
  await startTrace(browser, page);
  await page.goto(url);
  await page.waitForFunction(() => window.drawnMs, null, { timeout: 60_000 });
  await page.waitForTimeout(SETTLED_MS);
  await page.focus("canvas");
  for (const key of keys) await page.keyboard.press(key);
  for (let tick = 0; tick < ticks; tick++) {
    await page.evaluate(() => window.kernel.replace());
    await page.waitForTimeout(TICK_MS);
  }
  if (keys.length > 0) await page.waitForTimeout(5 * SETTLED_MS);
  const firstMs = await page.evaluate(
    () => window.drawnMs - performance.getEntriesByName("kernel")[0].startTime,
  );
  const shown = await page.textContent(".tgw-groups");
  const tasks = await tasksOf(browser);
  await page.close();
  const longest = (clock) => Math.round(Math.max(...tasks.map((task) => task[clock])));
  return {
    what,
    shown,
    "first picture ms": Math.round(firstMs),
    "longest task ms": longest("cpu"),
    "by the clock": longest("wall"),
    "over 50 ms": tasks.filter(({ cpu }) => cpu > 50).length,
  };
}

/** MB that the heap has grown by between an early and a late one of many steps. */
async function growth(what, graph, step, { early, late }) {
  const { page, url } = await opened({ graph });
  await page.goto(url);
  await page.waitForFunction(() => window.drawnMs);
  const session = await page.context().newCDPSession(page);
  const used = async () => {
    await page.waitForTimeout(SETTLED_MS);
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize / 1e6;
  };
  const take = (count) =>
    page.evaluate(
      async ([name, times]) => {
        const frame = () => new Promise(requestAnimationFrame);
        for (let done = 0; done < times; done++) {
          window.kernel[name](0.05);
          await frame();
        }
      },
      [step, count],
    );
  await take(early);
  const before = await used();
  await take(late - early);
  const after = await used();
  await page.close();
  return { what, "MB before": before.toFixed(1), "MB after": after.toFixed(1) };
}

const inputs = [];
const heaps = [];
try {
  for (const input of INPUTS) inputs.push(await measured(input));
  heaps.push(await growth("2,000 updates of 500 groups", "syn500", "change", { early: 200, late: 2_200 }));
  heaps.push(await growth("50 times 500 other groups", "syn500", "replace", { early: 10, late: 60 }));
} finally {
  await browser.close();
}
console.table(inputs);
console.table(heaps);
