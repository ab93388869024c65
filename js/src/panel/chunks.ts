/** The blocks of a collection, each in the colour of its task's state. */
import { keyEntries, refill } from "../dom/bar.ts";
import { element, setText } from "../dom/element.ts";
import { lateAfter } from "../draw/frames.ts";
import type { Ink } from "../draw/ink.ts";
import { count, percent } from "../format.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { displayOrder, type Segment } from "../progress.ts";
import type { Study } from "../study.ts";
import { stateText, texts } from "../texts.ts";
import { stateColour, statePattern } from "../theme.ts";
import { type Block, blockUnder, drawGrid, type Lay, layOf, movedBy, rectOf, roomFor } from "./blocks.ts";
import { chart, pixelOf, watchChartKeys } from "./chart.ts";
import { type Colours, cutAt, forgetPaint, type Grid, newGrid, paintStates, settle } from "./charts/grid.ts";
import { type Cell, cellOf, type Wrapping } from "./charts/wrapping.ts";
import { sliders } from "./sliders.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";
import { tiles } from "./tiles.ts";

const words = texts.charts;
const PORTION_MS = 4;

function mount(host: TabHost): TabView {
  const legend = element("div", { class: "tgw-legend" });
  const fillLegend = refill(legend);
  const note = element("p", { class: "tgw-note" });
  const heard = element("p", { class: "tgw-unseen", role: "status" });
  const face = chart({ role: "application", className: "tgw-chart-grid", onChange: host.refresh });
  const axes = sliders((at) => {
    if (!grid || !state) return;
    cutAt(grid, at, state.study, room());
    cursor = null;
    host.refresh();
  });
  const root = element("div", { class: "tgw-charts" }, legend, axes.element, note, face.element, heard);
  const image = tiles();

  let state: TabState | null = null;
  let grid: Grid | null = null;
  let of = { group: -1, generation: -1 };
  let colours: { readonly by: Colours; readonly theme: string; readonly names: readonly string[] } | null =
    null;
  /** All that the pixels were made of, once they are as they shall be. */
  let taken: readonly unknown[] = [];
  let cursor: Block | null = null;
  let hovered: Block | null = null;
  let lay: Lay = { x: 0, y: 0, px: 1 };

  const room = () => roomFor(grid?.sizes ?? [], face.size);

  function gridOf({ group, generation, dimensions }: Study): Grid {
    const depth = dimensions ?? 0;
    if (grid && of.group === group && of.generation === generation && grid.dimensions === depth) return grid;
    of = { group, generation };
    cursor = null;
    hovered = null;
    grid = newGrid(depth);
    return grid;
  }

  function coloursFor({ theme }: Ink, names: readonly string[], target: Grid): Colours {
    if (colours?.theme === theme && colours.names === names) return colours.by;
    if (colours?.theme !== theme) forgetPaint(target);
    const by = {
      pixels: Uint32Array.from(names, (name) => pixelOf(stateColour(name, theme))),
      wrong: Uint8Array.from(names, (name) => (statePattern(name) === "hatched" ? 1 : 0)),
    };
    colours = { by, theme, names };
    return by;
  }

  function sentenceOf(now: TabState, target: Grid): string {
    const { study, group } = now;
    const isRead = study.complete && target.placed === 0 && taken.length > 0;
    const isTold = study.group === group.id && study.dimensions !== null;
    const { refusal, laid } = target;
    if (!isTold) return now.absent || words.reading;
    if (study.dimensions === 0 || isRead) return words.noBlocks;
    if (refusal?.type === "sparse")
      return words.sparse(percent(refusal.fill, 1), laid.map(count).join(" × "));
    if (refusal) return words.tooLarge(refusal.sizes.map(count).join(" × "));
    if (!target.wrapped) return now.absent || words.reading;
    return words.blocks(
      laid.map(count).join(" × "),
      count(target.placed),
      study.complete && target.placed === study.count ? "" : count(study.count),
    );
  }

  const segments = (target: Grid, names: readonly string[]): Segment[] =>
    displayOrder(names).flatMap((name) => {
      const tasks = target.counts[names.indexOf(name)] ?? 0;
      return tasks > 0 ? [{ state: name, count: tasks }] : [];
    });

  const placeAt = ({ places, wrapped }: Grid, { row, column }: Block): number => {
    if (!wrapped) return -1;
    const { x, y } = cellOf(wrapped, row, column);
    return places[y * wrapped.width + x] ?? -1;
  };

  /** Its indices, as in the key. */
  const indices = ({ slice }: Grid, { row, column }: Block): string =>
    slice.at
      .map((at, axis) => count(axis === slice.rows ? row : axis === slice.columns ? column : at))
      .join(", ");

  function factsOf(target: Grid, block: Block): { title: string; lines: (readonly [string, string])[] } {
    const title = `(${indices(target, block)})`;
    const place = placeAt(target, block);
    if (!state || place < 0) return { title, lines: [[words.state, words.noTask]] };
    const { states, stateNames, workers, workerNames } = state.study;
    const worker = workerNames[(workers[place] ?? 0) - 1];
    return {
      title,
      lines: [
        [words.state, stateText(stateNames[states[place] ?? 0] ?? "")],
        ...(worker ? [[words.worker, worker] as const] : []),
      ],
    };
  }

  const point = (at: Cell | null): Block | null =>
    at && grid?.wrapped ? blockUnder(grid.wrapped, at, lay) : null;

  function open(block: Block | null) {
    if (!block || !grid || !state) return;
    const place = placeAt(grid, block);
    if (place >= 0) host.openTask({ place, generation: state.study.generation });
  }

  const unwatch = watchPointer(face.canvas, {
    onMove(at) {
      hovered = point(at);
      host.refresh();
    },
    onClick: (at) => open(point(at)),
    onDoubleClick() {},
  });

  watchChartKeys(face.canvas, (key) => {
    const wrapped = grid?.wrapped;
    if (!grid || !wrapped) return false;
    if ((key === "Enter" || key === " ") && cursor) open(cursor);
    else {
      const moved = movedBy(key, cursor, wrapped);
      if (!moved) return false;
      cursor = moved;
      hovered = null;
      const { title, lines } = factsOf(grid, moved);
      setText(heard, words.said(title, lines.map(([, value]) => value).join(", ")));
      host.refresh();
    }
    return true;
  });

  function draw(target: Grid, wrapped: Wrapping, { ink, study }: TabState) {
    const surface = face.begin(ink);
    if (!surface) return;
    const { pen, ratio } = surface;
    lay = layOf(target.sizes, wrapped, face.size, ratio);
    const { stateNames } = study;
    drawGrid(pen, image, { grid: target, wrapped, lay, ratio, ink, stateNames, cursor, hovered });
  }

  return {
    element: root,
    update(now) {
      state = now;
      const { study, ink } = now;
      const target = gridOf(study);
      const isReady = study.group === now.group.id && target.dimensions > 0 && face.size.width > 0;
      const { width, height } = face.size;
      const input = [study, target, target.slice, width, height, ink.theme] as const;
      const anew = isReady && input.some((each, at) => each !== taken[at]);
      if (anew) {
        const done = settle(target, study, room(), lateAfter(PORTION_MS));
        taken = done ? [...input.slice(0, 2), target.slice, ...input.slice(3)] : [];
        if (!done) host.refresh();
      }
      const sentence = sentenceOf(now, target);
      setText(note, sentence);
      axes.show(target.laid, target.slice);
      const { wrapped } = target;
      face.element.style.visibility = wrapped ? "" : "hidden";
      legend.hidden = !wrapped;
      if (!isReady || !wrapped) {
        face.begin(ink);
        face.hush();
        return;
      }
      if (anew) {
        const painted = paintStates(target, study, coloursFor(ink, study.stateNames, target));
        image.take(target, wrapped, painted);
      }
      draw(target, wrapped, now);
      const parts = segments(target, study.stateNames);
      fillLegend([parts, ink.theme], () => keyEntries(parts, ink.theme));
      face.label(
        words.gridLabel(
          sentence,
          parts.map((part) => `${count(part.count)} ${stateText(part.state)}`).join(", "),
        ),
      );
      const told = hovered ?? (face.canvas.matches(":focus") ? cursor : null);
      if (!told) return face.hush();
      const { title, lines } = factsOf(target, told);
      face.tell(rectOf(wrapped, told, lay), title, lines);
    },
    dispose() {
      unwatch();
      face.dispose();
    },
  };
}

export const chunks: Tab = {
  id: "chunks",
  label: words.tabs.chunks,
  columns: ["state", "worker", "block"],
  mount,
};
