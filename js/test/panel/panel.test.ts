// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Ink } from "../../src/draw/ink.ts";
import type { Inquiry, InquiryState } from "../../src/inquiry.ts";
import { LENS } from "../../src/lens.ts";
import type { Mirror } from "../../src/mirror.ts";
import { type PanelInput, panel } from "../../src/panel/panel.ts";
import { TABS } from "../../src/panel/tabs.ts";
import { pictureOf } from "../../src/picture/index.ts";
import { EMPTY_STUDY } from "../../src/study.ts";
import { texts } from "../../src/texts.ts";
import { PALETTES } from "../../src/theme.ts";
import type { Answer, Subject } from "../../src/wire-study.ts";
import { counts, mirrorOf, named } from "../sample.ts";

const INK: Ink = { theme: "light", palette: PALETTES.light, fontFamily: "sans", pixelRatio: 1 };
const X = "x-0123456789abcdef";
const EVIL = "<img src=x onerror=alert(1)>";

const ERROR = {
  count: 3,
  exception: `ValueError('${EVIL}')`,
  exceptionLength: 40,
  traceback: '  File "/home/ada/load.py", line 1, in read\n    boom()',
  tracebackLength: 90_000,
  key: "y",
  group: "y",
  workers: ["tcp://a"],
};

const GROUPS = [
  named(1, X, { states: counts({ memory: 4 }), start: 1, nbytesTotal: 4096, types: ["int"] }),
  named(2, "y", {
    states: counts({ processing: 1, erred: 3 }),
    dependencies: [1],
    running: [{ key: "y-slow", worker: "tcp://a", start: 90 }],
    errors: [ERROR],
  }),
  named(3, EVIL, { states: counts({ waiting: 2 }), dependencies: [2] }),
];

const ROW = {
  reference: 5,
  key: "('x', 0)",
  state: "memory",
  worker: null,
  secondsRunning: null,
  nbytes: 8,
  type: "int",
  retries: 0,
  suspicious: 0,
};

function fakeInquiry(answers: Partial<Record<Subject, Answer<Subject>>> = {}) {
  const state: InquiryState = { study: EMPTY_STUDY, prefix: null, busy: false, trouble: "" };
  const made = { state, followed: [] as unknown[] };
  const inquiry: Inquiry = {
    get state() {
      return made.state;
    },
    follow: (group, columns) => void made.followed.push([group, columns]),
    unfollow: vi.fn(),
    ask: vi.fn(async (_, subject: Subject) => answers[subject] ?? { type: "stale" }) as Inquiry["ask"],
    receive() {},
    subscribe: () => () => {},
    dispose: vi.fn(),
  };
  return { made, inquiry };
}

function opened(answers: Partial<Record<Subject, Answer<Subject>>> = {}) {
  const { made, inquiry } = fakeInquiry(answers);
  const calls = { onGroup: vi.fn(), onClose: vi.fn(), copy: vi.fn() };
  const shown = panel({ inquiry, tabs: TABS, onChange: () => update(), ...calls });
  document.body.append(shown.element);
  let input: Omit<PanelInput, "picture"> = { mirror: mirrorOf(GROUPS), selected: [], now: 110, ink: INK };
  function update(change: Partial<typeof input> = {}) {
    input = { ...input, ...change };
    shown.update({ ...input, picture: pictureOf(input.mirror, LENS) });
  }
  update();
  return { shown, update, made, inquiry, ...calls, text: () => shown.element.textContent ?? "" };
}

const button = (root: Element, name: string) =>
  [...root.querySelectorAll("button")].find(
    (each) => each.getAttribute("aria-label") === name || each.textContent?.includes(name),
  );

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      disconnect() {}
    },
  );
  vi.spyOn(HTMLElement.prototype, "clientHeight", "get").mockReturnValue(240);
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.replaceChildren();
  localStorage.clear();
});

describe("the panel", () => {
  test("opens with the selection and closes with it", () => {
    const { shown, update, made } = opened();
    expect(shown.isOpen).toBe(false);
    update({ selected: [X] });
    expect(shown.isOpen).toBe(true);
    expect(made.followed).toEqual([[1, ["state"]]]);
    update({ selected: [] });
    expect(shown.isOpen).toBe(false);
  });

  test("that was closed stays closed until something is selected, be it the same", () => {
    const { shown, update, onClose, inquiry } = opened();
    update({ selected: [X] });
    button(shown.element, texts.panel.close)?.click();
    update({ mirror: mirrorOf(GROUPS) });
    expect(shown.isOpen).toBe(false);
    expect(onClose).toHaveBeenCalledOnce();
    expect(inquiry.unfollow).toHaveBeenCalled();
    shown.reopen();
    expect(shown.isOpen).toBe(true);
    expect(shown.back()).toBe(true);
    expect(shown.back()).toBe(false);
    update({ selected: ["y"] });
    expect(shown.isOpen).toBe(true);
  });

  test("shows several groups as links, with a way back", () => {
    const { shown, update, text } = opened();
    update({ selected: [X, "y"] });
    expect(text()).toContain("2 groups");
    button(shown.element, "4/4")?.click();
    expect(text()).toContain("4/4 tasks");
    expect(shown.back()).toBe(true);
    expect(text()).not.toContain("4/4 tasks");
  });

  test("keeps the last facts of a group that the page no longer knows", () => {
    const { update, text } = opened();
    update({ selected: ["y"] });
    const without: Mirror = mirrorOf(GROUPS.slice(0, 1));
    update({ mirror: without });
    expect(text()).toContain(texts.panel.gone);
    expect(text()).toContain("0/4 tasks");
  });

  test("says when the kernel is busy", () => {
    const { made, update, text } = opened();
    update({ selected: ["y"] });
    made.state = { ...made.state, busy: true };
    update();
    expect(text()).toContain(texts.panel.busy);
  });

  test("walks its tabs with the arrow keys", () => {
    const { shown, update } = opened();
    update({ selected: ["y"] });
    const tabs = [...shown.element.querySelectorAll<HTMLElement>("[role=tab]")];
    const press = (tab: HTMLElement | undefined, key: string) =>
      tab?.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    press(tabs[0], "ArrowLeft");
    expect(tabs.at(-1)?.getAttribute("aria-selected")).toBe("true");
    press(tabs.at(-1), "Home");
    expect(tabs.map((tab) => tab.getAttribute("aria-selected"))).toEqual(["true", "false", "false"]);
    expect(tabs.map((tab) => tab.tabIndex)).toEqual([0, -1, -1]);
  });

  test("remembers its width", () => {
    const first = opened().shown.element;
    vi.spyOn(first, "offsetWidth", "get").mockReturnValue(400);
    const handle = first.querySelector("[role=separator]");
    handle?.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowLeft", bubbles: true }));
    expect(first.style.getPropertyValue("--tgw-panel-width")).toBe("424px");
    expect(opened().shown.element.style.getPropertyValue("--tgw-panel-width")).toBe("424px");
  });

  test("has its own way where pages may remember nothing", () => {
    vi.stubGlobal("localStorage", undefined);
    expect(opened().shown.element.style.getPropertyValue("--tgw-panel-width")).toBe("380px");
  });
});

describe("the overview", () => {
  test("tells numbers, neighbours and what runs", () => {
    const { shown, update, onGroup, text } = opened();
    update({ selected: ["y"] });
    expect(text()).toContain("0/4 tasks");
    expect(text()).toContain("in memory now…");
    expect(text()).toContain("y-slow");
    expect(text()).toContain("20.0 s");
    button(shown.element, EVIL)?.click();
    expect(onGroup).toHaveBeenCalledWith(3);
    expect(shown.element.querySelector("img")).toBeNull();
  });

  test("knows what is in memory once all tasks are in", () => {
    const { update, made, text } = opened();
    made.state = {
      ...made.state,
      study: { ...EMPTY_STUDY, group: 1, generation: 1, complete: true, held: 2048 },
    };
    update({ selected: [X] });
    expect(text()).toContain("in memory now2 KiB");
  });
});

describe("the errors", () => {
  test("are there at once, as text, and say what was cut", () => {
    const { shown, update, text } = opened();
    update({ selected: ["y"] });
    shown.show("errors");
    expect(text()).toContain(ERROR.exception);
    expect(text()).toContain("3 tasks");
    expect(text()).toContain("of 90,040 characters");
    expect(shown.element.querySelector("img")).toBeNull();
  });
});

describe("the tasks", () => {
  const study = {
    ...EMPTY_STUDY,
    group: 1,
    generation: 1,
    complete: true,
    count: 4,
    states: Uint8Array.of(0, 0, 0, 0),
    stateNames: ["memory"],
  };

  test("that came by themselves are shown until all are known", () => {
    const { shown, update, text } = opened();
    update({ selected: ["y"] });
    shown.show("tasks");
    expect(text()).toContain(texts.panel.tasks.pushed);
    expect(text()).toContain("…-slow");
  });

  test("are listed, and open with a way back", async () => {
    const task = {
      ...{
        reference: 5,
        row: ROW,
        group: "x",
        priority: "",
        annotations: "",
        whoHas: ["tcp://a"],
        holders: 3,
      },
      ...{ clients: [], restrictions: {}, resources: {}, waitingOn: 0, dependencies: 1, dependents: 0 },
      ...{ error: null, uses: [{ ...ROW, reference: 6, key: EVIL }], usedBy: [] },
    };
    const { shown, update, made, text, inquiry } = opened({
      rows: { type: "told", told: [0, 1, 2, 3].map((at) => ({ ...ROW, key: `('${X}', ${at})` })) },
      task: { type: "told", told: task },
    });
    made.state = { ...made.state, study };
    update({ selected: [X] });
    shown.show("tasks");
    await vi.waitFor(() => expect(text()).toContain("(…, 3)"));
    expect(text()).toContain("4 tasks");
    shown.element.querySelector<HTMLElement>(".tgw-rows code")?.click();
    await vi.waitFor(() => expect(text()).toContain("('x', 0)"));
    expect(inquiry.ask).toHaveBeenCalledWith(1, "task", { place: 0, generation: 1 });
    expect(text()).toContain("and 2 more");
    expect(shown.element.querySelector("img")).toBeNull();
    button(shown.element, texts.panel.back)?.click();
    expect(text()).toContain("(…, 3)");
  });
});
