import { describe, expect, test } from "vitest";
import { shortAddress } from "../../src/names.ts";
import { barAt, drawBar, laneRows, newPlot } from "../../src/panel/charts/bars.ts";
import { lanesOf } from "../../src/panel/charts/lanes.ts";
import { along, histogram, quantile, scaleFor, valueAt } from "../../src/panel/charts/quantiles.ts";
import { count, newCounting, skewOf, sortedBy, spreadOf } from "../../src/panel/charts/spread.ts";
import { durationsOf, stragglersOf, typicalSeconds } from "../../src/panel/charts/stragglers.ts";
import { followed, panned, ticks, whole, zoomed } from "../../src/panel/charts/time-window.ts";
import { EMPTY_STUDY, type Study } from "../../src/study.ts";

const timing = (start: number, stop: number, worker = 1, place = 0) => ({ place, worker, start, stop });
const runs = (key: string, start: number, worker = "a") => ({ key, worker, start, reference: null });
const names = ["", "a", "b"];
const nameOf = (code: number) => names[code] ?? "others";

describe("quantiles", () => {
  test("are numbers that are there", () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2);
    expect(quantile([1, 2, 3, 4], 0.95)).toBe(4);
    expect(quantile([7], 0.5)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });

  test("a scale is logarithmic where numbers differ a lot", () => {
    expect(scaleFor(1, 20, 40)).toEqual({ from: 0, to: 40, logarithmic: false });
    const wide = scaleFor(1, 4, 100);
    expect(wide.logarithmic).toBe(true);
    expect([0.5, 1, 10, 100, 200].map((value) => along(wide, value))).toEqual([0, 0, 0.5, 1, 1]);
    expect(valueAt(wide, 0.5)).toBeCloseTo(10);
  });

  test("a histogram counts each number once", () => {
    const bins = histogram([0, 1, 1.5, 4], scaleFor(0, 1, 4), 4);
    expect(bins.map((bin) => bin.count)).toEqual([1, 2, 0, 1]);
    expect(bins[1]).toMatchObject({ from: 1, to: 2 });
  });
});

describe("the spread over workers", () => {
  const study: Study = {
    ...EMPTY_STUDY,
    count: 8,
    states: Uint8Array.of(0, 0, 1, 1, 0, 1, 1, 255),
    workers: Uint16Array.of(1, 1, 2, 0, 1, 3, 65_535, 0),
    nbytes: Float32Array.of(10, 20, 30, -1, 40, -1, -1, -1),
    stateNames: ["memory", "processing"],
    workerNames: ["a", "b", "c"],
    timings: [timing(1, 3), timing(2, 3), timing(1, 2, 2)],
  };
  const spread = (of = study) => {
    const counting = newCounting(of);
    expect(count(counting, () => false)).toBe(true);
    return spreadOf(counting, "others");
  };

  test("counts tasks by state, bytes in memory and seconds, and what is on no worker", () => {
    const { shares, homeless, told } = spread();
    expect({ homeless, told }).toEqual({ homeless: 1, told: 6 });
    expect(shares).toEqual([
      { name: "a", tasks: 3, states: [3, 0], held: 70, seconds: 3, finished: 2 },
      { name: "b", tasks: 1, states: [0, 1], held: 0, seconds: 1, finished: 1 },
      { name: "c", tasks: 1, states: [0, 1], held: 0, seconds: 0, finished: 0 },
    ]);
  });

  test("counts what is on more workers than have numbers together", () => {
    const workerNames = Array.from({ length: 65_534 }, (_, at) => `w${at}`);
    expect(spread({ ...study, workerNames }).shares.at(-1)).toMatchObject({ name: "others", tasks: 1 });
  });

  test("has the most first, and equal ones by name", () => {
    expect(sortedBy(spread().shares, "held").map(({ name }) => name)).toEqual(["a", "b", "c"]);
    expect(sortedBy(spread().shares, "tasks").map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  test("has the second worker before the tenth", () => {
    const ten = [10, 9, 2].map((n) => ({ name: `10.0.0.${n}:80`, tasks: 1, states: [1], held: 0 }));
    const shares = ten.map((share) => ({ ...share, seconds: 0, finished: 0 }));
    const names = ["10.0.0.2:80", "10.0.0.9:80", "10.0.0.10:80"];
    expect(sortedBy(shares, "tasks").map(({ name }) => name)).toEqual(names);
  });

  test("workers that have nothing of it count for the median", () => {
    const { shares } = spread();
    expect(skewOf(shares, "tasks", 0)).toEqual({ median: 1, most: 3 });
    expect(skewOf(shares, "tasks", 8)).toEqual({ median: 0, most: 3 });
    expect(skewOf([], "tasks", 0)).toEqual({ median: 0, most: 0 });
  });

  test("is counted by portions", () => {
    const many: Study = {
      ...study,
      count: 100_000,
      states: new Uint8Array(100_000),
      workers: new Uint16Array(100_000).fill(2),
    };
    const counting = newCounting(many);
    let portions = 1;
    while (!count(counting, () => true)) portions++;
    expect(portions).toBeGreaterThan(5);
    expect(spreadOf(counting, "others").shares.find(({ name }) => name === "b")?.tasks).toBe(100_000);
  });
});

describe("the lanes of a timeline", () => {
  test("tasks of one worker that ran after each other share a lane, at once do not", () => {
    const {
      lane,
      count: lanes,
      workers,
    } = lanesOf([timing(0, 1), timing(1, 2), timing(0.5, 2.5)], [], nameOf);
    expect(Array.from(lane)).toEqual([0, 0, 1]);
    expect(lanes).toBe(2);
    expect(workers).toEqual([{ name: "a", first: 0, count: 2 }]);
  });

  test("workers stand in the order of their names, whoever was first", () => {
    const { lane, workers } = lanesOf([timing(0, 1, 2), timing(0, 1, 1)], [], nameOf);
    expect(workers.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(Array.from(lane)).toEqual([1, 0]);
  });

  test("a running task keeps its lane for itself", () => {
    const { lane } = lanesOf([timing(0, 1)], [runs("x", 1), runs("y", 1)], nameOf);
    expect(Array.from(lane)).toEqual([0, 0, 1]);
  });

  test("clocks that differ by less than a millisecond do not make a lane", () => {
    expect(lanesOf([timing(0, 1), timing(0.9995, 2)], [], nameOf).count).toBe(1);
  });
});

describe("bars as pixels", () => {
  test("a thin bar is a pixel wide, a wide one leaves a gap", () => {
    const plot = newPlot(10, 2);
    drawBar(plot, [0, 1], 1.2, 1.3, 7, 0);
    drawBar(plot, [0, 1], 3, 9, 8, 1);
    expect(Array.from(plot.pixels.subarray(0, 10))).toEqual([0, 7, 0, 8, 8, 8, 8, 8, 0, 0]);
    expect(Array.from(plot.pixels.subarray(10))).toEqual(new Array(10).fill(0));
  });

  test("what is out of sight is not drawn, what reaches in is", () => {
    const plot = newPlot(4, 1);
    drawBar(plot, [0, 1], -9, -2, 7, 0);
    drawBar(plot, [0, 1], 4, 9, 7, 1);
    expect(Array.from(plot.pixels)).toEqual([0, 0, 0, 0]);
    drawBar(plot, [0, 1], -5, 2, 7, 2);
    expect(Array.from(plot.pixels)).toEqual([7, 0, 0, 0]);
  });

  test("are found under the pointer, and beside it", () => {
    const plot = newPlot(10, 1);
    drawBar(plot, [0, 1], 5, 6, 7, 3);
    expect([2, 3, 5, 7, 8].map((x) => barAt(plot, x, 0))).toEqual([-1, 3, 3, 3, -1]);
    expect(barAt(plot, 5, 1)).toBe(-1);
  });

  test("lanes have a gap where there is room, and a pixel each where there is none", () => {
    expect(laneRows(1, 2, 20)).toEqual([10, 18]);
    expect(laneRows(7, 1000, 100)).toEqual([0, 1]);
    expect(laneRows(999, 1000, 100)).toEqual([99, 100]);
  });
});

describe("the time that is looked at", () => {
  const period = { from: 100, to: 200 };

  test("is all of it, with a little room for what comes", () => {
    expect(whole(period)).toEqual({ from: 100, to: 203, follows: true });
    expect(followed(null, { from: 100, to: 100 }, true)).toEqual({ from: 100, to: 101.03, follows: true });
  });

  test("goes on with the clock, and stands still when it was moved away", () => {
    const near = zoomed(whole(period), period, 2, 0.1);
    expect(near).toEqual({ from: 151.5, to: 203, follows: true });
    const later = followed(near, { from: 100, to: 300 }, false);
    expect(later.to - later.from).toBeCloseTo(51.5);
    expect(later.to).toBeGreaterThan(300);
    const away = panned(near, period, -0.5);
    expect(away.follows).toBe(false);
    expect(followed(away, { from: 100, to: 300 }, false)).toBe(away);
  });

  test("follows again at its end, and does not leave its beginning", () => {
    const near = { ...zoomed(whole(period), period, 4, 0.5), follows: false };
    expect(panned(near, period, 99).follows).toBe(true);
    expect(panned(near, period, -99).from).toBeGreaterThan(80);
  });

  test("zooms about the pointer, within reason", () => {
    const still = { from: 120, to: 140, follows: false };
    expect(zoomed(still, period, 2, 0.25)).toEqual({ from: 122.5, to: 132.5, follows: false });
    const far = zoomed(still, period, 1e-9, 0.5);
    expect(far.to - far.from).toBe(200);
    const close = zoomed(still, period, 1e12, 0.5);
    expect(close.to - close.from).toBeCloseTo(0.001);
  });

  test("is marked at round seconds since it began", () => {
    expect(ticks({ from: 100, to: 130 }, 100, 3).map(({ seconds }) => seconds)).toEqual([0, 10, 20, 30]);
    expect(ticks({ from: 100.25, to: 101.1 }, 100, 4).map(({ at }) => at)).toEqual([100.5, 101]);
    expect(ticks({ from: 90, to: 104 }, 100, 3).map(({ seconds }) => seconds)).toEqual([0]);
  });
});

describe("stragglers", () => {
  const many = Array.from({ length: 20 }, (_, at) => timing(0, 1 + at / 10));

  test("durations have a median and a 95th percentile", () => {
    const { median, p95, sorted } = durationsOf(many);
    expect([sorted.length, median, p95]).toEqual([20, 1.9, 2.8]);
  });

  test("what is typical comes from what finished, else from the average of the prefix", () => {
    expect(typicalSeconds(durationsOf(many), 9)).toBe(2.8);
    expect(typicalSeconds(durationsOf([]), 2)).toBe(6);
    expect(typicalSeconds(durationsOf([timing(0, 1)]), 2)).toBe(6);
    expect(typicalSeconds(durationsOf([timing(0, 1)]), null)).toBe(1);
    expect(typicalSeconds(durationsOf([]), -1)).toBeNull();
  });

  test("are named while they run, the longest first", () => {
    const found = stragglersOf([runs("x", 95), runs("y", 99), runs("z", 90)], 4, 100);
    expect(found.map(({ key, seconds, times }) => [key, seconds, times])).toEqual([
      ["z", 10, 2.5],
      ["x", 5, 1.25],
    ]);
    expect(stragglersOf([runs("x", 0)], null, 100)).toEqual([]);
  });
});

test("addresses are shown without their protocol", () => {
  expect(shortAddress("tcp://10.0.0.7:41233")).toBe("10.0.0.7:41233");
  expect(shortAddress("inproc://1/2")).toBe("1/2");
  expect(shortAddress("alice")).toBe("alice");
});
