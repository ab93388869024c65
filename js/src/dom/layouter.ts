/** Has layouts made: by a worker, where there are any. */
import type { Layout, LayoutGraph, LayoutOptions } from "../layout/graph.ts";
import { buffersOf, type PackedLayout, packGraph, packLayout, unpackLayout } from "../layout/transfer.ts";
import type { LayoutOrder } from "../layout/worker.ts";
import { importLayout, startWorker } from "./layout-code.ts";

export interface LayoutJob {
  readonly graph: LayoutGraph;
  readonly options: LayoutOptions;
  readonly previous: Layout | undefined;
  /** It builds on what is shown: on the layout under way, if there is one. */
  readonly continues: boolean;
}

export interface Layouter<Job extends LayoutJob> {
  /** More nodes than this would freeze the page while they are laid out. */
  readonly most: number;
  /** What is asked for takes the place of what was asked for before and is not begun. */
  ask(job: Job): void;
  dispose(): void;
}

/** An idle worker is let go. */
const IDLE_MS = 20_000;
/** Without a worker, so many nodes are laid out in less than 50 ms. */
const MOST_WITHOUT_WORKER = 300;

/** The graph that is being laid out shows hardly anything of the one that is wanted now. */
function isSuperseded(running: LayoutGraph, wanted: LayoutGraph): boolean {
  const ids = new Set(wanted.nodes.map(({ id }) => id));
  const still = running.nodes.filter(({ id }) => ids.has(id)).length;
  return still * 2 < Math.min(running.nodes.length, wanted.nodes.length);
}

/** `onChange` when `most` changes. */
export function createLayouter<Job extends LayoutJob>(
  onLayout: (layout: Layout, job: Job) => void,
  onChange: () => void,
): Layouter<Job> {
  let worker: Worker | null = null;
  let hasWorkers = typeof Worker !== "undefined";
  let running: Job | null = null;
  let queued: Job | null = null;
  /** What was laid out last. */
  let latest: Layout | undefined;
  /** The worker knows it too. */
  let shared = false;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let disposed = false;

  function stop() {
    clearTimeout(idle);
    worker?.terminate();
    worker = null;
    shared = false;
    running = null;
  }

  function finish(layout: Layout) {
    const job = running;
    if (!job || disposed) return;
    running = null;
    latest = layout;
    onLayout(layout, job);
    const next = queued;
    queued = null;
    if (next) begin(next.continues ? { ...next, previous: latest } : next);
    else idle = setTimeout(stop, IDLE_MS);
  }

  function onReply(reply: PackedLayout) {
    shared = true;
    finish(unpackLayout(reply));
  }

  function onFail() {
    const job = queued ?? running;
    hasWorkers = false;
    stop();
    queued = null;
    onChange();
    if (job) begin(job);
  }

  function begin(job: Job) {
    clearTimeout(idle);
    if (hasWorkers) worker ??= startWorker(onReply, onFail);
    if (worker) send(worker, job);
    else if (hasWorkers) {
      queued = job;
      onFail();
    } else layHere(job);
  }

  function send(to: Worker, job: Job) {
    running = job;
    const { graph, options, previous } = job;
    const packed = previous && !(shared && previous === latest) ? packLayout(previous) : null;
    const order: LayoutOrder = {
      graph: packGraph(graph),
      options,
      previous: packed ?? (previous ? "last" : null),
    };
    to.postMessage(order, [...buffersOf(order.graph), ...(packed ? buffersOf(packed) : [])]);
  }

  async function layHere(job: Job) {
    running = job;
    const layout = await importLayout();
    if (running === job) finish(layout(job.graph, job.options, job.previous));
  }

  return {
    get most() {
      return hasWorkers ? Number.POSITIVE_INFINITY : MOST_WITHOUT_WORKER;
    },
    ask(job) {
      if (running && isSuperseded(running.graph, job.graph)) stop();
      if (running) queued = job;
      else begin(job);
    },
    dispose() {
      disposed = true;
      stop();
    },
  };
}
