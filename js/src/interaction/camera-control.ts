/** The camera's owner: the user's hands, and fitting by itself until they move it. */
import type { Point } from "../layout/graph.ts";
import { type Camera, zoomed } from "../scene/camera.ts";
import { ease, glideCamera } from "../scene/glide.ts";

export interface CameraControl {
  readonly camera: Camera;
  /** Whether it fits the graph by itself. */
  readonly fitting: boolean;
  /** The camera of this moment; moves on when it glides. True while it does. */
  advance(nowMs: number, glideMs: number): boolean;
  /** Go there, at once or gliding. */
  aim(target: Camera, nowMs: number, glide: boolean): void;
  zoomBy(factor: number): void;
  arm(fitting: boolean): void;
  dispose(): void;
}

interface Options {
  /** Whether a plain wheel or a single finger is meant for the graph. */
  readonly isEngaged: () => boolean;
  readonly onChange: () => void;
  /** A wheel event that was left to the page. */
  readonly onDeclined: () => void;
}

interface Flight {
  readonly from: Camera;
  readonly to: Camera;
  readonly startedMs: number;
}

/** A press that moves by no more is a click. */
const CLICK_DISTANCE = 4;
/** Powers of two for each pixel, line and page of the wheel. */
const WHEEL = [0.002, 0.05, 1];
/** A pinch on a touchpad comes as a wheel with the Ctrl key, in small steps. */
const PINCH = 10;

const same = (a: Camera, b: Camera) => a.x === b.x && a.y === b.y && a.k === b.k;

const distance = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

export function controlCamera(
  canvas: HTMLCanvasElement,
  { isEngaged, onChange, onDeclined }: Options,
): CameraControl {
  const ended = new AbortController();
  const { signal } = ended;
  let camera: Camera = { x: 0, y: 0, k: 1 };
  let fitting = true;
  let flight: Flight | null = null;
  let drag: { readonly id: number; at: Point; moved: boolean } | null = null;
  let dragged = false;
  let fingers: readonly Point[] = [];

  const place = ({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point => {
    const { left, top } = canvas.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };

  function show(next: Camera) {
    if (same(camera, next)) return;
    camera = next;
    onChange();
  }

  function moveByHand(next: Camera) {
    fitting = false;
    flight = null;
    show(next);
  }

  const pan = (from: Point, to: Point) => moveByHand(zoomed(camera, 1, from, to));

  function onWheel(event: WheelEvent) {
    if (!event.ctrlKey && !event.metaKey && !isEngaged()) return onDeclined();
    event.preventDefault();
    const power = -event.deltaY * (WHEEL[event.deltaMode] ?? 1) * (event.ctrlKey ? PINCH : 1);
    moveByHand(zoomed(camera, 2 ** power, place(event)));
  }

  function onPress(event: PointerEvent) {
    dragged = false;
    if (event.pointerType === "touch" || event.button !== 0 || event.ctrlKey) return;
    drag = { id: event.pointerId, at: place(event), moved: false };
  }

  function onDrag(event: PointerEvent) {
    if (event.buttons === 0) drag = null;
    if (drag?.id !== event.pointerId) return;
    const at = place(event);
    if (!drag.moved && distance(drag.at, at) <= CLICK_DISTANCE) return;
    if (!drag.moved) canvas.setPointerCapture(drag.id);
    pan(drag.at, at);
    drag = { ...drag, at, moved: true };
  }

  function onRelease(event: PointerEvent) {
    if (drag?.id !== event.pointerId) return;
    dragged = drag.moved;
    drag = null;
  }

  /** The end of a drag is no click. */
  function onClick(event: MouseEvent) {
    if (dragged) event.stopImmediatePropagation();
    dragged = false;
  }

  /** Two fingers always, one where the graph has been tapped before: else it scrolls the page. */
  function onFingers({ targetTouches }: TouchEvent) {
    const taken = targetTouches.length > 1 || isEngaged();
    fingers = taken ? Array.from(targetTouches, place).slice(0, 2) : [];
  }

  function onFingersMove(event: TouchEvent) {
    const [oldFirst, oldSecond] = fingers;
    const [first, second] = Array.from(event.targetTouches, place);
    if (!oldFirst || !first) return;
    event.preventDefault();
    if (oldSecond && second) {
      const factor = distance(first, second) / Math.max(1, distance(oldFirst, oldSecond));
      moveByHand(zoomed(camera, factor, middle(oldFirst, oldSecond), middle(first, second)));
      fingers = [first, second];
    } else {
      pan(oldFirst, first);
      fingers = [first];
    }
  }

  const options = { signal, passive: false };
  canvas.addEventListener("wheel", onWheel, options);
  canvas.addEventListener("pointerdown", onPress, { signal });
  canvas.addEventListener("pointermove", onDrag, { signal });
  canvas.addEventListener("pointerup", onRelease, { signal });
  canvas.addEventListener("pointercancel", onRelease, { signal });
  canvas.addEventListener("click", onClick, { signal, capture: true });
  for (const type of ["touchstart", "touchend", "touchcancel"] as const) {
    canvas.addEventListener(type, onFingers, { signal, passive: true });
  }
  canvas.addEventListener("touchmove", onFingersMove, options);

  return {
    get camera() {
      return camera;
    },
    get fitting() {
      return fitting;
    },
    advance(nowMs, glideMs) {
      if (!flight) return false;
      const t = ease(nowMs - flight.startedMs, glideMs);
      const { from, to } = flight;
      if (t >= 1) flight = null;
      show(glideCamera(from, to, t));
      return t < 1;
    },
    aim(target, nowMs, glide) {
      if (same(target, flight?.to ?? camera)) return;
      flight = glide ? { from: camera, to: target, startedMs: nowMs } : null;
      if (!glide) camera = target;
      onChange();
    },
    zoomBy(factor) {
      moveByHand(zoomed(camera, factor, { x: canvas.clientWidth / 2, y: canvas.clientHeight / 2 }));
    },
    arm(now) {
      fitting = now;
    },
    dispose: () => ended.abort(),
  };
}
