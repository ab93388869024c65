/** What a page's main thread spent on each frame, as Chromium's own trace has it. */

const CATEGORIES = ["toplevel", "devtools.timeline"];

/** Milliseconds of CPU in each frame while `run` runs: waiting for a busy machine does not count. */
export async function cpuPerFrame(page, run) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  await session.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: CATEGORIES, excludedCategories: ["*"] },
  });
  const result = await run();
  const complete = new Promise((resolve) => session.once("Tracing.tracingComplete", resolve));
  await session.send("Tracing.end");
  await complete;
  await session.detach();
  return { result, ms: framesOf(events) };
}

/** A frame reaches from one task with animation callbacks up to the next. */
function framesOf(events) {
  const callbacks = events.filter(({ name }) => name === "FireAnimationFrame");
  const [{ pid, tid } = {}] = callbacks;
  const tasks = events
    .filter(
      (event) => event.pid === pid && event.tid === tid && /RunTask$/.test(event.name) && event.ph === "X",
    )
    .sort((a, b) => a.ts - b.ts);
  const moments = callbacks.map(({ ts }) => ts).sort((a, b) => a - b);
  const frames = [];
  let next = 0;
  for (const { ts, dur = 0, tdur = 0 } of tasks) {
    let begins = false;
    while (next < moments.length && moments[next] <= ts + dur) {
      begins ||= moments[next] >= ts;
      next++;
    }
    if (begins) frames.push(0);
    if (frames.length > 0) frames[frames.length - 1] += tdur / 1000;
  }
  return frames;
}

/** The value below which so large a share of the values lies, to a tenth. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0).toFixed(1));
}
