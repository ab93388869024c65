// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { element } from "../src/dom/element.ts";
import { tree } from "../src/dom/tree.ts";
import { LONGEST_WINDOW, rowsOf, windowAbout } from "../src/dom/tree-rows.ts";
import { LENS, type Lens, opened } from "../src/lens.ts";
import { type Picture, pictureOf } from "../src/picture/index.ts";
import { counts, mirrorOf, named } from "./sample.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const mirror = mirrorOf([
  named(1, "a-1", { states: counts({ memory: 4 }) }),
  named(2, "b", { states: counts({ erred: 1, memory: 1 }), dependencies: [1] }),
  named(3, "a-3", { dependencies: [2] }),
]);
const prefixes: Lens = { ...LENS, level: "prefixes" };

describe("rows", () => {
  const shape = (lens: Lens) =>
    rowsOf(pictureOf(mirror, lens), lens.open).map(
      ({ key, level, expanded, place, siblings }) => `${level} ${key} ${expanded} ${place}/${siblings}`,
    );

  test("are the nodes; those of several groups can be expanded", () => {
    expect(shape(prefixes)).toEqual(["1 prefix a false 1/2", "1 group 2 null 2/2"]);
  });

  test("of groups stand below what they were opened from", () => {
    expect(shape(opened(prefixes, "prefix a", true))).toEqual([
      "1 prefix a true 1/2",
      "2 group 1 null 1/2",
      "2 group 3 null 2/2",
      "1 group 2 null 2/2",
    ]);
  });

  test("about one of many are few, and that one is among them", () => {
    const rows = rowsOf(pictureOf(mirrorOf(many(1000)), { ...LENS, level: "groups" }), new Map());
    for (const at of [0, 5, 500, 998, 999]) {
      const shown = windowAbout(rows, at);
      expect(shown).toHaveLength(LONGEST_WINDOW);
      expect(shown).toContain(rows[at]);
    }
    expect(windowAbout(rows.slice(0, 3), 2)).toHaveLength(3);
  });
});

const many = (count: number) => Array.from({ length: count }, (_, n) => named(n + 1, `g${n}`));

describe("the tree", () => {
  const made = () => {
    const canvas = element("canvas");
    const calls = { onGo: vi.fn(), onFold: vi.fn() };
    const list = tree({ canvas, ...calls });
    const items = () => [...canvas.querySelectorAll<HTMLElement>("[role=treeitem]")];
    const active = () => items().find(({ id }) => id === canvas.getAttribute("aria-activedescendant"));
    const show = (picture: Picture, lens = LENS) => list.update(picture, lens.open, mirror.states);
    return { canvas, list, items, active, show, ...calls };
  };

  test("tells of each node what it is, what it needs and what needs it", () => {
    const { items, show, list } = made();
    show(pictureOf(mirror, LENS));
    expect(items().map(({ textContent }) => textContent)).toEqual([
      "a-1: 4 of 4 tasks done. Needed by b.",
      "b: 1 of 2 tasks done, 1 erred. Needs a. Needed by a.",
      "a-3: 0 of 0 tasks done. Needs b.",
    ]);
    list.dispose();
  });

  test("points at where the keyboard is", () => {
    const { canvas, active, show, list } = made();
    show(pictureOf(mirror, LENS));
    list.focus(2);
    expect(active()?.textContent).toMatch(/^b:/);
    expect(active()?.getAttribute("aria-selected")).toBe("true");
    list.focus(null);
    expect(canvas.hasAttribute("aria-activedescendant")).toBe(false);
    list.dispose();
  });

  test("has a window of 10,000 nodes that moves with the keyboard and knows its place", () => {
    const { items, active, show, list } = made();
    show(pictureOf(mirrorOf(many(10_000)), { ...LENS, level: "groups" }));
    expect(items()).toHaveLength(LONGEST_WINDOW);
    list.focus(5000);
    expect(items()).toHaveLength(LONGEST_WINDOW);
    expect(active()?.textContent).toMatch(/^g4999:/);
    expect(active()?.getAttribute("aria-posinset")).toBe("5000");
    expect(active()?.getAttribute("aria-setsize")).toBe("10000");
    const places = items().map((item) => Number(item.getAttribute("aria-posinset")));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    list.dispose();
  });

  test("is brought up to date at most once a second, in place", () => {
    const { items, show, list } = made();
    const before = pictureOf(mirror, LENS);
    show(before);
    const [first] = items();
    const later = mirrorOf([named(1, "a-1", { states: counts({ memory: 3, erred: 1 }) })]);
    show(pictureOf(later, LENS, before));
    expect(items()).toHaveLength(3);
    vi.advanceTimersByTime(1000);
    expect(items()).toEqual([first]);
    expect(first?.textContent).toBe("a-1: 3 of 4 tasks done, 1 erred.");
    list.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is still when nothing changes", () => {
    const { show, list } = made();
    show(pictureOf(mirror, LENS));
    vi.advanceTimersByTime(2000);
    expect(vi.getTimerCount()).toBe(0);
    list.dispose();
  });

  test("goes to what is pressed, and folds what was opened", () => {
    const lens = opened(prefixes, "prefix a", true);
    const { items, show, list, onGo, onFold } = made();
    show(pictureOf(mirror, lens), lens);
    items()[1]?.click();
    expect(onGo).toHaveBeenCalledWith(1);
    items()[0]?.click();
    expect(onFold).toHaveBeenCalledWith("prefix a");
    list.dispose();
  });

  test("has ids of its own, however often it is made", () => {
    const ids = [made(), made()].flatMap(({ items, show, list }) => {
      show(pictureOf(mirror, LENS));
      list.dispose();
      return items().map(({ id }) => id);
    });
    expect(new Set(ids).size).toBe(6);
  });
});
