import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLayouter, type LayoutJob } from "../src/dom/layouter.ts";
import type { Layout, LayoutGraph } from "../src/layout/graph.ts";
import { layout } from "../src/layout/index.ts";
import { packGraph, packLayout, unpackGraph, unpackLayout } from "../src/layout/transfer.ts";
import type { LayoutOrder, LayoutReply } from "../src/layout/worker.ts";
import { cards, edges, OPTIONS, sample } from "./layout/sample.ts";

/** A worker that answers when it is told to. */
class SlowWorker {
  static readonly all: SlowWorker[] = [];
  static fails = false;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly orders: LayoutOrder[] = [];
  ended = false;

  constructor() {
    if (SlowWorker.fails) throw new Error("not allowed");
    SlowWorker.all.push(this);
  }
  postMessage(order: LayoutOrder) {
    this.orders.push(structuredClone(order));
  }
  terminate() {
    this.ended = true;
  }
  answer() {
    const order = this.orders.at(-1) as LayoutOrder;
    this.onmessage?.({ data: packLayout(layout(unpackGraph(order.graph), order.options)) });
  }
  giveUp() {
    this.onmessage?.({ data: null });
  }
}

const worker = (at = -1) => SlowWorker.all.at(at) as SlowWorker;

const line = (from: number, to: number): LayoutGraph => ({
  nodes: cards(to).slice(from),
  edges: edges(...Array.from({ length: to - from - 1 }, (_, at) => [from + at, from + at + 1] as const)),
});

const job = (graph: LayoutGraph, previous?: Layout): LayoutJob => ({
  graph,
  options: OPTIONS,
  previous,
  continues: true,
});

function layouterOf() {
  const laid: number[] = [];
  const limits: number[] = [];
  const failures: boolean[] = [];
  const layouter = createLayouter(
    ({ boxes }) => laid.push(boxes.size),
    () => {
      limits.push(layouter.most);
      failures.push(layouter.failed);
    },
  );
  return { layouter, laid, limits, failures };
}

beforeEach(() => {
  SlowWorker.all.length = 0;
  SlowWorker.fails = false;
  vi.stubGlobal("Worker", SlowWorker);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test.each(["real50", "syn500"])("%s comes back from a worker as it was", (name) => {
  const drawn = layout(sample(name), OPTIONS);
  expect(unpackLayout(structuredClone(packLayout(drawn)))).toEqual(drawn);
});

test("a layout with a loose edge and something left of it comes out of flat arrays as it went in", () => {
  const box = { x: -40, y: 20, width: 80, height: 40 };
  const route = { source: 1, target: 1, points: [{ x: 0, y: 20 }], reversed: false };
  const drawn: Layout = {
    boxes: new Map([[1, box]]),
    routes: [{ ...route, loose: true }, route],
    left: -80,
    top: 0,
    width: 80,
    height: 40,
    ranks: new Map([[1, 0]]),
    bands: new Map([[1, 0]]),
  };
  expect(unpackLayout(structuredClone(packLayout(drawn)))).toEqual(drawn);
});

describe("while a layout is made", () => {
  test("only the newest graph waits", () => {
    const { layouter, laid } = layouterOf();
    for (const size of [5, 6, 7, 8]) layouter.ask(job(line(0, size)));
    worker().answer();
    worker().answer();
    expect(laid).toEqual([5, 8]);
    expect(worker().orders).toHaveLength(2);
  });

  test("one that shares hardly anything with it takes its place", () => {
    const { layouter, laid } = layouterOf();
    layouter.ask(job(line(0, 50)));
    const first = worker();
    layouter.ask(job(line(45, 90)));
    expect(first.ended).toBe(true);
    worker().answer();
    expect(laid).toEqual([45]);
  });

  test("a graph from scratch that waits is from scratch also when it has grown meanwhile", () => {
    const { layouter } = layouterOf();
    layouter.ask(job(line(0, 5)));
    layouter.ask({ ...job(line(0, 6)), continues: false });
    layouter.ask(job(line(0, 7), layout(line(0, 5), OPTIONS)));
    worker().answer();
    expect(worker().orders.at(-1)?.previous).toBeNull();
    expect(unpackGraph((worker().orders.at(-1) as LayoutOrder).graph).nodes).toHaveLength(7);
  });

  test("nothing comes after the end", () => {
    const { layouter, laid } = layouterOf();
    layouter.ask(job(line(0, 5)));
    layouter.dispose();
    expect(worker().ended).toBe(true);
    worker().answer();
    expect(laid).toEqual([]);
  });
});

test("a worker is told the layout before only when it does not know it", () => {
  let last: Layout | undefined;
  const layouter = createLayouter(
    (made) => {
      last = made;
    },
    () => {},
  );
  const elsewhere = layout(line(0, 3), OPTIONS);
  layouter.ask(job(line(0, 4), elsewhere));
  expect(worker().orders[0]?.previous).toEqual(packLayout(elsewhere));
  worker().answer();
  layouter.ask(job(line(0, 5), last));
  expect(worker().orders[1]?.previous).toBe("last");
});

test("an idle worker is let go, and another one comes when there is something to do", () => {
  vi.useFakeTimers();
  const { layouter, laid } = layouterOf();
  layouter.ask(job(line(0, 5)));
  worker().answer();
  vi.advanceTimersByTime(60_000);
  expect(worker().ended).toBe(true);
  layouter.ask(job(line(0, 6)));
  worker().answer();
  expect(laid).toEqual([5, 6]);
});

test("after a layout that could not be made the next one is made, and both are told", () => {
  const { layouter, laid, failures } = layouterOf();
  layouter.ask(job(line(0, 5)));
  layouter.ask(job(line(0, 6)));
  worker().giveUp();
  expect([laid, failures]).toEqual([[], [true]]);
  worker().answer();
  expect([laid, failures]).toEqual([[6], [true, false]]);
  expect(SlowWorker.all).toHaveLength(1);
});

test("a page without workers survives a layout that cannot be made", async () => {
  SlowWorker.fails = true;
  const { layouter, laid, failures } = layouterOf();
  const unbounded = { ...job(line(0, 5)), options: null as unknown as LayoutJob["options"] };
  layouter.ask(unbounded);
  await vi.waitFor(() => expect(failures.at(-1)).toBe(true));
  layouter.ask(job(line(0, 6)));
  await vi.waitFor(() => expect(laid).toEqual([6]));
  expect(failures.at(-1)).toBe(false);
});

describe("the worker", () => {
  async function startedWorker() {
    const replies: LayoutReply[] = [];
    const self: { onmessage: (event: { data: LayoutOrder }) => void } = { onmessage: () => {} };
    vi.stubGlobal("WorkerGlobalScope", class {});
    vi.stubGlobal("self", self);
    vi.stubGlobal("postMessage", (reply: LayoutReply) => replies.push(reply));
    vi.spyOn(console, "warn").mockReturnValue();
    vi.resetModules();
    await import("../src/layout/worker.ts");
    const obey = (data: LayoutOrder) => {
      self.onmessage({ data });
      return replies.at(-1);
    };
    return obey;
  }
  const order = (changes: object = {}): LayoutOrder => ({
    graph: packGraph(line(0, 5)),
    options: OPTIONS,
    previous: null,
    ...changes,
  });
  const poisoned = { ...packLayout(layout(line(0, 5), OPTIONS)), ends: null };

  test("lays out afresh what cannot build on the layout before", async () => {
    const obey = await startedWorker();
    expect(obey(order())?.ids).toHaveLength(5);
    expect(obey(order({ previous: poisoned }))?.ids).toHaveLength(5);
    expect(console.warn).not.toHaveBeenCalled();
  });

  test("answers what it cannot lay out, and goes on", async () => {
    const obey = await startedWorker();
    expect(obey(order({ options: null }))).toBeNull();
    expect(console.warn).toHaveBeenCalledOnce();
    expect(obey(order({ previous: "last" }))?.ids).toHaveLength(5);
  });
});

describe("where workers are not allowed", () => {
  test.each([
    [
      "from the start",
      () => {
        SlowWorker.fails = true;
      },
      () => {},
    ],
    ["as it turns out", () => {}, () => worker().onerror?.()],
  ])("%s, the page lays out itself, and not too much", async (_, before, after) => {
    before();
    const { layouter, laid, limits } = layouterOf();
    layouter.ask(job(line(0, 5)));
    after();
    expect(limits).toEqual([300]);
    await vi.waitFor(() => expect(laid).toEqual([5]));
  });
});
