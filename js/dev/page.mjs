// Mounts the widget on a made-up kernel: ?graph=real50&kind=running&theme=dark&width=900&height=400&hover=12&select=3
// The details: &open=3,4 (groups, by place) &large=3 (that one has a million tasks) &tab=tasks &busy=1 (questions wait) &workers=5000
import widget from "../src/hosts/widget.ts";
import { bipartite, components, hub, line, longNames } from "./extremes.mjs";
import { changes, groupsOf, large, layered, message, pages, replaced } from "./graphs.mjs";
import { detailsKernel } from "./tasks.mjs";
import real50 from "../../tests/data/graphs/real50.json";
import real200 from "../../tests/data/graphs/real200.json";
import real500 from "../../tests/data/graphs/real500.json";
import syn500 from "../../tests/data/graphs/syn500.json";

const named = (prefix, token) => ({ id: token ? `${prefix}-${token}` : prefix, label: prefix });
const three = {
  nodes: [
    named("random_sample", "bd07b2ac161e9d9fe3b67c3ccd1e8e6b"),
    named("add", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    named("sum-aggregate", "5744e742f3e6f1d693a706981b8ccc03"),
  ],
  edges: [],
};
three.edges = [
  [three.nodes[0].id, three.nodes[1].id],
  [three.nodes[1].id, three.nodes[2].id],
];
// Cycles and a self edge, as a P2P shuffle and f→g→f give, and names from hell.
const odd = {
  nodes: [
    named("inc"),
    named("shuffle-transfer", "a1"),
    named("shuffle-barrier"),
    named("shuffle-p2p", "b2"),
    named("<b>bold</b>", "123"),
    named(`a${"very-".repeat(30)}long_name`, "00000000"),
    named("عملية", "deadbeef"),
    named("数据处理", "cafebabe"),
  ],
  edges: [["inc", "inc"], ["shuffle-transfer-a1", "shuffle-barrier"], ["shuffle-barrier", "shuffle-p2p-b2"], ["shuffle-p2p-b2", "shuffle-transfer-a1"], ["inc", "<b>bold</b>-123"]],
};
const copies = (graph, times) => ({
  nodes: Array.from({ length: times }, (_, n) => graph.nodes.map((node) => ({ ...node, id: `${node.id}${n}` }))).flat(),
  edges: Array.from({ length: times }, (_, n) => graph.edges.map(([s, t]) => [`${s}${n}`, `${t}${n}`])).flat(),
});
const made = {
  many: () => copies(real500, 7),
  line: () => line(10_000),
  hub: () => hub(5_000),
  bipartite: () => bipartite(200),
  components: () => components(3_000),
  large: () => layered(10_000),
  names: () => longNames(300),
};
const graphs = { none: { nodes: [], edges: [] }, three, odd, real50, real200, real500, syn500 };

const asked = new URLSearchParams(location.search);
const theme = asked.get("theme") ?? "light";
const kind = asked.get("kind") ?? "running";
const name = asked.get("graph") ?? "real50";
const graph = made[name]?.() ?? graphs[name];
// ?large=3: that group has a million tasks.
large.id = Number(asked.get("large") ?? 0);
const whole = pages(graph, kind);
const send = (emit, bytes) => emit("msg:custom", { type: "update" }, [new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)]);

function newModel() {
  const opened = (asked.get("open") ?? "").split(",").flatMap((id) => graph.nodes[Number(id) - 1]?.id ?? []);
  const traits = { selected: opened, height: Number(asked.get("height") ?? 400), theme: asked.get("host") ? "auto" : theme };
  const listeners = {};
  const emit = (event, ...given) => {
    for (const listener of listeners[event] ?? []) listener(...given);
  };
  const groups = new Map(groupsOf(graph, kind).groups.map((group) => [group.id, group]));
  const tell = (content, bytes) => emit("msg:custom", content, [new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)]);
  const details = detailsKernel(groups, tell, { busy: asked.has("busy"), still: asked.has("still") });
  return {
    emit,
    get: (name) => traits[name],
    set: (name, value) => {
      traits[name] = value;
    },
    save_changes() {},
    send(request) {
      const { type } = request;
      if (kind === "nokernel") throw new Error("Cannot send");
      if (kind === "connecting") return;
      details.receive(request);
      if (asked.has("live") || type !== "hello") return;
      performance.mark("kernel");
      for (const bytes of whole) setTimeout(send, 0, emit, bytes);
      if (kind === "closed") setTimeout(() => emit("comm:close"));
    },
    on: (event, listener) => {
      listeners[event] = [...(listeners[event] ?? []), listener];
    },
    off: (event, listener) => {
      listeners[event] = (listeners[event] ?? []).filter((other) => other !== listener);
    },
  };
}

if (asked.get("host")) {
  document.body.dataset.jpThemeLight = String(theme === "light");
  const lab = {
    light: { "layout-color0": "#fff", "layout-color1": "#fff", "content-font-color1": "rgba(0, 0, 0, 0.87)", "brand-color1": "#1976d2" },
    dark: { "layout-color0": "#111", "layout-color1": "#212121", "content-font-color1": "#fff", "brand-color1": "#1976d2" },
  };
  for (const [name, value] of Object.entries(lab[theme])) document.body.style.setProperty(`--jp-${name}`, value);
}
const el = document.getElementById("cell");
el.style.width = asked.get("width") ? `${asked.get("width")}px` : "";
document.body.style.background = theme === "dark" ? "#111417" : "#fff";
const models = [];
const disposals = [];

function mountIn(el) {
  const model = newModel();
  const { initialize, render } = widget();
  initialize({ model });
  models.push(model);
  disposals.push(render({ model, el }));
}
mountIn(el);
// ?copies=20: so many more widgets below.
for (let copy = 0; copy < Number(asked.get("copies") ?? 0); copy++) mountIn(document.body.appendChild(document.createElement("div")));
window.dispose = () => {
  for (const dispose of disposals) dispose();
};
const hear = (bytes) => {
  for (const { emit } of models) send(emit, bytes);
};

// The kernel's side, to be played from outside: groups that change, or another graph altogether. Its work is marked, for
// those who take the time.
let seq = whole.length;
let first = 1;
const say = (make) => {
  performance.mark("kernel");
  setTimeout(hear, 0, make(seq++));
};
window.kernel = {
  change: (part) => say((since) => changes(graph, part, since)),
  replace: () => say((since) => {
    first += graph.nodes.length;
    return replaced(graph, kind, first - graph.nodes.length, since);
  }),
};

// ?live=200: as many milliseconds between two updates; the graph grows by one group each time.
if (asked.has("live")) {
  let shown = 1;
  const timer = setInterval(() => {
    shown += 1;
    const nodes = graph.nodes.slice(0, shown);
    const there = new Set(nodes.map(({ id }) => id));
    const part = { nodes, edges: graph.edges.filter(([s, t]) => there.has(s) && there.has(t)) };
    hear(message(part, "running", shown));
    if (shown >= graph.nodes.length) clearInterval(timer);
  }, Number(asked.get("live")));
}

const canvas = el.querySelector("canvas");
if (asked.has("at")) {
  const [x, y] = asked.get("at").split(",").map(Number);
  setTimeout(() => {
    const { left, top } = canvas.getBoundingClientRect();
    const where = { clientX: left + x, clientY: top + y, bubbles: true };
    if (asked.get("select")) canvas.dispatchEvent(new MouseEvent("click", where));
    canvas.dispatchEvent(new PointerEvent("pointermove", where));
  }, 600);
}
// ?tab=tasks: that tab of the details, once they are open.
if (asked.has("tab")) {
  const timer = setInterval(() => {
    const tab = el.querySelector(`[role=tab][id$="-${asked.get("tab")}"]`);
    if (!tab || tab.closest("[hidden]")) return;
    tab.click();
    clearInterval(timer);
  }, 50);
}
if (asked.has("keys")) {
  setTimeout(() => {
    canvas.focus();
    for (const key of asked.get("keys").split(",")) canvas.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  }, 600);
}
