// Synthetic stores for the development page: real graphs, made-up counts.
import { encode } from "@msgpack/msgpack";
import { COMPUTATION_FIELDS, GROUP_FIELDS, SUMMARY_FIELDS, WIRE_VERSION } from "../src/wire.ts";

const STATES = ["released", "memory", "processing", "queued", "waiting", "no-worker", "erred", "forgotten"];
const ACTIONS = ["compute", "transfer", "disk-write"];

const row = (id, fields, values) => {
  let mask = 0;
  const row = [id, 0];
  fields.forEach((field, at) => {
    if (values[field] === undefined) return;
    mask |= 1 << at;
    row.push(values[field]);
  });
  row[1] = mask;
  return row;
};

function depths(nodes) {
  const depth = new Map();
  for (let round = 0, moved = true; moved && round < nodes.length; round++) {
    moved = false;
    for (const node of nodes) {
      const now = Math.max(0, ...node.dependencies.filter((id) => id !== node.id).map((id) => 1 + (depth.get(id) ?? 0)));
      if (now > (depth.get(node.id) ?? -1) && now < 200) {
        depth.set(node.id, now);
        moved = true;
      }
    }
  }
  return depth;
}

const random = (seed) => () => {
  seed = (seed * 1664525 + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

function counts(total, phase, dice) {
  const [released, memory, processing, queued, waiting, noWorker, erred, forgotten] = phase(total, dice);
  return [released, memory, processing, queued, waiting, noWorker, erred, forgotten].map((n) => Math.max(0, Math.round(n)));
}

const TOTALS = [1, 4, 12, 40, 120, 480, 1200, 5000];
/** The group that has a million tasks. */
export const large = { id: 0 };
const totalOf = (id) => id === large.id ? 1_000_000 : TOTALS[((id * 2654435761) >>> 16) % TOTALS.length];

/** Phases by how far the flow has come: before, at and behind the front. */
const BEHIND = (n, dice) => (dice() < 0.7 ? [n, 0, 0, 0, 0, 0, 0, 0] : [n * 0.6, n * 0.4, 0, 0, 0, 0, 0, 0]);
const FRONT = (n, dice) => {
  const done = dice() * 0.7;
  return [n * done * 0.5, n * done * 0.5, n * 0.12, n * 0.2, n * (0.68 - done * 0.9), 0, 0, 0];
};
const AHEAD = (n) => [0, 0, 0, 0, n, 0, 0, 0];

const TRACEBACK = `  File "/opt/env/lib/python3.12/site-packages/distributed/worker.py", line 2942, in _run_task
    result = func(*args, **kwargs)
  File "/home/ada/project/load.py", line 41, in read_chunk
    return decode(store[name], dtype=header["dtype"])
  File "/home/ada/project/codec.py", line 12, in decode
    raise ValueError(f"chunk {name!r} has {len(data)} bytes, not {expected}")
`;

const errorOf = ({ name, states }, at) => {
  const exception = ["ValueError(\"chunk 'temperature/4.7' has 1023 bytes, not 1024\")", "KeyError('<b>dtype</b>')", "TimeoutError()"][at];
  const count = Math.max(1, Math.round(states[6] / (at + 1.5)));
  return [count, exception, exception.length, TRACEBACK, at === 1 ? 61_000 : TRACEBACK.length, `('${name}', ${at}, 7)`, name, ["tcp://10.0.0.7:41233", "tcp://10.0.0.9:40021"].slice(at % 2)];
};

const CODE = `import dask.array as da

x = da.random.random((40_000, 40_000), chunks=(2_000, 2_000))
y = (x + x.T)[::2, 5_000:].mean(axis=0)
y.compute()`;

/** All groups of a state, for `kind`: running, failed, erred, finished, stopped or empty. Groups are numbered from `first`. */
export function groupsOf(graph, kind, first = 1) {
  const dice = random(7);
  const ids = new Map(graph.nodes.map(({ id }, at) => [id, at + first]));
  const nodes = graph.nodes.map((node, at) => ({ ...node, name: node.id, id: at + first, dependencies: [] }));
  for (const { s, t, source = s, target = t } of graph.edges.map((edge) => (Array.isArray(edge) ? { s: edge[0], t: edge[1] } : edge))) {
    nodes[ids.get(target) - first]?.dependencies.push(ids.get(source));
  }
  const depth = depths(nodes);
  const deepest = Math.max(1, ...depth.values());
  const needed = new Set(nodes.flatMap(({ dependencies }) => dependencies));
  const now = Date.now() / 1000;
  let erred = 0;
  const groups = nodes.map((node) => {
    const total = totalOf(node.id);
    const at = (depth.get(node.id) ?? 0) / deepest;
    let phase = kind === "finished" || at < 0.35 ? BEHIND : at < 0.6 ? FRONT : AHEAD;
    const last = (depth.get(node.id) ?? 0) === deepest || !needed.has(node.id);
    if (kind === "finished" && last) phase = (n) => [0, n, 0, 0, 0, 0, 0, 0];
    let states = counts(total, phase, dice);
    if (kind === "failed" && node.id % 9 === 4) states = counts(total, (n) => [n * 0.4, 0, 0, 0, n * 0.4, 0, Math.max(1, n * 0.05), 0], dice);
    if (kind === "failed" && node.id % 13 === 5) states = counts(total, (n) => [0, 0, 0, 0, n * 0.5, Math.max(1, n * 0.5), 0, 0], dice);
    if (kind === "erred") states = counts(total, (n) => [n * 0.3, 0, 0, 0, n * 0.4, 0, Math.max(1, n * 0.3), 0], dice);
    const ran = states[0] + states[1] > 0;
    const gone = !["empty", "erred"].includes(kind) && nodes.length > 3 && at < 0.12 && node.id % 3 === 0 && ran;
    if (!gone) erred += states[6];
    const group = {
      id: node.id,
      states: gone ? [0, 0, 0, 0, 0, 0, 0, total] : states,
      nbytes_total: ran ? total * 8_400_000 : 0,
      all_durations: ran ? [Math.round(total * 210_000), total * 13_000, 0] : [0, 0, 0],
      start: ran ? now - 40 : 0,
      stop: ran ? now - 3 : 0,
      last_worker: node.id % 2 ? "tcp://10.0.0.7:41233" : null,
      last_worker_tasks_left: node.id % 2 ? 3 : 0,
      types: ran ? ["numpy.ndarray"] : [],
      dependencies: node.dependencies,
      outcome: gone ? [kind === "stopped" ? Math.floor(total / 2) : total, 0] : null,
      name: node.name,
      kind: "str",
      prefix: node.label,
      span_id: null,
      // Of very many groups, what is shown shall not be two cards.
      computation: nodes.length > 1_000 ? 0 : 1_000_000 + (node.id % 2),
      earlier: false,
      runs: 1,
      key: null,
    };
    group.running = Array.from({ length: Math.min(5, states[2]) }, (_, at) => [`('${node.name}', ${at * 3}, 7)`, `tcp://10.0.0.${7 + at}:41233`, now - 61 / (at + 1)]);
    group.errors = Array.from({ length: Math.min(3, gone ? 0 : states[6]) }, (_, at) => errorOf({ name: node.name, states }, at));
    return group;
  });
  return { groups, now, erred };
}

/** All rows of a state. */
function rowsOf(graph, kind, first = 1) {
  const { groups: objects, now, erred } = groupsOf(graph, kind, first);
  const groups = objects.map((group) => row(group.id, GROUP_FIELDS, group));
  const computations = [0, 1].map((at) => row(1_000_000 + at, COMPUTATION_FIELDS, { start: now - 41 + at, code: [CODE] }));
  const summary = row(0, SUMMARY_FIELDS, {
    now,
    started: groups.length ? now - 42.3 : 0,
    ended: ["finished", "failed", "stopped"].includes(kind) ? now - 2 : 0,
    scheduler_cost: 0.0021,
    kernel_cost: 0.004,
    memory: 3e9,
    workers: 4,
    threads: 16,
    memory_limit: 64e9,
    status: kind === "lost" ? "lost" : "live",
    message: "",
    address: "tcp://10.0.0.1:8786",
    interval: 0.2,
    erred,
  });
  return { groups, computations, summary };
}

const encoded = (since, seq, rest) => encode({ v: WIRE_VERSION, session: "dev", since, seq, ...rest });
const NAMED = { states: STATES, actions: ACTIONS };

/** One whole state as a message. */
export const message = (graph, kind, seq = 1) => encoded(0, seq, { ...NAMED, ...rowsOf(graph, kind) });

const PAGE_ROWS = 500;
const PAGE_CHARACTERS = 200_000;

/** One whole state in messages of bounded size, as the kernel sends it. */
export function pages(graph, kind) {
  const { groups, computations, summary } = rowsOf(graph, kind);
  const parts = [[]];
  let characters = 0;
  groups.forEach((group, at) => {
    characters += graph.nodes[at].id.length;
    if (parts.at(-1).length >= PAGE_ROWS || characters > PAGE_CHARACTERS) {
      parts.push([]);
      characters = 0;
    }
    parts.at(-1).push(group);
  });
  return parts.map((part, at) => {
    const more = at + 1 < parts.length;
    const rest = { ...(at === 0 && NAMED), ...(more ? { more } : { summary, computations }), groups: part };
    return encoded(at, at + 1, rest);
  });
}

/** The groups numbered from `first` are all gone, and as many others are there instead, as the message after `seq`. */
export function replaced({ nodes, edges }, kind, first, seq) {
  const removed = nodes.map((_, at) => first + at);
  const renamed = (id) => `${id}${seq}`;
  const other = { nodes: nodes.map((node) => ({ ...node, id: renamed(node.id) })), edges: edges.map((ends) => ends.map(renamed)) };
  return encoded(seq, seq + 1, { ...rowsOf(other, kind, first + nodes.length), removed });
}

/** A graph of so many groups in layers, with 1.5 edges each; every group has a prefix of its own. */
export function layered(count) {
  const dice = random(11);
  const width = Math.ceil(Math.sqrt(count) / 1.5);
  const words = ["load", "normalise", "rechunk-merge", "mean-agg", "getitem", "shuffle-transfer", "to-parquet"];
  const nodes = Array.from({ length: count }, (_, at) => {
    const label = `${words[Math.floor(dice() * words.length)]}_${at}`;
    return { id: `${label}-${Math.floor(dice() * 2 ** 32).toString(16).padStart(8, "0")}`, label };
  });
  const edges = [];
  nodes.forEach(({ id }, at) => {
    const many = at < width ? 0 : dice() < 0.5 ? 1 : 2;
    for (let n = 0; n < many; n++) {
      const back = Math.max(0, at - width + Math.floor((dice() - 0.5) * 5));
      edges.push([nodes[back].id, id]);
    }
  });
  return { nodes, edges };
}

/** A share of the groups with other counts, as the message after `seq`. */
export function changes(graph, part, seq) {
  const dice = random(seq);
  const groups = Array.from({ length: Math.ceil(part * graph.nodes.length) }, () => {
    // Not one of every third: those may be gone.
    const id = 1 + 3 * Math.floor((dice() * graph.nodes.length) / 3);
    return row(id, GROUP_FIELDS, { states: counts(totalOf(id), FRONT, dice) });
  });
  const summary = row(0, SUMMARY_FIELDS, { now: Date.now() / 1000 });
  return encoded(seq, seq + 1, { groups, summary });
}
