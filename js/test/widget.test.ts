// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import widget from "../src/hosts/widget.ts";
import { texts } from "../src/texts.ts";
import { fakeModel, wireMessage } from "./model.ts";
import { recorder } from "./recorder.ts";

const UPDATE = { type: "update" };
const GROUPS = [
  { id: 1, name: "load-0123456789", prefix: "load", states: [3, 0, 0], start: 1 },
  {
    id: 2,
    name: "<img src=x onerror=alert(1)>",
    prefix: "<img src=x onerror=alert(1)>",
    states: [0, 2, 1],
    dependencies: [1],
  },
  { id: 3, name: "old", prefix: "old", states: [1, 0, 0], earlier: true, outcome: [1, 0] },
];
const SUMMARY = {
  status: "live",
  now: 110,
  started: 100,
  workers: 2,
  threads: 8,
  scheduler_cost: 0.002,
  erred: 1,
};

/** Observers that report at once what a page would: everything is in sight and has a size. */
const observers = { live: 0 };
let inSight = true;

class Observer {
  private readonly report: (entries: { isIntersecting: boolean }[]) => void;

  constructor(report: (entries: { isIntersecting: boolean }[]) => void) {
    this.report = report;
    observers.live++;
  }
  observe() {
    this.report([{ isIntersecting: inSight }]);
  }
  disconnect() {
    observers.live--;
  }
}

const frames = new Map<number, FrameRequestCallback>();
let lastFrame = 0;

function paint(times = 3) {
  for (let time = 0; time < times; time++) {
    const due = [...frames.values()];
    frames.clear();
    for (const frame of due) frame(performance.now() + 1000 * time);
  }
}

const canvas = recorder();

/** Layouts are not made at once. */
const drawn = (name: string) =>
  vi.waitFor(() => {
    paint();
    expect(canvas.named("fillText").map(([, text]) => text)).toContain(name);
  });

beforeEach(() => {
  inSight = true;
  observers.live = 0;
  frames.clear();
  canvas.calls.length = 0;
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("IntersectionObserver", Observer);
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => {
    frames.set(++lastFrame, frame);
    return lastFrame;
  });
  vi.stubGlobal("cancelAnimationFrame", (handle: number) => frames.delete(handle));
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(canvas.ctx as never);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(800);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(400);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

function opened(model = fakeModel()) {
  const { initialize, render } = widget();
  const end = initialize({ model });
  const view = () => {
    const el = document.createElement("div");
    document.body.append(el);
    return { el, dispose: render({ model, el }) };
  };
  return { model, end, view };
}

const text = (el: Element, selector: string) => el.querySelector(selector)?.textContent ?? "";

describe("a view", () => {
  test("shows everything that came before it was opened", async () => {
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
    const { el } = view();
    paint();
    expect(text(el, ".tgw-word")).toBe(texts.words.failing);
    expect(text(el, ".tgw-groups")).toBe("2 of 3 groups");
    expect(text(el, ".tgw-line")).toContain("3/6 tasks");
    await drawn("load");
  });

  test("never takes a name for HTML", () => {
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
    const { el } = view();
    paint();
    expect(el.querySelector("img")).toBeNull();
    expect(text(el, "ul")).toContain("<img src=x onerror=alert(1)>: 0 of 3 tasks done, 1 erred");
  });

  test("shows groups of earlier runs when asked", () => {
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
    const { el } = view();
    paint();
    el.querySelector<HTMLButtonElement>(".tgw-link")?.click();
    paint();
    expect(text(el, ".tgw-groups")).toBe("3 of 3 groups");
    expect(text(el, ".tgw-link")).toBe("hide earlier");
  });

  test("says in words why there is nothing to see", () => {
    const dead = fakeModel({}, () => {
      throw new Error("Cannot send");
    });
    const { el } = opened(dead).view();
    paint();
    expect(text(el, ".tgw-sentence")).toBe(texts.noKernel);
  });

  test("selects with the keyboard, and the kernel hears of it", async () => {
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
    const { el } = view();
    await drawn("load");
    const press = (key: string) =>
      el.querySelector("canvas")?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press("ArrowRight");
    press("Enter");
    expect(model.traits.selected).toEqual(["load-0123456789"]);
    press("e");
    press("Enter");
    expect(model.traits.selected).toEqual(["<img src=x onerror=alert(1)>"]);
    press("Escape");
    expect(model.traits.selected).toEqual([]);
  });

  test("draws nothing while nobody sees it, and everything afterwards", () => {
    inSight = false;
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
    view();
    expect(frames.size).toBe(0);
  });

  test("rests when nothing changes", () => {
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, { ...SUMMARY, ended: 105 }));
    view();
    paint(6);
    expect(frames.size).toBe(0);
  });

  test("follows its height and theme", () => {
    const { model, view } = opened(fakeModel({ theme: "dark", height: 300 }));
    const { el } = view();
    const root = el.querySelector<HTMLElement>(".tgw-root");
    const height = () => root?.style.getPropertyValue("--tgw-height");
    expect(root?.classList.contains("tgw-dark")).toBe(true);
    expect(height()).toBe("300px");
    Object.assign(model.traits, { theme: "light", height: 500 });
    model.emit("change:theme");
    model.emit("change:height");
    expect(root?.classList.contains("tgw-dark")).toBe(false);
    expect(height()).toBe("500px");
  });

  test("that is disposed of leaves nothing behind, and the other one goes on", () => {
    const { model, view } = opened();
    model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
    const first = view();
    const listeners = model.listeners();
    const live = observers.live;
    const pages = [document, window, matchMedia("(prefers-reduced-motion: reduce)")];
    const added = pages.map((page) => vi.spyOn(page, "addEventListener"));
    const second = view();
    paint();
    second.dispose();
    second.dispose();
    expect(second.el.childElementCount).toBe(0);
    expect(model.listeners()).toBe(listeners);
    expect(observers.live).toBe(live);
    for (const spy of added) {
      for (const [, , options] of spy.mock.calls) {
        expect((options as AddEventListenerOptions).signal?.aborted).toBe(true);
      }
    }
    model.emit("msg:custom", UPDATE, wireMessage([], { ended: 105 }, { since: 1, seq: 2 }));
    paint();
    expect(text(first.el, ".tgw-word")).toBe(texts.words.failed);
    first.dispose();
    expect(frames.size).toBe(0);
    expect(observers.live).toBe(0);
  });

  test("that is the last to go is the end of updates until there is one again", () => {
    const { model, view } = opened();
    const sent = () => model.sent.map((request) => (request as { type: string }).type);
    const [first, second] = [view(), view()];
    first.dispose();
    first.dispose();
    expect(sent()).toEqual(["hello"]);
    second.dispose();
    expect(sent()).toEqual(["hello", "bye"]);
    view();
    expect(sent()).toEqual(["hello", "bye", "hello"]);
  });

  test("goes without a bye when the widget has ended", () => {
    const { model, end, view } = opened();
    const { dispose } = view();
    end();
    dispose();
    expect(model.sent).toHaveLength(1);
  });

  test("is disposed of by anywidget's signal as well", () => {
    const model = fakeModel();
    const { initialize, render } = widget();
    const ended = new AbortController();
    initialize({ model, signal: ended.signal });
    const el = document.createElement("div");
    render({ model, el, signal: ended.signal });
    ended.abort();
    expect(el.childElementCount).toBe(0);
    expect(model.listeners()).toBe(0);
  });
});

test("two models have nothing in common", () => {
  const [one, two] = [opened(), opened()];
  one.model.emit("msg:custom", UPDATE, wireMessage(GROUPS, SUMMARY));
  const { el } = two.view();
  paint();
  expect(text(el, ".tgw-sentence")).toBe(texts.connecting);
});
