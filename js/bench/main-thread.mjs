/** What a page's main thread did, from a trace of Chromium. */

const CATEGORIES = [
  "toplevel",
  "blink.user_timing",
  "devtools.timeline",
  "disabled-by-default-devtools.timeline",
];

export const startTrace = (browser, page) => browser.startTracing(page, { categories: CATEGORIES });

/**
 * Milliseconds of each task since the page was first given something, but for those in which it played the kernel: they
 * hold a mark. `cpu` is the thread's own time, `wall` that of the clock, which on a busy machine is much longer.
 */
export async function tasksOf(browser) {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const marks = traceEvents.filter(({ cat, name }) => cat.includes("blink.user_timing") && name === "kernel");
  const [first] = marks.sort((a, b) => a.ts - b.ts);
  if (!first) throw new Error("the page was given nothing");
  const holdsMark = ({ ts, dur }) => marks.some((mark) => mark.ts >= ts && mark.ts <= ts + dur);
  return traceEvents
    .filter(({ name, ph }) => ph === "X" && name === "ThreadControllerImpl::RunTask")
    .filter(({ pid, tid, ts }) => pid === first.pid && tid === first.tid && ts > first.ts)
    .filter((task) => !holdsMark(task))
    .map(({ dur, tdur }) => ({ wall: dur / 1000, cpu: (tdur ?? dur) / 1000 }));
}
