import { describe, expect, test } from "vitest";
import { heightOf, MOST_PX, ROW_PX, scrolledTo, windowAt } from "../../src/panel/tasks/window.ts";

describe("the rows in sight", () => {
  test("are those that the view shows, and a part of one more", () => {
    expect(windowAt(0, 240, 1000)).toEqual({ first: 0, count: 11, top: 0 });
    expect(windowAt(50, 240, 1000)).toEqual({ first: 2, count: 11, top: 48 });
  });

  test("are fewer at the end, and none of an empty table", () => {
    expect(windowAt(240 - 48, 48, 10)).toEqual({ first: 8, count: 2, top: 192 });
    expect(windowAt(0, 240, 0).count).toBe(0);
  });

  test("reach from the first to the last of ten million, although no browser scrolls so far", () => {
    const rows = 10_000_000;
    expect(heightOf(rows)).toBe(MOST_PX);
    expect(windowAt(0, 240, rows).first).toBe(0);
    const end = windowAt(MOST_PX - 240, 240, rows);
    expect(end.first + end.count).toBeGreaterThanOrEqual(rows - 1);
    expect(end.top + (rows - end.first) * ROW_PX).toBeCloseTo(MOST_PX, 3);
  });

  test("stand where the scrolled view is, also in proportion", () => {
    for (const scrolled of [0, 1234, 7_654_321, 14_000_000]) {
      const { top } = windowAt(scrolled, 240, 1_000_000);
      expect(top).toBeLessThanOrEqual(scrolled);
      expect(top).toBeGreaterThan(scrolled - ROW_PX);
    }
  });
});

describe("scrolling to a row", () => {
  test("moves no further than needed", () => {
    expect(scrolledTo(3, 0, 240, 100)).toBe(0);
    expect(scrolledTo(0, 100, 240, 100)).toBe(0);
    expect(scrolledTo(20, 0, 240, 100)).toBe(21 * ROW_PX - 240);
  });

  test.each([0, 500_000, 999_999])("brings row %i of a million into sight", (row) => {
    const { first, count } = windowAt(scrolledTo(row, 5_000_000, 240, 1_000_000), 240, 1_000_000);
    expect(row).toBeGreaterThanOrEqual(first);
    expect(row).toBeLessThan(first + count);
  });
});
