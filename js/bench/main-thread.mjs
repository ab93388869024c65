/** What a page's main thread did, from a trace of Chromium. */

const CATEGORIES = [
  "toplevel",
  "blink.user_timing",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
];

export const startTrace = (browser, page) => browser.startTracing(page, { categories: CATEGORIES });

/**
 * Milliseconds of each task since the page was first given something, but for those in which it played the kernel (they
 * hold the mark "kernel"). `cpu` is the thread's own time, which says more on a machine that does other things too.
 */
export async function tasksOf(browser) {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const marks = traceEvents.filter(({ cat, name }) => cat.includes("blink.user_timing") && name === "kernel");
  const [first] = marks.sort((a, b) => a.ts - b.ts);
  if (!first) throw new Error("the page was given nothing");
  const holdsMark = ({ ts, dur }) => marks.some((mark) => mark.ts >= ts && mark.ts <= ts + dur);
  return traceEvents
    .filter(
      ({ name, ph, pid, tid }) =>
        name.endsWith("RunTask") && ph === "X" && pid === first.pid && tid === first.tid,
    )
    .filter((task) => task.ts > first.ts && !holdsMark(task))
    .map(({ ts, dur, tdur }) => ({
      at: (ts - first.ts) / 1000,
      wall: dur / 1000,
      cpu: (tdur ?? dur) / 1000,
    }));
}
