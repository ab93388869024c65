/** The page of `panel.mjs`: mounts a tab of the details on a made-up study, changes it and takes the time. */
import { encode } from "@msgpack/msgpack";
import { message } from "../dev/graphs.mjs";
import { readInk, setPalette } from "../src/dom/ink.ts";
import { style } from "../src/dom/style.ts";
import { chunks } from "../src/panel/chunks.ts";
import { panelStyle } from "../src/panel/style.ts";
import { tasks } from "../src/panel/tasks/tasks.ts";
import { timeline } from "../src/panel/timeline.ts";
import { workers } from "../src/panel/workers.ts";
import { createStore } from "../src/store.ts";
import { applyStudy, EMPTY_STUDY } from "../src/study.ts";
import { readMessage } from "../src/wire.ts";
import { readAnswer, readStudy } from "../src/wire-study.ts";

const STATES = ["released", "memory", "processing", "queued", "waiting", "no-worker", "erred", "forgotten"];
const CHUNK = 1000;
const SECONDS = 4;
const UPDATE_MS = 200;
const CHANGED = 0.01;

const frame = () => new Promise(requestAnimationFrame);
const bytesOf = (column) => new Uint8Array(column.slice().buffer);

const store = createStore();
store.receive(readMessage(message({ nodes: [{ id: "x-1", label: "x" }], edges: [] }, "running")), "");
const [group] = store.state.mirror.groups.values();

/** A group whose tasks change as those of a running one do. */
function source(tasks, workerCount) {
  const side = Math.ceil(Math.sqrt(tasks));
  const state = new Uint8Array(tasks).fill(4);
  const worker = new Uint16Array(tasks);
  const nbytes = new Float32Array(tasks).fill(-1);
  const block = new Int32Array(2 * tasks);
  for (let place = 0; place < tasks; place++) {
    block[2 * place] = Math.floor(place / side);
    block[2 * place + 1] = place % side;
    if (place % 3) {
      state[place] = 1;
      worker[place] = 1 + (place % workerCount);
      nbytes[place] = 1e6;
    }
  }
  const type = new Uint16Array(tasks).fill(1);
  const suspicious = new Uint8Array(tasks);
  const columns = { state, worker, nbytes, type, suspicious, block };
  const chunk = (at, names) => {
    const [first, last] = [at * CHUNK, Math.min(tasks, (at + 1) * CHUNK)];
    const part = (name) =>
      bytesOf(columns[name].subarray(...[first, last].map((n) => n * (name === "block" ? 2 : 1))));
    return [first, Object.fromEntries(names.map((name) => [name, part(name)]))];
  };
  let seq = 0;
  const told = (rest) => ({
    since: seq,
    seq: ++seq,
    generation: 1,
    known: tasks,
    held: 1e9,
    dimensions: 2,
    chunks: [],
    timings: [],
    tables: [[], [], []],
    gone: false,
    complete: true,
    more: false,
    time: Date.now() / 1000,
    prefix: null,
    ...rest,
  });
  const all = Array.from({ length: Math.ceil(tasks / CHUNK) }, (_, at) => at);
  return {
    begin: (names, timings) =>
      told({
        chunks: all.map((at) => chunk(at, names)),
        timings,
        tables: [
          STATES,
          Array.from({ length: workerCount }, (_, at) => `tcp://10.0.${at >> 8}.${at & 255}:41233`),
          ["numpy.ndarray"],
        ],
      }),
    /** One in a hundred is in another state, and all over the place. */
    change(names) {
      for (let n = 0; n < tasks * CHANGED; n++) {
        const place = Math.floor(Math.random() * tasks);
        state[place] = state[place] === 1 ? (n % 50 ? 0 : 6) : 1;
      }
      return told({
        chunks: all.map((at) =>
          chunk(
            at,
            names.filter((name) => name !== "block"),
          ),
        ),
      });
    },
    more: (timings) => told({ timings }),
  };
}

/** Rows of tasks, as the kernel tells them a little later. */
const rowsTold = (places) =>
  encode({
    rows: places.map((place) => [place + 1, `('x-1', ${place})`, "memory", null, null, 1, "", 0, 0]),
  });

const MADE = {
  table: ({ tasks: count }) => ({ tab: tasks, from: source(count, 100), timings: () => [] }),
  grid: ({ tasks }) => ({ tab: chunks, from: source(tasks, 100), timings: () => [] }),
  spread: ({ tasks, workers: count }) => ({ tab: workers, from: source(tasks, count), timings: () => [] }),
  timeline: ({ timings: count, workers: workerCount }) => ({
    tab: timeline,
    from: source(10_000, workerCount),
    timings(first) {
      const now = Date.now() / 1000;
      const many = first ? count : Math.ceil(count * CHANGED);
      const span = first ? 60 : UPDATE_MS / 1000;
      return Array.from({ length: many }, (_, at) => {
        const stop = now - span + (span * (at + 1)) / many;
        return [at % 10_000, 1 + (at % workerCount), stop - Math.random() * 0.4, stop];
      });
    },
  }),
};

let shown = null;

function point(canvas, frames) {
  const { left, top, width, height } = canvas.getBoundingClientRect();
  const where = {
    clientX: left + width * (0.2 + 0.6 * Math.random()),
    clientY: top + (height * (frames % 60)) / 60,
  };
  canvas.dispatchEvent(new PointerEvent("pointermove", { ...where, bubbles: true, pointerType: "mouse" }));
}

window.bench = {
  mount(what) {
    const cell = document.getElementById("cell");
    cell.className = "tgw-root";
    cell.append(Object.assign(document.createElement("style"), { textContent: style + panelStyle }));
    setPalette(cell, "light");
    const { tab, from, timings } = MADE[what.chart](what);
    let study = EMPTY_STUDY;
    let due = true;
    const view = tab.mount({
      refresh: () => {
        due = true;
      },
      ask: (subject, { places }) =>
        new Promise((answer) => {
          if (subject === "rows") setTimeout(() => answer(readAnswer("rows", rowsTold(places))), 15);
        }),
      openTask() {},
      openGroup() {},
      copy() {},
    });
    const sheet = document.createElement("div");
    sheet.className = "tgw-tab-sheet";
    sheet.style.height = "100%";
    sheet.append(view.element);
    cell.append(sheet);
    const ink = readInk(cell, "light", devicePixelRatio);
    const take = (message) => {
      const told = readStudy(group.id, encode(message));
      if (told.type !== "study") throw new Error(told.reason);
      study = applyStudy(study, told.study);
      due = true;
    };
    take(from.begin(tab.columns, timings(true)));
    shown = {
      update: () => take(what.chart === "timeline" ? from.more(timings(false)) : from.change(tab.columns)),
      /** Milliseconds, 0 when there was nothing to do. */
      paint() {
        if (!due) return 0;
        due = false;
        const startMs = performance.now();
        const { mirror } = store.state;
        view.update({ group, mirror, study, prefix: null, busy: false, now: Date.now() / 1000, ink });
        return performance.now() - startMs;
      },
      get settled() {
        return !due;
      },
      canvas: view.element.querySelector("canvas"),
      table: view.element.querySelector(".tgw-table"),
    };
  },
  /** Milliseconds of each frame until all is drawn for the first time. */
  async settle() {
    const ms = [];
    for (let still = 0; still < 10; still = shown.settled ? still + 1 : 0) {
      await frame();
      const spent = shown.paint();
      if (spent > 0) ms.push(spent);
    }
    return { frames: ms.length, ms };
  },
  /** Five updates a second, and a pointer that moves all the time. */
  async run() {
    const [updates, paints] = [[], []];
    const startMs = performance.now();
    let nextMs = startMs + UPDATE_MS;
    let frames = 0;
    while (performance.now() - startMs < SECONDS * 1000) {
      await frame();
      frames++;
      const nowMs = performance.now();
      if (shown.table) shown.table.scrollTop += frames % 3 ? 61 : 20_011;
      else point(shown.canvas, frames);
      const isUpdate = nowMs >= nextMs;
      if (isUpdate) {
        nextMs += UPDATE_MS;
        shown.update();
      }
      const spent = shown.paint();
      (isUpdate ? updates : paints).push(spent);
    }
    return { frames, seconds: (performance.now() - startMs) / 1000, updates, paints };
  },
};
