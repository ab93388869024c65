/** The camera's owner: the user's hands through d3-zoom, and fitting by itself until they move it. */
import { select } from "d3-selection";
import { type D3ZoomEvent, zoom, zoomIdentity } from "d3-zoom";
import type { Point } from "../layout/graph.ts";
import { type Camera, MAX_ZOOM } from "../scene/camera.ts";
import { ease, glideCamera } from "../scene/glide.ts";

export interface CameraControl {
  readonly camera: Camera;
  /** Where it is going, or stands. */
  readonly target: Camera;
  /** Whether it fits the graph by itself. */
  readonly fitting: boolean;
  /** The camera of this moment; moves on when it glides. True while it does. */
  advance(nowMs: number, glideMs: number): boolean;
  /** Go there, at once or gliding. */
  aim(target: Camera, nowMs: number, glide: boolean): void;
  /** About a place on the canvas, or its middle. */
  zoomBy(factor: number, about: Point | null): void;
  arm(fitting: boolean): void;
  dispose(): void;
}

interface Options {
  /** Whether a plain wheel or a single finger is meant for the graph. */
  readonly isEngaged: () => boolean;
  /** How far out the user may zoom, and where a camera may go that the user moves. */
  readonly leastZoom: () => number;
  readonly held: (wanted: Camera) => Camera;
  readonly onChange: () => void;
  /** By the user. */
  readonly onMoved: (byHand: boolean) => void;
  /** A wheel event that was left to the page. */
  readonly onDeclined: () => void;
}

interface Flight {
  readonly from: Camera;
  readonly to: Camera;
  readonly startedMs: number;
}

const CLICK_DISTANCE = 4;

const same = (a: Camera, b: Camera) => a.x === b.x && a.y === b.y && a.k === b.k;

export function controlCamera(
  canvas: HTMLCanvasElement,
  { isEngaged, leastZoom, held, onChange, onMoved, onDeclined }: Options,
): CameraControl {
  let camera: Camera = { x: 0, y: 0, k: 1 };
  let fitting = true;
  let flight: Flight | null = null;

  const accepts = (event: WheelEvent | MouseEvent | TouchEvent): boolean => {
    limitZoom();
    if (event.type === "wheel") {
      const meant = event.ctrlKey || event.metaKey || isEngaged();
      // Also where there is nothing left to zoom: the page shall not begin to move then.
      if (meant) event.preventDefault();
      else onDeclined();
      return meant;
    }
    if ("touches" in event) return event.touches.length > 1 || isEngaged();
    return !event.ctrlKey && event.button === 0;
  };

  const behaviour = zoom<HTMLCanvasElement, unknown>()
    .constrain((wanted) => {
      const { x, y, k } = held(wanted);
      return x === wanted.x && y === wanted.y ? wanted : zoomIdentity.translate(x, y).scale(k);
    })
    .clickDistance(CLICK_DISTANCE)
    .filter(accepts)
    .on("zoom", ({ transform, sourceEvent }: D3ZoomEvent<HTMLCanvasElement, unknown>) => {
      const { x, y, k } = transform;
      if (sourceEvent) {
        fitting = false;
        flight = null;
        onMoved(true);
      }
      if (same(camera, transform)) return;
      camera = { x, y, k };
      onChange();
    });
  const selection = select(canvas).call(behaviour).on("dblclick.zoom", null);

  function limitZoom() {
    behaviour.scaleExtent([leastZoom(), MAX_ZOOM]);
  }

  const place = ({ x, y, k }: Camera) =>
    selection.call(behaviour.transform, zoomIdentity.translate(x, y).scale(k));

  return {
    get camera() {
      return camera;
    },
    get target() {
      return flight?.to ?? camera;
    },
    get fitting() {
      return fitting;
    },
    advance(nowMs, glideMs) {
      if (!flight) return false;
      const t = ease(nowMs - flight.startedMs, glideMs);
      const { from, to } = flight;
      if (t >= 1) flight = null;
      place(glideCamera(from, to, t));
      return t < 1;
    },
    aim(target, nowMs, glide) {
      if (same(target, flight?.to ?? camera)) return;
      flight = glide ? { from: camera, to: target, startedMs: nowMs } : null;
      if (!glide) place(target);
      onChange();
    },
    zoomBy(factor, about) {
      fitting = false;
      flight = null;
      onMoved(false);
      limitZoom();
      selection.call(behaviour.scaleBy, factor, about ? [about.x, about.y] : undefined);
    },
    arm(now) {
      fitting = now;
    },
    dispose() {
      selection.on(".zoom", null);
    },
  };
}
