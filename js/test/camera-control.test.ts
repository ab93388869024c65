// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { element } from "../src/dom/element.ts";
import { type CameraControl, controlCamera } from "../src/interaction/camera-control.ts";
import { watchPointer } from "../src/interaction/pointer.ts";
import { MAX_ZOOM, toWorld, zoomed } from "../src/scene/camera.ts";

const canvas = element("canvas");
const declined = vi.fn();
const onClick = vi.fn();
const onDoubleClick = vi.fn();
const onMove = vi.fn();
let engaged = false;
let control: CameraControl;
let unwatch = () => {};

beforeEach(() => {
  engaged = false;
  vi.clearAllMocks();
  vi.useFakeTimers();
  canvas.setPointerCapture = () => {};
  control = controlCamera(canvas, { isEngaged: () => engaged, onChange: () => {}, onDeclined: declined });
  unwatch = watchPointer(canvas, { onMove, onClick, onDoubleClick });
});
afterEach(() => {
  unwatch();
  control.dispose();
  vi.useRealTimers();
});

const fire = (type: string, init: Record<string, unknown> = {}): boolean => {
  const event = new Event(type, { bubbles: true, cancelable: true });
  const defaults = { button: 0, buttons: 0, ctrlKey: false, metaKey: false, deltaMode: 0, pointerId: 1 };
  Object.entries({ ...defaults, pointerType: "mouse", isPrimary: true, ...init }).forEach(([name, value]) => {
    Object.defineProperty(event, name, { value });
  });
  return canvas.dispatchEvent(event);
};
const at = (x: number, y: number) => ({ clientX: x, clientY: y });
const touches = (type: string, ...points: readonly (readonly [number, number])[]) =>
  fire(type, { targetTouches: points.map(([x, y]) => at(x, y)) });

test("zooming keeps what is under the pointer there, and has bounds", () => {
  const before = { x: 10, y: 20, k: 0.5 };
  const point = { x: 100, y: 50 };
  const after = zoomed(before, 2, point);
  expect(after.k).toBe(1);
  expect(toWorld(after, point)).toEqual(toWorld(before, point));
  expect(zoomed(before, 1000, point).k).toBe(MAX_ZOOM);
});

test("a wheel is the page's until the graph is engaged or Ctrl is held", () => {
  expect(fire("wheel", { ...at(50, 50), deltaY: -100 })).toBe(true);
  expect(declined).toHaveBeenCalledOnce();
  expect(control.camera.k).toBe(1);
  expect(fire("wheel", { ...at(50, 50), deltaY: -10, ctrlKey: true })).toBe(false);
  const { k } = control.camera;
  expect(k).toBeGreaterThan(1);
  engaged = true;
  expect(fire("wheel", { ...at(50, 50), deltaY: 100 })).toBe(false);
  expect(control.camera.k).toBeLessThan(k);
  expect(control.fitting).toBe(false);
});

test("a drag moves the camera and is no click; a press that hardly moves is one", () => {
  fire("pointerdown", at(10, 10));
  fire("pointermove", { ...at(12, 11), buttons: 1 });
  expect(control.camera).toEqual({ x: 0, y: 0, k: 1 });
  fire("pointerup", at(12, 11));
  fire("click", at(12, 11));
  expect(onClick).toHaveBeenCalledOnce();

  fire("pointerdown", at(10, 10));
  fire("pointermove", { ...at(40, 25), buttons: 1 });
  fire("pointerup", at(40, 25));
  fire("click", at(40, 25));
  expect(control.camera).toEqual({ x: 30, y: 15, k: 1 });
  expect(onClick).toHaveBeenCalledOnce();
});

test("a press that was let go of elsewhere drags no longer", () => {
  fire("pointerdown", at(10, 10));
  fire("pointermove", { ...at(60, 60), buttons: 0 });
  expect(control.camera).toEqual({ x: 0, y: 0, k: 1 });
});

test("the right button is the host's", () => {
  fire("pointerdown", { ...at(10, 10), button: 2 });
  fire("pointermove", { ...at(60, 60), buttons: 2 });
  expect(control.camera).toEqual({ x: 0, y: 0, k: 1 });
  expect(fire("contextmenu", at(10, 10))).toBe(true);
});

test("one finger scrolls the page until the graph has been tapped", () => {
  touches("touchstart", [10, 10]);
  expect(touches("touchmove", [40, 40])).toBe(true);
  expect(control.camera.x).toBe(0);
  touches("touchend");
  engaged = true;
  touches("touchstart", [10, 10]);
  expect(touches("touchmove", [40, 30])).toBe(false);
  expect(control.camera).toEqual({ x: 30, y: 20, k: 1 });
});

test("two fingers pinch about the place between them, and move it along", () => {
  touches("touchstart", [100, 100], [200, 100]);
  const before = toWorld(control.camera, { x: 150, y: 100 });
  expect(touches("touchmove", [60, 120], [260, 120])).toBe(false);
  expect(control.camera.k).toBeCloseTo(2);
  expect(toWorld(control.camera, { x: 160, y: 120 }).x).toBeCloseTo(before.x);
  touches("touchend", [60, 120]);
  expect(touches("touchmove", [90, 150])).toBe(true);
});

const tap = (x: number, y: number) => {
  fire("pointerdown", { ...at(x, y), pointerType: "touch" });
  fire("pointerup", { ...at(x, y), pointerType: "touch" });
  fire("click", at(x, y));
};

test("two taps at one place are a double-click, two at different ones are not", () => {
  tap(10, 10);
  tap(200, 10);
  expect(onDoubleClick).not.toHaveBeenCalled();
  tap(205, 12);
  expect(onDoubleClick).toHaveBeenCalledOnce();
  expect(onClick).toHaveBeenCalledTimes(3);
});

test("a long press points at what is there, and neither clicks nor opens the host's menu", () => {
  fire("pointerdown", { ...at(10, 10), pointerType: "touch" });
  onMove.mockClear();
  vi.advanceTimersByTime(600);
  expect(onMove).toHaveBeenCalledWith({ x: 10, y: 10 });
  expect(fire("contextmenu", at(10, 10))).toBe(false);
  fire("pointerup", { ...at(10, 10), pointerType: "touch" });
  fire("click", at(10, 10));
  expect(onClick).not.toHaveBeenCalled();
});

test("a finger that moves is not pressing", () => {
  fire("pointerdown", { ...at(10, 10), pointerType: "touch" });
  onMove.mockClear();
  fire("pointermove", { ...at(40, 10), pointerType: "touch" });
  vi.advanceTimersByTime(600);
  expect(onMove).not.toHaveBeenCalled();
});
