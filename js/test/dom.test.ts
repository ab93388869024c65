// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { announcer } from "../src/dom/announcer.ts";
import { affordableRatio } from "../src/dom/canvas.ts";
import { hostTheme, watchHostTheme } from "../src/dom/host-theme.ts";
import { placeBeside } from "../src/dom/hover-card.ts";
import { boundedHeight } from "../src/dom/resize-handle.ts";
import { createFrames } from "../src/draw/frames.ts";
import { LENS } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { counts, mirrorOf, named } from "./sample.ts";

describe("the hover card", () => {
  const room = { width: 800, height: 400 };
  const card = { width: 200, height: 150 };
  const group = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 40 });

  test("stands below its group, else above, else beside", () => {
    expect(placeBeside(group(300, 100), card, room)).toEqual({ x: 250, y: 148 });
    expect(placeBeside(group(300, 300), card, room)).toEqual({ x: 250, y: 142 });
    expect(placeBeside(group(300, 180), { width: 200, height: 300 }, room)).toEqual({ x: 408, y: 50 });
    expect(placeBeside(group(650, 180), { width: 200, height: 300 }, room)).toEqual({ x: 442, y: 50 });
  });

  test("covers as little as can be of the neighbours", () => {
    const tall = { width: 200, height: 300 };
    const place = (...spare: ReturnType<typeof group>[]) => placeBeside(group(300, 180), tall, room, spare);
    expect(place(group(430, 180))).toEqual({ x: 92, y: 50 });
    expect(place(group(430, 180), group(170, 180))).toEqual({ x: 538, y: 50 });
    expect(place(group(430, 180), group(560, 180), group(170, 180))).toEqual({ x: 92, y: 50 });
    expect(placeBeside(group(300, 100), card, room, [group(300, 160)])).toEqual({ x: 408, y: 45 });
  });

  test("stands at an edge where there is no room beside the group, and covers the least of it there", () => {
    const wide = { width: 500, height: 220 };
    expect(placeBeside(group(300, 150), wide, room)).toEqual({ x: 100, y: 172 });
    expect(placeBeside(group(300, 200), wide, room, [group(450, 200)])).toEqual({ x: 8, y: 8 });
  });

  test("never leaves the stage where there is room for it", () => {
    expect(placeBeside(group(-60, -30), card, room)).toEqual({ x: 8, y: 18 });
    expect(placeBeside(group(760, 390), card, room)).toEqual({ x: 592, y: 232 });
  });
});

describe("the theme of the page", () => {
  afterEach(() => {
    document.body.removeAttribute("data-jp-theme-light");
    document.body.removeAttribute("data-vscode-theme-kind");
    document.documentElement.className = "";
  });

  test("is JupyterLab's, else VS Code's, else the page's", () => {
    document.documentElement.className = "dark";
    expect(hostTheme()).toBe("dark");
    document.body.dataset.vscodeThemeKind = "vscode-light";
    expect(hostTheme()).toBe("light");
    document.body.dataset.vscodeThemeKind = "vscode-high-contrast";
    expect(hostTheme()).toBe("dark");
    document.body.dataset.jpThemeLight = "true";
    expect(hostTheme()).toBe("light");
  });

  test("is watched", async () => {
    const changed = vi.fn();
    const unwatch = watchHostTheme(changed);
    document.body.dataset.jpThemeLight = "false";
    await vi.waitFor(() => expect(changed).toHaveBeenCalled());
    unwatch();
  });
});

describe("the announcer", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const picture = (done: number) => {
    const groups = ["a", "b", "c"].map((name, at) =>
      named(at + 1, name, { states: counts(at < done ? { memory: 1 } : { waiting: 1 }) }),
    );
    return mirrorOf(groups);
  };

  test("says nothing of what was there before, and the rest not more often than every three seconds", () => {
    const live = announcer();
    const hear = (done: number) => {
      const mirror = picture(done);
      live.update(pictureOf(mirror, LENS), mirror.states, "session");
      return live.element.textContent;
    };
    expect(hear(1)).toBe("");
    expect(hear(2)).toBe("Finished: b.");
    expect(hear(3)).toBe("Finished: b.");
    vi.advanceTimersByTime(3000);
    expect(live.element.textContent).toBe("Finished: c.");
    live.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("frames", () => {
  test("are drawn only on request, only while somebody looks, and none after the end", () => {
    const queue: FrameRequestCallback[] = [];
    vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => queue.push(frame));
    vi.stubGlobal("cancelAnimationFrame", () => queue.splice(0));
    let again = 1;
    const paint = vi.fn(() => again-- > 0);
    const frames = createFrames(paint);
    frames.request();
    expect(queue).toHaveLength(0);
    frames.pause(false);
    frames.request();
    expect(queue).toHaveLength(1);
    queue.shift()?.(0);
    expect(queue).toHaveLength(1);
    queue.shift()?.(16);
    expect(queue).toHaveLength(0);
    frames.request();
    frames.dispose();
    frames.request();
    expect(queue).toHaveLength(0);
    expect(paint).toHaveBeenCalledTimes(2);
    vi.unstubAllGlobals();
  });
});

test("a canvas never gets more pixels than a browser gives", () => {
  expect(affordableRatio({ width: 900, height: 400 }, 2)).toBe(2);
  expect(20_000 * affordableRatio({ width: 20_000, height: 400 }, 2)).toBeLessThanOrEqual(8192);
  const ratio = affordableRatio({ width: 5000, height: 4000 }, 3);
  expect(5000 * ratio * 4000 * ratio).toBeLessThanOrEqual(16_000_001);
  expect(affordableRatio({ width: 0, height: 0 }, 2)).toBe(2);
});

test("heights stay within reason", () => {
  expect([10, 333.3, 9999].map(boundedHeight)).toEqual([120, 333, 4000]);
});
