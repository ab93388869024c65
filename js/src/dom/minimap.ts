/** The minimap: where in the whole the view is; a press or a drag on it moves the view there. */
import type { Brush } from "../draw/ink.ts";
import { drawMap, frameOnMap, isInside, mapCamera, mapSize } from "../draw/minimap.ts";
import type { Point } from "../layout/graph.ts";
import { type Bounds, boundsOf, type Camera, type Size, toWorld, viewed } from "../scene/camera.ts";
import type { Card, Scene } from "../scene/scene.ts";
import { sizeCanvas } from "./canvas.ts";
import { element } from "./element.ts";

export interface Minimap {
  readonly element: HTMLElement;
  /** Shows itself only when there is more than the camera sees. Draws only what has changed. */
  update(scene: Scene, camera: Camera, size: Size, brush: Brush): void;
  dispose(): void;
}

/** A view that is smaller than this has no room for a map. */
const LEAST: Size = { width: 420, height: 220 };
/** Between two drawings of the same graph. */
const PAUSE_MS = 500;

interface Subject {
  readonly cards: readonly Card[];
  readonly brush: Brush;
}

/** `onMove` is given the point that shall be in the middle of the view. */
export function minimap(onMove: (middle: Point) => void): Minimap {
  const canvas = element("canvas", { width: "1", height: "1" });
  const frame = element("div", { class: "tgw-map-frame" });
  const root = element("div", { class: "tgw-map", "aria-hidden": "true" }, canvas, frame);
  const ctx = canvas.getContext("2d");
  const ended = new AbortController();
  let camera: Camera = { x: 0, y: 0, k: 1 };
  let mapped: Size = { width: 1, height: 1 };
  let measured: { readonly cards: readonly Card[]; readonly bounds: Bounds | null } | null = null;
  let drawn: Subject | null = null;
  let latest: Subject | null = null;
  let view: Bounds | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  root.hidden = true;

  const go = (event: PointerEvent) => {
    const { left, top } = canvas.getBoundingClientRect();
    onMove(toWorld(camera, { x: event.clientX - left, y: event.clientY - top }));
  };
  const onPress = (event: PointerEvent) => {
    event.preventDefault();
    root.setPointerCapture(event.pointerId);
    go(event);
  };
  const onDrag = (event: PointerEvent) => {
    if (event.buttons !== 0) go(event);
  };
  root.addEventListener("pointerdown", onPress, { signal: ended.signal });
  root.addEventListener("pointermove", onDrag, { signal: ended.signal });

  const boundsOfAll = (cards: readonly Card[]): Bounds | null => {
    if (measured?.cards !== cards) measured = { cards, bounds: boundsOf(cards.map(({ box }) => box)) };
    return measured.bounds;
  };

  function redraw() {
    timer = undefined;
    const bounds = latest && boundsOfAll(latest.cards);
    if (!latest || !bounds || root.hidden || isSame(latest, drawn)) return;
    const { cards, brush } = latest;
    mapped = mapSize(bounds);
    camera = mapCamera(bounds, mapped);
    Object.assign(root.style, { width: `${mapped.width}px`, height: `${mapped.height}px` });
    sizeCanvas(canvas, mapped, brush.pixelRatio);
    if (ctx) drawMap(ctx, cards, camera, mapped, brush);
    drawn = latest;
    showFrame();
    timer = setTimeout(redraw, PAUSE_MS);
  }

  function showFrame() {
    if (!view) return;
    const { left, top, right, bottom } = frameOnMap(view, camera, mapped);
    const style = { width: `${right - left}px`, height: `${bottom - top}px` };
    Object.assign(frame.style, { ...style, transform: `translate(${left}px, ${top}px)` });
  }

  return {
    element: root,
    update(scene, main, size, brush) {
      view = viewed(main, size);
      const bounds = boundsOfAll(scene.cards);
      const roomy = size.width >= LEAST.width && size.height >= LEAST.height;
      root.hidden = !bounds || !roomy || isInside(bounds, view);
      if (root.hidden) return;
      latest = { cards: scene.cards, brush };
      timer ??= setTimeout(redraw);
      showFrame();
    },
    dispose() {
      ended.abort();
      clearTimeout(timer);
    },
  };
}

const isSame = (a: Subject, b: Subject | null): boolean =>
  a.cards === b?.cards && a.brush.palette === b.brush.palette && a.brush.pixelRatio === b.brush.pixelRatio;
