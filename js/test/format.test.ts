import { expect, test } from "vitest";
import { bytes, count, duration, elapsed, percent, ratio, share, time } from "../src/format.ts";

test("counts have thousands separators", () => {
  expect(count(1234567)).toBe("1,234,567");
  expect(ratio(1000, 5000)).toBe("1,000/5,000");
});

test("100 % means everything and 0 % nothing", () => {
  expect(percent(0, 10)).toBe("0 %");
  expect(percent(1, 3)).toBe("33 %");
  expect(percent(99_999, 100_000)).toBe("99.9 %");
  expect(percent(1, 100_000)).toBe("< 0.01 %");
  expect(percent(10, 10)).toBe("100 %");
});

test("nothing of nothing has no percentage", () => {
  expect(percent(0, 0)).toBe("");
});

test("small shares keep two figures", () => {
  expect(share(0.0021)).toBe("0.21 %");
  expect(share(0.00001)).toBe("< 0.01 %");
  expect(share(0)).toBe("0 %");
});

test("bytes are binary", () => {
  expect(bytes(0)).toBe("0 B");
  expect(bytes(1536)).toBe("1.5 KiB");
  expect(bytes(3 * 2 ** 30)).toBe("3 GiB");
});

test("durations keep about three figures", () => {
  expect(duration(0)).toBe("0 s");
  expect(duration(0.0000042)).toBe("4.2 µs");
  expect(duration(0.0421)).toBe("42 ms");
  expect(duration(1.234)).toBe("1.23 s");
  expect(duration(42.34)).toBe("42.3 s");
  expect(duration(3725)).toBe("1 h 2 m");
});

test("a running clock shows whole seconds", () => {
  expect(elapsed(0.9)).toBe("0 s");
  expect(elapsed(61.9)).toBe("1 m 1 s");
  expect(elapsed(-3)).toBe("0 s");
});

test("a moment of today is a time, another one has its date", () => {
  const noon = new Date(2026, 10, 23, 12, 0, 5);
  expect(time(noon.getTime() / 1000, noon)).toBe("12:00:05");
  expect(time(noon.getTime() / 1000, new Date(2026, 10, 24))).toBe("23 Nov 2026, 12:00:05");
});
