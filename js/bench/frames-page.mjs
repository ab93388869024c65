/** The page of `frames.mjs`: mounts one of the two, drags it and takes the time. */
import cytoscape from "cytoscape";
import { changes, layered, message } from "../dev/graphs.mjs";
import { layout } from "../src/layout/index.ts";
import { createStore } from "../src/store.ts";
import { PALETTES, stateColour } from "../src/theme.ts";
import { mount } from "../src/view.ts";
import { readMessage } from "../src/wire.ts";

const UPDATE_MS = 200;
const CHANGED = 0.01;
const SECONDS = 4;
const CARD = { width: 150, height: 46 };
const SHOWN = ["released", "memory", "processing", "queued", "waiting"];

const cell = document.getElementById("cell");
const frame = () => new Promise(requestAnimationFrame);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let shown;

function ours(graph) {
  const store = createStore();
  mount(cell, store, { height: 400, theme: "light" });
  const take = (bytes) => store.receive(readMessage(bytes), "");
  take(message(graph, "running"));
  let seq = 1;
  const canvas = cell.querySelector(".tgw-canvas");
  let place = { left: 0, top: 0 };
  const mouse = (target, type, { x, y }) => {
    const { left, top } = place;
    const at = { clientX: left + x, clientY: top + y, bubbles: true, cancelable: true, view: window };
    target.dispatchEvent(new MouseEvent(type, at));
  };
  return {
    update: () => take(changes(graph, CHANGED, seq++)),
    begin(at) {
      place = canvas.getBoundingClientRect();
      mouse(canvas, "mousedown", at);
    },
    drag(at) {
      mouse(window, "mousemove", at);
    },
    end(at) {
      mouse(window, "mouseup", at);
    },
    zoom(k) {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      const deltaY = -Math.log2(k / canvas.__zoom.k) / 0.02;
      const middle = { clientX: left + width / 2, clientY: top + height / 2 };
      canvas.dispatchEvent(
        new WheelEvent("wheel", { ...middle, deltaY, ctrlKey: true, bubbles: true, cancelable: true }),
      );
    },
  };
}

function withCytoscape(graph) {
  const place = new Map(graph.nodes.map(({ id }, at) => [id, at]));
  const edges = graph.edges.map(([source, target]) => ({
    source: place.get(source),
    target: place.get(target),
  }));
  const boxes = layout(
    { nodes: graph.nodes.map((_, id) => ({ id, ...CARD })), edges },
    { aspect: 2.2, rankGap: 36, nodeGap: 16 },
  ).boxes;
  const shares = () => {
    const parts = SHOWN.map(() => Math.random());
    const whole = parts.reduce((sum, part) => sum + part, 0);
    let from = 0;
    const stops = parts.flatMap((part) => {
      const start = from;
      from += (100 * part) / whole;
      return [start, from];
    });
    return stops.map((stop) => `${stop.toFixed(1)}%`).join(" ");
  };
  const colours = SHOWN.flatMap((state) => [stateColour(state, "light"), stateColour(state, "light")]).join(
    " ",
  );
  const cy = cytoscape({
    container: cell,
    layout: { name: "preset" },
    elements: {
      nodes: graph.nodes.map(({ id, label }, at) => ({
        data: { id, label, stops: shares() },
        position: { x: boxes.get(at).x, y: boxes.get(at).y },
      })),
      edges: graph.edges.map(([source, target]) => ({ data: { source, target } })),
    },
    style: [
      {
        selector: "node",
        style: {
          shape: "round-rectangle",
          ...CARD,
          label: "data(label)",
          "text-valign": "center",
          "font-size": 13,
          "background-fill": "linear-gradient",
          "background-gradient-direction": "to-right",
          "background-gradient-stop-colors": colours,
          "background-gradient-stop-positions": "data(stops)",
        },
      },
      {
        selector: "edge",
        style: {
          width: 1.1,
          "line-color": PALETTES.light.edge,
          "target-arrow-shape": "triangle",
          "curve-style": "bezier",
        },
      },
    ],
  });
  cy.fit(undefined, 20);
  let last = null;
  return {
    update() {
      const nodes = cy.nodes();
      const from = Math.floor(Math.random() * nodes.length * (1 - CHANGED));
      cy.batch(() => {
        for (const node of nodes.slice(from, from + nodes.length * CHANGED)) node.data("stops", shares());
      });
    },
    begin(at) {
      last = at;
    },
    drag(at) {
      cy.panBy({ x: at.x - last.x, y: at.y - last.y });
      last = at;
    },
    end() {},
    zoom: (k) => cy.zoom({ level: k, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } }),
  };
}

/** Round and round, some six pixels a frame. */
const placeAt = (turn) => ({ x: 450 + 220 * Math.sin(turn), y: 200 + 120 * Math.sin(1.3 * turn) });

window.bench = {
  async mount({ peer, cards }) {
    shown = (peer === "ours" ? ours : withCytoscape)(layered(cards));
    for (let waited = 0; waited < 30; waited++) await frame();
    await pause(1000);
  },
  /** Drags for some seconds at a zoom; 0: the whole as it is. */
  async pan(k) {
    if (k > 0) shown.zoom(k);
    await pause(500);
    const ms = [];
    let waiting = 0;
    let turn = 0;
    shown.begin(placeAt(turn));
    const timer = setInterval(() => {
      const start = performance.now();
      shown.update();
      waiting += performance.now() - start;
    }, UPDATE_MS);
    const { port1, port2 } = new MessageChannel();
    const start = performance.now();
    await new Promise((resolve) => {
      let began = 0;
      port2.onmessage = () => {
        ms.push(performance.now() - began + waiting);
        waiting = 0;
      };
      const run = () => {
        began = performance.now();
        if (began - start > 1000 * SECONDS) return resolve();
        requestAnimationFrame(run);
        port1.postMessage(null);
        turn += 0.025;
        shown.drag(placeAt(turn));
      };
      requestAnimationFrame(run);
    });
    clearInterval(timer);
    shown.end(placeAt(turn));
    return { frames: ms.length, ms, seconds: (performance.now() - start) / 1000 };
  },
};
