// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { breadcrumb, trailOf } from "../src/dom/breadcrumb.ts";
import { type ControlsInput, controls } from "../src/dom/controls.ts";
import { element } from "../src/dom/element.ts";
import { categoryEntries, stateLegend } from "../src/dom/legend.ts";
import { popover } from "../src/dom/popover.ts";
import { searchField } from "../src/dom/search.ts";
import { groupsText } from "../src/dom/summary.ts";
import { watchKeys } from "../src/interaction/keyboard.ts";
import { LENS, type Lens, type LensChange, toggledState } from "../src/lens.ts";
import { pictureOf } from "../src/picture/index.ts";
import { FLOW, mirrorOf, named, node } from "./sample.ts";

const press = (target: Element, key: string, more: KeyboardEventInit = {}) =>
  target.dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }),
  );

const text = (target: Element | undefined | null) => target?.textContent?.trim();

const button = (within: Element, title: string): HTMLButtonElement => {
  const found = [...within.querySelectorAll("button")].find(
    (one) => one.title === title || text(one) === title,
  );
  if (!found) throw new Error(`no button ${title}`);
  return found;
};

afterEach(() => document.body.replaceChildren());

describe("keys", () => {
  const run = vi.fn();
  const root = element("div", { tabindex: "0" });
  let unwatch = () => {};

  beforeEach(() => {
    run.mockClear();
    document.body.append(root);
    root.replaceChildren();
    unwatch = watchKeys(root, run);
  });
  afterEach(() => unwatch());

  test("are commands anywhere in the widget, and go no further", () => {
    const outside = vi.fn();
    document.body.addEventListener("keydown", outside);
    press(root, "n");
    press(root, "d");
    expect(run.mock.calls).toEqual([[{ type: "neighbourhood" }]]);
    expect(outside).toHaveBeenCalledTimes(1);
    document.body.removeEventListener("keydown", outside);
  });

  test.each(["input", "select", "textarea"] as const)("are left to an %s", (tag) => {
    root.append(element(tag));
    for (const key of ["n", "/", "Enter", "ArrowLeft"]) press(root.firstElementChild as Element, key);
    expect(run).not.toHaveBeenCalled();
  });

  test("that press a button are left to it, others are not", () => {
    root.append(element("button"));
    press(root.firstElementChild as Element, "Enter");
    press(root.firstElementChild as Element, " ");
    expect(run).not.toHaveBeenCalled();
    press(root.firstElementChild as Element, "?");
    expect(run).toHaveBeenCalledOnce();
  });
});

test("whatever takes the focus keeps the notebook's shortcuts away from itself", () => {
  const kept = (made: Element) => made.getAttribute("data-lm-suppress-shortcuts");
  for (const tag of ["button", "input", "select"] as const) expect(kept(element(tag))).toBe("true");
  expect(kept(element("div", { tabindex: "-1" }))).toBe("true");
  expect(kept(element("div"))).toBeNull();
});

describe("the search field", () => {
  const made = () => {
    const calls = { onQuery: vi.fn(), onStep: vi.fn(), onClose: vi.fn() };
    const search = searchField(calls);
    document.body.append(search.element);
    const field = search.element.querySelector("input") as HTMLInputElement;
    return { ...calls, search, field, found: () => text(search.element.querySelector("[role=status]")) };
  };

  test("opens with the focus in it, asks as one types and steps with Enter", () => {
    const { search, field, onQuery, onStep, onClose } = made();
    expect(search.isOpen).toBe(false);
    search.open();
    expect(document.activeElement).toBe(field);
    field.value = "mean";
    field.dispatchEvent(new Event("input"));
    expect(onQuery).toHaveBeenLastCalledWith("mean");
    press(field, "Enter");
    press(field, "Enter", { shiftKey: true });
    expect(onStep.mock.calls).toEqual([[1], [-1]]);
    press(field, "Escape");
    expect(onClose).toHaveBeenCalledOnce();
  });

  test("does not step while a word is being composed", () => {
    const { field, onStep } = made();
    press(field, "Enter", { isComposing: true });
    expect(onStep).not.toHaveBeenCalled();
  });

  test("says which of how many", () => {
    const { search, found } = made();
    search.update({ query: "", matches: 0, current: -1 });
    expect(found()).toBe("");
    search.update({ query: "x", matches: 0, current: -1 });
    expect(found()).toBe("no match");
    expect(button(search.element, "Next match (Enter)").disabled).toBe(true);
    search.update({ query: "x", matches: 17, current: -1 });
    expect(found()).toBe("17 matches");
    search.update({ query: "x", matches: 17, current: 2 });
    expect(found()).toBe("3 of 17");
    expect(button(search.element, "Next match (Enter)").disabled).toBe(false);
  });
});

describe("a sheet", () => {
  const made = () => {
    const opener = element("button");
    const field = element("input");
    const sheet = popover({ className: "x", label: "Keys", closeLabel: "Close", content: [field], opener });
    document.body.append(opener, sheet.element);
    return { opener, field, sheet };
  };

  test("takes the focus and gives it back on Escape", () => {
    const { opener, field, sheet } = made();
    opener.focus();
    sheet.toggle();
    expect(sheet.isOpen).toBe(true);
    expect(opener.getAttribute("aria-expanded")).toBe("true");
    expect(sheet.element.contains(document.activeElement)).toBe(true);
    press(field, "Escape");
    expect(sheet.isOpen).toBe(false);
    expect(opener.getAttribute("aria-expanded")).toBe("false");
    expect(document.activeElement).toBe(opener);
  });

  test("closes on a press elsewhere, and leaves the focus there", () => {
    const { field, sheet } = made();
    sheet.toggle();
    const down = () => new Event("pointerdown", { bubbles: true, composed: true });
    field.dispatchEvent(down());
    expect(sheet.isOpen).toBe(true);
    document.body.dispatchEvent(down());
    expect(sheet.isOpen).toBe(false);
  });
});

describe("the legend", () => {
  const made = () => {
    const toggle = vi.fn();
    const legend = stateLegend(toggle);
    document.body.append(legend.element);
    const keys = () => [...legend.element.querySelectorAll<HTMLButtonElement>("button.tgw-pick")];
    return { toggle, legend, keys };
  };
  const bar = [
    { state: "memory", count: 1200 },
    { state: "waiting", count: 3 },
  ];

  test("filters by what is pressed", () => {
    const { legend, keys, toggle } = made();
    legend.update(bar, new Set(), "light");
    expect(keys().map(text)).toEqual(["1,200 in memory", "3 waiting"]);
    keys()[1]?.click();
    expect(toggle).toHaveBeenCalledWith("waiting");
    legend.update(bar, new Set(["waiting"]), "light");
    expect(keys().map((key) => key.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
  });

  test("keeps its buttons, and with them the focus, when numbers change", () => {
    const { legend, keys } = made();
    legend.update(bar, new Set(), "light");
    const [first] = keys();
    first?.focus();
    legend.update([{ state: "memory", count: 1203 }], new Set(), "light");
    expect(keys()).toEqual([first]);
    expect(document.activeElement).toBe(first);
  });

  test("keeps a state that is picked although no task is in it", () => {
    const { legend, keys } = made();
    legend.update(bar, new Set(["erred"]), "light");
    expect(keys().map(text)).toContain("0 erred");
  });
});

test("categories have their colours and counts", () => {
  const [numpy, pandas] = categoryEntries(
    [
      { label: "numpy", hue: 0, count: 1200 },
      { label: "pandas", hue: 1, count: 3 },
    ],
    "dark",
  );
  const colour = (entry: Element | undefined) => entry?.querySelector("i")?.style.backgroundColor;
  expect([text(numpy), text(pandas)]).toEqual(["1,200 numpy", "3 pandas"]);
  expect(colour(numpy)).not.toBe(colour(pandas));
});

describe("the breadcrumb", () => {
  const many = Array.from({ length: 200 }, (_, n) => named(n + 1, `${n % 2 ? "x" : "y"}-${n}`));
  const texts = (lens: Lens, picture = pictureOf(mirrorOf(), lens), searching = false) =>
    trailOf(lens, picture, searching).map((part) => part.map((crumb) => crumb.text ?? crumb.icon).join(" "));

  test("is silent when there is nothing to say", () => {
    expect(texts(LENS)).toEqual([]);
    expect(texts({ ...LENS, query: "x" }, undefined, true)).toEqual([]);
  });

  test("names the neighbourhood, the filter, the search and what was opened", () => {
    const lens: Lens = {
      ...LENS,
      focus: { node: 2, up: 2, down: 1 },
      states: new Set(["erred", "memory"]),
      query: "mean",
      open: new Map([["prefix x", true]]),
    };
    expect(texts(lens)).toEqual([
      "All groups neighbourhood of y 2 up, 1 down minus plus close",
      "1 card opened or folded close",
      "only in memory, erred close",
      "search: mean close",
    ]);
  });

  test("says why there are prefixes, and offers the groups", () => {
    const picture = pictureOf(mirrorOf(many), LENS);
    expect(texts(LENS, picture)).toEqual(["Prefixes, as there are 200 groups show groups"]);
    expect(texts({ ...LENS, level: "prefixes" }, picture)).toEqual(["cards: prefixes close"]);
    expect(texts({ ...LENS, level: "groups" }, picture)).toEqual([
      "Prefixes, as there are 200 groups",
      "cards: groups close",
    ]);
  });

  test("each part undoes itself, and what is pressed again keeps the focus", () => {
    let lens: Lens = { ...toggledState(LENS, "erred"), focus: { node: 2, up: 1, down: 1 } };
    const left = vi.fn();
    const line = breadcrumb((change) => {
      lens = change(lens);
    }, left);
    document.body.append(line.element);
    const show = () => line.update(trailOf(lens, pictureOf(mirrorOf(), lens), false));
    show();
    const narrower = button(line.element, "Fewer steps ([)");
    const wider = button(line.element, "More steps (])");
    const areOff = () => [narrower, wider].map((one) => one.getAttribute("aria-disabled"));
    expect(areOff()).toEqual(["false", "true"]);
    narrower.focus();
    narrower.click();
    show();
    expect(lens.focus).toEqual({ node: 2, up: 0, down: 0 });
    expect(areOff()).toEqual(["true", "false"]);
    narrower.click();
    expect(lens.focus).toEqual({ node: 2, up: 0, down: 0 });
    expect(document.activeElement).toBe(narrower);
    expect(left).not.toHaveBeenCalled();
    button(line.element, "All groups").click();
    show();
    expect(lens.focus).toBeNull();
    button(line.element, "Undo this").click();
    show();
    expect(lens).toEqual(LENS);
    expect(line.element.hidden).toBe(true);
    expect(left).toHaveBeenCalledTimes(2);
  });
});

test("the summary says how many groups are shown, and as how many cards", () => {
  const mirror = mirrorOf([named(1, "a-1"), named(2, "a-2"), named(3, "b", { dependencies: [2] })]);
  const said = (lens: Partial<Lens>) => groupsText(pictureOf(mirror, { ...LENS, ...lens }));
  expect(said({})).toBe("3 of 3 groups");
  expect(said({ level: "prefixes" })).toBe("3 of 3 groups as 2 prefixes");
  expect(said({ focus: { node: 3, up: 1, down: 1 } })).toBe("2 of 3 groups");
});

describe("the controls", () => {
  const mirror = mirrorOf(FLOW);

  function made() {
    let lens = LENS;
    const calls = { focusGraph: vi.fn(), run: vi.fn(), tell: vi.fn() };
    const input = (): ControlsInput => ({
      lens,
      picture: pictureOf(mirror, lens),
      matches: 0,
      current: -1,
    });
    const root = element("div");
    const over = controls({
      root,
      node: () => node(mirror, 2),
      ...calls,
      leavePanel: () => false,
      onLens: (change: LensChange) => {
        lens = change(lens);
        over.update(input());
      },
      png: () => Promise.reject(new Error("no picture")),
      svg: () => "<svg/>",
    });
    root.append(...over.elements);
    document.body.append(root);
    over.update(input());
    return { ...calls, root, over, lens: () => lens };
  }

  test("back undoes one thing at a time: help, search, neighbourhood, filter, and then nothing", () => {
    const { over, root, lens } = made();
    over.run({ type: "neighbourhood" });
    expect(lens().focus?.node).toBe(2);
    over.run({ type: "search" });
    over.run({ type: "help" });
    const help = root.querySelector<HTMLElement>(".tgw-help");
    const search = root.querySelector<HTMLElement>(".tgw-search");
    expect([help?.hidden, search?.hidden]).toEqual([false, false]);
    expect(over.run({ type: "back" })).toBe(true);
    expect([help?.hidden, search?.hidden]).toEqual([true, false]);
    expect(over.run({ type: "back" })).toBe(true);
    expect(search?.hidden).toBe(true);
    expect(over.run({ type: "back" })).toBe(true);
    expect(lens().focus).toBeNull();
    expect(over.run({ type: "back" })).toBe(false);
    over.dispose();
  });

  test("a key that leads nowhere says so", () => {
    const { over, tell } = made();
    over.run({ type: "widen", by: 1 });
    over.run({ type: "neighbourhood" });
    over.run({ type: "widen", by: 1 });
    over.run({ type: "widen", by: -1 });
    expect(tell.mock.calls).toEqual([["More steps reach nothing more"]]);
    over.run({ type: "widen", by: -1 });
    expect(tell).toHaveBeenLastCalledWith("There are no fewer steps");
    over.dispose();
  });

  test("leaving the search forgets it and goes back to the graph", () => {
    const { over, root, lens, focusGraph } = made();
    over.run({ type: "search" });
    const field = root.querySelector(".tgw-field") as HTMLInputElement;
    field.value = "y";
    field.dispatchEvent(new Event("input"));
    expect(lens().query).toBe("y");
    press(field, "Escape");
    expect(lens().query).toBe("");
    expect(focusGraph).toHaveBeenCalledOnce();
    over.dispose();
  });

  test("the menu shows the lens and changes it", () => {
    const { over, root, lens } = made();
    over.run({ type: "level" });
    const [level, , colouring] = root.querySelectorAll<HTMLSelectElement>(".tgw-menu select");
    expect(level?.value).toBe("groups");
    if (colouring) colouring.value = "library";
    colouring?.dispatchEvent(new Event("change"));
    expect(lens().colouring).toBe("library");
    const [follow] = root.querySelectorAll<HTMLInputElement>(".tgw-menu input");
    follow?.click();
    expect(lens().follow).toBe(true);
    over.dispose();
  });

  test("a name that is copied is said to be", async () => {
    const { over, root, tell } = made();
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    over.run({ type: "copy", what: "name" });
    await vi.waitFor(() => expect(tell).toHaveBeenCalledWith("Copied"));
    expect(writeText).toHaveBeenCalledWith("y");
    expect(text(root.querySelector(".tgw-hint"))).toBe("Copied");
    over.dispose();
    vi.unstubAllGlobals();
  });

  test("full screen is offered only where there is one", () => {
    const { over, root } = made();
    expect(root.classList.contains("tgw-no-full")).toBe(true);
    over.dispose();
  });
});
