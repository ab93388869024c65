import { describe, expect, test } from "vitest";
import { blockAt, cellOf, cellPx, roundUp, wrapping } from "../../src/panel/charts/wrapping.ts";

const ROOM = { width: 400, height: 200 };

describe("a plane of blocks", () => {
  test("of two axes lies as it is", () => {
    const wrapped = wrapping({ rows: 20, columns: 30 }, ROOM, 26);
    expect(wrapped).toMatchObject({ length: 30, gap: 0, width: 30, height: 20 });
    expect(cellOf(wrapped, 3, 7)).toEqual({ x: 7, y: 3 });
    expect(blockAt(wrapped, { x: 7, y: 3 })).toEqual({ row: 3, column: 7 });
    expect(cellPx(wrapped, ROOM)).toBe(10);
  });

  test("of one axis becomes lines that begin with round numbers", () => {
    const wrapped = wrapping({ rows: 1, columns: 5000 }, ROOM, 26);
    expect(wrapped).toMatchObject({ along: "columns", length: 100, gap: 0, width: 100, height: 50 });
    expect(cellOf(wrapped, 0, 203)).toEqual({ x: 3, y: 2 });
    expect(blockAt(wrapped, { x: 3, y: 2 })).toEqual({ row: 0, column: 203 });
  });

  test("of a few blocks in a row stays one line", () => {
    expect(wrapping({ rows: 1, columns: 12 }, ROOM, 26)).toMatchObject({ length: 12, width: 12, height: 1 });
  });

  test("that is long and low is cut into bands with a gap between them", () => {
    const wrapped = wrapping({ rows: 4, columns: 20_000 }, ROOM, 26);
    expect(wrapped).toMatchObject({ along: "columns", gap: 1 });
    const { length } = wrapped;
    expect(cellOf(wrapped, 2, length + 5)).toEqual({ x: 5, y: 7 });
    expect(blockAt(wrapped, { x: 5, y: 7 })).toEqual({ row: 2, column: length + 5 });
    expect(blockAt(wrapped, { x: 5, y: 4 })).toBeNull();
    expect(cellPx(wrapped, ROOM)).toBeGreaterThan(20 * cellPx({ width: 20_000, height: 4 }, ROOM));
  });

  test("that is high and narrow is cut into bands side by side", () => {
    const wrapped = wrapping({ rows: 20_000, columns: 4 }, ROOM, 26);
    expect(wrapped).toMatchObject({ along: "rows", gap: 1 });
    expect(cellOf(wrapped, wrapped.length + 5, 2)).toEqual({ x: 7, y: 5 });
    expect(blockAt(wrapped, { x: 7, y: 5 })).toEqual({ row: wrapped.length + 5, column: 2 });
  });

  test("has no block behind its last one", () => {
    const wrapped = wrapping({ rows: 1, columns: 5000 }, ROOM, 26);
    const short = { ...wrapped, columns: 4990 };
    expect(blockAt(short, { x: 95, y: 49 })).toBeNull();
    expect(blockAt(wrapped, { x: -1, y: 0 })).toBeNull();
  });
});

test("numbers are rounded up to one, two or five times a power of ten", () => {
  expect([0.3, 1, 3, 6, 12, 21, 700].map(roundUp)).toEqual([1, 1, 5, 10, 20, 50, 1000]);
});
