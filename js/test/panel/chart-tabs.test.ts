// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ink } from "../../src/draw/ink.ts";
import { layOf, movedBy } from "../../src/panel/blocks.ts";
import { wrapping } from "../../src/panel/charts/wrapping.ts";
import { chunks } from "../../src/panel/chunks.ts";
import { processingPlaces, runningOf } from "../../src/panel/running.ts";
import type { Tab, TabState } from "../../src/panel/tab.ts";
import { timeKey } from "../../src/panel/time-control.ts";
import { timeline } from "../../src/panel/timeline.ts";
import { columnsFor } from "../../src/panel/worker-rows.ts";
import { workers } from "../../src/panel/workers.ts";
import { EMPTY_STUDY, type Study } from "../../src/study.ts";
import { texts } from "../../src/texts.ts";
import { PALETTES } from "../../src/theme.ts";
import { recorder } from "../recorder.ts";
import { counts, group, mirrorOf, named } from "../sample.ts";

const INK: Ink = { theme: "light", palette: PALETTES.light, fontFamily: "sans", pixelRatio: 1 };
const words = texts.charts;
const SIZE = { width: 400, height: 300 };

const canvas = recorder();
const ctx = new Proxy(canvas.ctx, {
  get: (target, name) =>
    name === "getImageData"
      ? () => ({ data: new Uint8ClampedArray(4) })
      : target[name as keyof typeof target],
});

class Observer {
  readonly report: (entries: readonly object[]) => void;
  constructor(report: (entries: readonly object[]) => void) {
    this.report = report;
  }
  observe() {
    this.report([{ isIntersecting: true }]);
  }
  disconnect() {}
}

beforeEach(() => {
  canvas.calls.length = 0;
  vi.stubGlobal("ResizeObserver", Observer);
  vi.stubGlobal("IntersectionObserver", Observer);
  vi.stubGlobal("ImageData", class {});
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(ctx as never);
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(SIZE.width);
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(SIZE.height);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
});

const STATES = ["memory", "processing", "erred"];

/** Of group 1: (0, 0), (0, 1) and (1, 0) in memory, (1, 1) runs. */
const STUDY: Study = {
  ...EMPTY_STUDY,
  group: 1,
  generation: 7,
  complete: true,
  count: 4,
  time: 110,
  states: Uint8Array.of(0, 0, 0, 1),
  workers: Uint16Array.of(1, 1, 2, 1),
  nbytes: Float32Array.of(1024, 1024, 1024, -1),
  blocks: Int32Array.of(0, 0, 0, 1, 1, 0, 1, 1),
  dimensions: 2,
  stateNames: STATES,
  workerNames: ["tcp://a:1", "tcp://b:1"],
  timings: [1, 2, 3].map((seconds, place) => ({ place, worker: 1, start: 100, stop: 100 + seconds })),
};

const ROW = { reference: 9, state: "processing", nbytes: null, type: "", retries: 0, suspicious: 0 };

function stateOf(study: Partial<Study> = {}, change: Partial<TabState> = {}): TabState {
  const running = [{ key: "slow", worker: "tcp://a:1", start: 90 }];
  const mirror = mirrorOf([named(1, "x", { states: counts({ memory: 3, processing: 1 }), running })]);
  const prefix = { durationAverage: 2, longest: 9, suspicious: 0 };
  const given = { study: { ...STUDY, ...study }, prefix, busy: false, absent: "", now: 110, ink: INK };
  return { group: group(mirror, 1), mirror, ...given, ...change };
}

function mounted(tab: Tab) {
  const host = {
    refresh: vi.fn(),
    ask: vi.fn(async () => ({ type: "stale" }) as const),
    openTask: vi.fn(),
    openGroup: vi.fn(),
    copy: vi.fn(),
  };
  const view = tab.mount(host);
  document.body.append(view.element);
  const find = (selector: string) => view.element.querySelector<HTMLElement>(selector);
  const face = view.element.querySelector("canvas") as HTMLCanvasElement;
  const press = (key: string) => {
    const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
    face.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const point = (type: string, x: number, y: number) => {
    const at = { clientX: x, clientY: y, bubbles: true };
    face.dispatchEvent(type === "click" ? new MouseEvent(type, at) : new PointerEvent(type, at));
  };
  return { host, view, find, face, press, point, text: () => view.element.textContent ?? "" };
}

describe("the chunks", () => {
  test("are summed up in words, by state", () => {
    const { view, face, text } = mounted(chunks);
    view.update(stateOf());
    expect(text()).toContain("2 × 2 blocks, 4 tasks");
    expect(face.getAttribute("aria-label")).toContain("3 in memory, 1 processing");
    expect(canvas.named("drawImage").length).toBeGreaterThan(0);
    view.dispose();
  });

  test("say why there is no grid", () => {
    const { view, text } = mounted(chunks);
    const nothing = { dimensions: null, blocks: new Int32Array() };
    view.update(stateOf(nothing));
    expect(text()).toContain(words.reading);
    view.update(stateOf({ ...nothing, dimensions: 0 }));
    expect(text()).toContain(words.noBlocks);
    view.update(stateOf({ blocks: new Int32Array(8).fill(-1), generation: 9 }));
    expect(text()).toContain(words.noBlocks);
    view.update(stateOf({ ...nothing, group: 0 }, { absent: "They are gone." }));
    expect(text()).toContain("They are gone.");
    view.update(stateOf({ blocks: Int32Array.of(0, 0, 0, 9, 9, 0, 9, 9), generation: 8 }));
    expect(text()).toContain("Of a grid of 10 × 10 blocks these tasks fill 4 %");
  });

  test("are not read from the study of another group", () => {
    const { view, text } = mounted(chunks);
    view.update(stateOf({ group: 2 }));
    expect(text()).toContain(words.reading);
  });

  test("open their task by click and by key, and are named on the way", () => {
    const { view, host, press, point, find } = mounted(chunks);
    view.update(stateOf());
    const { x, y, px } = layOf([2, 2], wrapping({ rows: 2, columns: 2 }, SIZE, 26), SIZE, 1);
    point("pointermove", x + 1.5 * px, y + 0.5 * px);
    view.update(stateOf());
    expect(find(".tgw-hover")?.textContent).toBe("(0, 1)statein memoryworkertcp://a:1");
    point("click", x + 1.5 * px, y + 0.5 * px);
    expect(host.openTask).toHaveBeenLastCalledWith({ place: 1, generation: 7 });
    expect(["ArrowDown", "ArrowDown", "ArrowRight", "Enter", "x"].map(press)).toEqual([
      ...[true, true, true, true],
      false,
    ]);
    expect(find("[role=status]")?.textContent).toBe("(1, 1): processing, tcp://a:1");
    expect(host.openTask).toHaveBeenLastCalledWith({ place: 3, generation: 7 });
  });

  test("of more than two axes have a slider for each further one", () => {
    const { view, find, text } = mounted(chunks);
    const cube = Array.from({ length: 8 }, (_, at) => [at >> 2, (at >> 1) & 1, at & 1]).flat();
    const study = {
      dimensions: 3,
      count: 8,
      blocks: Int32Array.from(cube),
      states: Uint8Array.of(0, 0, 0, 0, 1, 1, 1, 1),
      workers: new Uint16Array(8),
    };
    view.update(stateOf(study));
    expect(text()).toContain("axis 0");
    const slider = find("input") as HTMLInputElement;
    slider.value = "1";
    slider.dispatchEvent(new Event("input"));
    view.update(stateOf(study));
    expect(find(".tgw-legend")?.textContent).toBe("4 processing");
  });
});

test("arrow keys walk over blocks, and in a strip over the ends of its lines", () => {
  const plane = wrapping({ rows: 3, columns: 4 }, SIZE, 26);
  expect(movedBy("ArrowRight", null, plane)).toEqual({ row: 0, column: 0 });
  expect(movedBy("ArrowRight", { row: 1, column: 3 }, plane)).toEqual({ row: 1, column: 3 });
  expect(movedBy("ArrowDown", { row: 1, column: 3 }, plane)).toEqual({ row: 2, column: 3 });
  expect(movedBy("End", { row: 1, column: 0 }, plane)).toEqual({ row: 1, column: 3 });
  const strip = wrapping({ rows: 1, columns: 1000 }, SIZE, 26);
  const at = strip.length - 1;
  expect(movedBy("ArrowRight", { row: 0, column: at }, strip)).toEqual({ row: 0, column: at + 1 });
  expect(movedBy("ArrowUp", { row: 0, column: at + 1 }, strip)).toEqual({ row: 0, column: 0 });
  expect(movedBy("a", null, strip)).toBeNull();
});

describe("the workers", () => {
  test("are rows with the most first, the median and the most above them", () => {
    const { view, find, text } = mounted(workers);
    view.update(stateOf());
    view.update(stateOf());
    expect(text()).toContain("2 of 2 workers have tasks of this group");
    expect(find("button")?.textContent).toBe("Tasks1.5×median 2max 3");
    const cells = [...view.element.querySelectorAll("td")].map(({ textContent }) => textContent);
    expect(cells).toEqual(["tcp://a:1", "3", "2 KiB", "6.00 s", "tcp://b:1", "1", "1 KiB", "0 s"]);
    expect(canvas.named("fillText").map(([, name]) => name)).toContain("a:1");
    view.dispose();
  });

  test("say when none has any", () => {
    const { view, text } = mounted(workers);
    const study = { workers: new Uint16Array(4), timings: [] };
    view.update(stateOf(study));
    view.update(stateOf(study));
    expect(text()).toContain(words.noWorkers);
  });

  test("show every number of the one that is pointed at or walked to", () => {
    const { view, face, press, find } = mounted(workers);
    view.update(stateOf());
    face.focus();
    expect(press("ArrowDown")).toBe(true);
    vi.spyOn(face, "matches").mockReturnValue(true);
    view.update(stateOf());
    expect(find(".tgw-hover")?.textContent).toContain("tcp://a:1Tasks3in memory2processing1Memory2 KiB");
  });

  test("show one measure in a narrow panel, three in a wide one", () => {
    expect(columnsFor(360, "held").columns.map(({ measure }) => measure)).toEqual(["held"]);
    const { name, columns } = columnsFor(700, "held");
    expect([name, columns.length]).toEqual([160, 3]);
    expect((columns[2]?.x ?? 0) + (columns[2]?.width ?? 0)).toBeCloseTo(700);
  });
});

describe("the timeline", () => {
  test("names a straggler while it runs", () => {
    const { view, text } = mounted(timeline);
    view.update(stateOf());
    expect(text()).toContain("3 finished since you opened this, 1 known to run");
    expect(text()).toContain("1 running for longer than 6.00 s");
    expect(text()).toContain("slow");
    expect(text()).toContain("20.0 s · 3.3×");
    view.dispose();
  });

  test("opens a straggler that can be asked about", () => {
    const first = [{ ...ROW, key: "slow", worker: "tcp://a:1", secondsRunning: 20 }];
    const { view, host } = mounted(timeline);
    view.update(stateOf({ first }));
    view.element.querySelector<HTMLElement>("li button")?.click();
    expect(host.openTask).toHaveBeenCalledWith({ reference: 9 });
    view.dispose();
  });

  test("shows what came by itself while nothing else is told", () => {
    const { view, text, host } = mounted(timeline);
    view.update(stateOf({ ...EMPTY_STUDY }));
    expect(text()).toContain("0 finished since you opened this, 1 known to run");
    expect(host.ask).not.toHaveBeenCalled();
    view.dispose();
  });

  test("lets nothing run on that the scheduler has forgotten", () => {
    const { view, text } = mounted(timeline);
    view.update(stateOf({ gone: true }));
    expect(text()).toContain("0 known to run");
    view.dispose();
  });

  test("draws nothing while nothing runs", () => {
    const { view, text, face } = mounted(timeline);
    view.update(stateOf({ timings: [], gone: true }));
    expect(text()).toContain(words.nothingRan);
    expect(face.closest("[hidden]")).not.toBeNull();
    view.update(stateOf());
    expect(face.closest("[hidden]")).toBeNull();
    view.dispose();
  });

  test("asks which tasks run, but not again and again", () => {
    const { view, host } = mounted(timeline);
    view.update(stateOf());
    view.update(stateOf());
    expect(host.ask).toHaveBeenCalledTimes(1);
    expect(host.ask).toHaveBeenCalledWith("rows", { places: [3], generation: 7 });
    view.dispose();
  });

  test("is zoomed, moved and made whole by keys", () => {
    const hands = { onZoom: vi.fn(), onPan: vi.fn(), onWhole: vi.fn() };
    expect(["+", "-", "ArrowLeft", "End", "Home", "x"].map((key) => timeKey(key, hands))).toEqual([
      ...[true, true, true, true, true],
      false,
    ]);
    expect(hands.onZoom.mock.calls).toEqual([
      [2, 0.5],
      [0.5, 0.5],
    ]);
    expect(hands.onPan).toHaveBeenCalledTimes(2);
    expect(hands.onWhole).toHaveBeenCalledOnce();
  });

  test("leaves a plain wheel to the page until it has the focus", () => {
    const { view, face, find } = mounted(timeline);
    view.update(stateOf());
    const wheel = (ctrlKey: boolean) => {
      const made = new MouseEvent("wheel", { ctrlKey, bubbles: true, cancelable: true });
      const event = Object.assign(made, { deltaX: 0, deltaY: -100, deltaMode: 0 });
      face.dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(wheel(false)).toBe(false);
    expect(wheel(true)).toBe(true);
    view.update(stateOf());
    expect(find(".tgw-time-head button")?.hidden).toBe(false);
    vi.spyOn(face, "matches").mockReturnValue(true);
    expect(wheel(false)).toBe(true);
    view.dispose();
  });
});

describe("what runs", () => {
  test("is told once, however it is known", () => {
    const first = [{ ...ROW, key: "slow", worker: "tcp://a:1", secondsRunning: 20 }];
    const asked = [
      { key: "new", worker: "tcp://b:1", reference: 4, place: 3, start: 109 },
      { key: "over", worker: "tcp://b:1", reference: 5, place: 2, start: 100 },
    ];
    expect(runningOf(stateOf({ first }), asked)).toEqual([
      { key: "slow", worker: "tcp://a:1", reference: 9, start: 90 },
      asked[0],
    ]);
  });

  test("is looked for among the tasks that are with a worker, within bounds", () => {
    const states = Uint8Array.of(1, 0, 1, 1, 1);
    expect(processingPlaces({ ...STUDY, states, count: 4 }, 10)).toEqual([0, 2, 3]);
    expect(processingPlaces({ ...STUDY, states, count: 4 }, 2)).toEqual([0, 2]);
    expect(processingPlaces({ ...STUDY, stateNames: [] }, 2)).toEqual([]);
  });
});
