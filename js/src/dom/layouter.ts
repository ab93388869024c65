/** Has layouts made: by a worker, where there are any. */
import type { Layout, LayoutGraph, LayoutOptions } from "../layout/graph.ts";
import { buffersOf, packGraph, packLayout, unpackLayout } from "../layout/transfer.ts";
import type { LayoutOrder, LayoutReply } from "../layout/worker.ts";
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
  /** The last layout could not be made. */
  readonly failed: boolean;
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

/** What takes the place of a job that was not begun builds on what that one would have. */
const replacing = <Job extends LayoutJob>(queued: Job | null, job: Job): Job =>
  queued && !queued.continues && job.continues
    ? { ...job, previous: queued.previous, continues: false }
    : job;

/** `onChange` when `most` or `failed` changes. */
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
  let failed = false;
  let disposed = false;

  function stop() {
    clearTimeout(idle);
    worker?.terminate();
    worker = null;
    shared = false;
    running = null;
  }

  /** Null: what was made before stays. */
  function finish(layout: Layout | null) {
    const job = running;
    if (!job || disposed) return;
    running = null;
    if (layout) {
      latest = layout;
      onLayout(layout, job);
    }
    if (failed !== (layout === null)) {
      failed = layout === null;
      onChange();
    }
    const next = queued;
    queued = null;
    if (next) begin(next.continues ? { ...next, previous: latest } : next);
    else idle = setTimeout(stop, IDLE_MS);
  }

  function onReply(reply: LayoutReply) {
    if (reply) shared = true;
    finish(reply && unpackLayout(reply));
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
    const layout = await layoutHere(job).catch(() => null);
    if (running === job) finish(layout);
  }

  async function layoutHere({ graph, options, previous }: Job): Promise<Layout> {
    const layOut = await importLayout();
    return layOut(graph, options, () => previous);
  }

  return {
    get failed() {
      return failed;
    },
    get most() {
      return hasWorkers ? Number.POSITIVE_INFINITY : MOST_WITHOUT_WORKER;
    },
    ask(job) {
      if (running && isSuperseded(running.graph, job.graph)) stop();
      if (running) queued = replacing(queued, job);
      else begin(job);
    },
    dispose() {
      disposed = true;
      stop();
    },
  };
}
