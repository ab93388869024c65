// The kernel's side of the details, made up: follows one group for each view and answers questions about its tasks.
import { encode } from "@msgpack/msgpack";

const STATES = ["released", "memory", "processing", "queued", "waiting", "no-worker", "erred", "forgotten"];
// ?workers=5000
const asked = Number(new URLSearchParams(globalThis.location?.search).get("workers")) || 12;
const WORKERS = Array.from({ length: asked }, (_, at) => `tcp://10.0.${at >> 8}.${(at & 255) + 1}:41233`);
const TYPES = ["numpy.ndarray", "pandas.core.frame.DataFrame"];
const CHUNK = 1000;
const CHUNKS = 25;
const TICK_MS = 200;

const random = (seed) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

/** All tasks of a group, in columns. */
function tasksOf(group) {
  const count = group.states.reduce((sum, n) => sum + n, 0);
  const dice = random(group.id);
  const states = new Uint8Array(count);
  let at = 0;
  group.states.forEach((n, state) => {
    states.fill(state, at, at + n);
    at += n;
  });
  // Blocks finish roughly in order, with some disorder.
  for (let place = 0; place < count; place++) {
    const other = Math.min(count - 1, place + Math.floor(dice() * Math.min(40, count)));
    [states[place], states[other]] = [states[other], states[place]];
  }
  const dimensions = group.id % 4;
  const side = Math.ceil(count ** (1 / Math.max(1, dimensions)));
  const blocks = new Int32Array(count * dimensions);
  const worker = new Uint16Array(count);
  const nbytes = new Float32Array(count).fill(-1);
  const type = new Uint16Array(count);
  const suspicious = new Uint8Array(count);
  for (let place = 0; place < count; place++) {
    let rest = place;
    for (let axis = dimensions - 1; axis >= 0; axis--) {
      blocks[place * dimensions + axis] = axis === 0 ? rest : rest % side;
      rest = Math.floor(rest / side);
    }
    const state = states[place];
    if ([0, 1].includes(state)) {
      nbytes[place] = 2 ** (10 + 14 * dice());
      type[place] = 1 + (place % 97 === 0 ? 1 : 0);
    }
    if ([1, 2].includes(state)) worker[place] = 1 + Math.floor(WORKERS.length * dice() ** 1.6);
    if (place % 211 === 5) suspicious[place] = 2;
  }
  return { group, count, dimensions, blocks, columns: { state: states, worker, nbytes, type, suspicious }, started: new Map() };
}

const keyOf = ({ group, dimensions, blocks }, place) =>
  dimensions === 0
    ? `${group.name}-${((place * 2654435761) >>> 0).toString(16).padStart(8, "0")}`
    : `('${group.name}', ${Array.from(blocks.subarray(place * dimensions, (place + 1) * dimensions)).join(", ")})`;

function rowOf(tasks, place) {
  const { state, worker, nbytes, type, suspicious } = tasks.columns;
  const name = STATES[state[place]];
  if (name === "processing" && !tasks.started.has(place)) tasks.started.set(place, Date.now() / 1000 - (place % 60));
  return [
    place + 1,
    keyOf(tasks, place),
    name,
    worker[place] ? WORKERS[worker[place] - 1] : null,
    name === "processing" ? Date.now() / 1000 - tasks.started.get(place) : null,
    nbytes[place] < 0 ? null : Math.round(nbytes[place]),
    type[place] ? TYPES[type[place] - 1] : "",
    place % 300 === 7 ? 2 : 0,
    suspicious[place],
  ];
}

const bytesOf = (column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength);

/** `groups` by id; `send(content, bytes)`; `busy`: follows are answered, questions are not. */
export function detailsKernel(groups, send, { busy = false, still = false } = {}) {
  const known = new Map();
  const followers = new Map();
  const tasks = (id) => {
    if (!known.has(id)) known.set(id, tasksOf(groups.get(id)));
    return known.get(id);
  };

  /** Some running tasks finish, and others begin. */
  function move(of, dice) {
    const { state, worker, nbytes, type } = of.columns;
    const changed = new Set();
    const timings = [];
    const now = Date.now() / 1000;
    const running = [];
    for (let place = 0; place < of.count; place++) if (state[place] === 2) running.push(place);
    let done = 0;
    for (const place of running) {
      if (dice() > 0.06) continue;
      state[place] = 1;
      nbytes[place] = 2 ** (10 + 14 * dice());
      type[place] = 1;
      const seconds = 0.2 + 2 * dice() ** 4 * (dice() < 0.02 ? 8 : 1);
      timings.push([place, worker[place], now - seconds, now]);
      changed.add(Math.floor(place / CHUNK));
      done++;
    }
    for (let place = 0; place < of.count && done > 0; place++) {
      if (state[place] !== 3 && state[place] !== 4) continue;
      state[place] = 2;
      worker[place] = 1 + Math.floor(WORKERS.length * dice() ** 1.6);
      of.started.set(place, now);
      changed.add(Math.floor(place / CHUNK));
      done--;
    }
    return { changed, timings };
  }

  function chunkOf(of, at, columns) {
    const [first, last] = [at * CHUNK, Math.min(of.count, (at + 1) * CHUNK)];
    const told = {};
    for (const name of columns) {
      if (name === "block") told.block = bytesOf(of.blocks.slice(first * of.dimensions, last * of.dimensions));
      else told[name] = bytesOf(of.columns[name].slice(first, last));
    }
    return [first, told];
  }

  function study(follower) {
    const { request, of } = follower;
    const { changed, timings } = follower.read < of.count || still ? { changed: new Set(), timings: [] } : move(of, follower.dice);
    const begins = follower.read === 0;
    const from = Math.floor(follower.read / CHUNK);
    follower.read = Math.min(of.count, follower.read + CHUNKS * CHUNK);
    for (let at = from; at * CHUNK < follower.read && follower.grows; at++) changed.add(at);
    follower.grows = follower.read < of.count;
    if (changed.size === 0 && timings.length === 0 && !begins) return;
    let held = 0;
    for (let place = 0; place < of.count; place++) if (of.columns.state[place] === 1) held += of.columns.nbytes[place];
    const since = follower.seq;
    follower.seq += 1;
    const message = {
      v: 1,
      since,
      seq: follower.seq,
      generation: 1,
      known: follower.read,
      held,
      dimensions: of.dimensions,
      chunks: [...changed].map((at) => chunkOf(of, at, request.columns)),
      timings,
      tables: begins ? [STATES, WORKERS, TYPES] : [[], [], []],
      gone: false,
      complete: !follower.grows,
      more: follower.grows,
      time: Date.now() / 1000,
      prefix: { duration_average: 0.21, max_exec_time: 9.4, suspicious: 3 },
    };
    if (begins) {
      message.errors = of.group.errors;
      message.errors_more = of.group.errors.length ? 2 : 0;
      message.first = Array.from({ length: Math.min(8, of.count) }, (_, at) => rowOf(of, at));
    }
    send({ type: "study", nonce: request.nonce, group: request.group }, encode(message));
  }

  const answers = {
    rows: (of, { places }) => ({ rows: places.map((place) => rowOf(of, place)) }),
    find(of, { key, start, limit }) {
      const found = [];
      for (let place = start; place < of.count; place++) {
        if (!keyOf(of, place).toLowerCase().includes(key.toLowerCase())) continue;
        found.push(place);
        if (found.length >= limit) return { found, next: place + 1 };
      }
      return { found, next: null };
    },
    task(of, { reference, place = reference - 1 }) {
      const others = (by) => Array.from({ length: Math.min(4, of.count) }, (_, at) => rowOf(of, (place + by * (at + 1) + of.count) % of.count));
      const [, ...row] = rowOf(of, place);
      return {
        reference: place + 1,
        row,
        group: of.group.name,
        priority: `[0, 1, ${place}]`,
        annotations: place % 3 ? "" : "{'retries': 2, 'resources': {'GPU': 1}}",
        who_has: row[1] === "memory" ? [row[2]] : [],
        holders: row[1] === "memory" ? 1 : 0,
        clients: ["Client-8a6f"],
        restrictions: place % 3 ? {} : { worker_restrictions: [WORKERS[0]] },
        resources: place % 3 ? {} : { GPU: 1 },
        waiting_on: row[1] === "waiting" ? 2 : 0,
        dependencies: 4,
        dependents: 213,
        error: row[1] === "erred" ? of.group.errors[0].slice(1) : null,
        uses: others(1),
        used_by: others(-1),
      };
    },
    error: (of) => ({ error_of: of.group.errors[0].slice(1).map((value, at) => (at === 2 ? value.repeat(40) : value)) }),
    stack: (of, { reference, place = reference - 1 }) =>
      STATES[of.columns.state[place]] === "processing"
        ? { frames: ['  File "threading.py", line 1014, in _bootstrap\n\tself._bootstrap_inner()\n', '  File "/home/ada/project/load.py", line 41, in read_chunk\n\treturn decode(store[name])\n'] }
        : { error: "The task is not running." },
  };

  let timer;
  /** Nobody follows: nothing happens. */
  const tick = () => {
    clearInterval(timer);
    timer = undefined;
    if (followers.size > 0) timer = setInterval(() => [...followers.values()].forEach(study), TICK_MS);
  };

  return {
    receive(request) {
      const { type, nonce, group } = request;
      if (type === "unfollow") {
        followers.delete(nonce);
        tick();
      }
      if (type === "follow" && groups.has(group)) {
        const old = followers.get(nonce);
        if (old?.request.group === group && old.request.columns.join() === request.columns.join()) return;
        const follower = { request, of: tasks(group), seq: 0, read: 0, grows: true, dice: random(group) };
        followers.set(nonce, follower);
        tick();
        setTimeout(study, 30, follower);
      }
      if (type === "ask" && !busy) {
        const answer = groups.has(group) ? answers[request.cmd](tasks(group), request) : { error: "There is no such group." };
        setTimeout(() => send({ type: "answer", nonce, request: request.request }, encode({ v: 1, ...answer })), 15);
      }
    },
    stop: () => clearInterval(timer),
  };
}
