/** The canvas, and what stands on it: has the picture laid out, makes a scene of it and draws that. */
import { draw } from "../draw/draw.ts";
import { lateAfter } from "../draw/frames.ts";
import { framingOf } from "../draw/framing.ts";
import { type Heading, headed } from "../draw/heading.ts";
import type { Brush, Ink } from "../draw/ink.ts";
import { svgOf } from "../draw/svg.ts";
import type { Box, Layout, Point } from "../layout/graph.ts";
import type { NodeId } from "../picture/node.ts";
import {
  type Arrangement,
  arranged,
  type Base,
  isPlanned,
  NO_ARRANGEMENT,
  type Plan,
  planFor,
  planned,
} from "../scene/arrangement.ts";
import type { Camera, Size } from "../scene/camera.ts";
import type { Measure } from "../scene/card.ts";
import { isMoving, NOTHING, opacityAt, shownAt } from "../scene/motion.ts";
import {
  type BuiltScene,
  buildScene,
  type Card,
  cardOf,
  EMPTY_SCENE,
  type SceneInput,
} from "../scene/scene.ts";
import { cardAt } from "../scene/seen.ts";
import { createSizes } from "../scene/sizes.ts";
import { texts } from "../texts.ts";
import { affordableRatio, graphCanvas, hiddenLayers, sizeCanvas } from "./canvas.ts";
import { createLayouter } from "./layouter.ts";
import { measureWith } from "./measure.ts";
import { type Minimap, minimap } from "./minimap.ts";
import { pngOf } from "./png.ts";

/** What a scene is made of, apart from where things stand. */
export type Subject = Omit<SceneInput, "layout" | "texts" | "measure" | "opacity">;

export interface Easel {
  readonly canvas: HTMLCanvasElement;
  readonly map: HTMLElement;
  /** Where everything stands, or is on its way to. */
  readonly layout: Layout;
  /** Nothing has stood there before. */
  readonly isFirst: boolean;
  /** More nodes than this cannot be laid out here. */
  readonly most: number;
  /** The last layout could not be made: what stands is the one before. */
  readonly failed: boolean;
  /** Have the picture laid out for a view of some `shape`, if that is needed; false where nothing can be drawn. */
  prepare(picture: SceneInput["picture"], room: Size, ink: Ink, shape: Size): boolean;
  /** Have it laid out from scratch, or as it was before that; false where there is nothing to go back to. */
  rearrange(back: boolean): boolean;
  /** True while something moves. */
  paint(subject: Subject, camera: Camera, ink: Ink, hasMap: boolean, nowMs: number): boolean;
  cardAt(place: Point): Card | null;
  card(id: NodeId): Card | null;
  svg(heading: Heading): string;
  png(heading: Heading): Promise<Blob>;
  dispose(): void;
}

/** In one frame. */
const PORTION_MS = 12;

interface Options {
  readonly glideMs: () => number;
  /** A layout has been made; `before` is where the cards are at this moment. */
  readonly onLayout: (before: ReadonlyMap<NodeId, Box>, after: Layout) => void;
  /** `most` or `failed` is another. */
  readonly onLimit: () => void;
  /** Somebody wants this point in the middle of the view. */
  readonly onMove: (middle: Point) => void;
}

export function easel({ glideMs, onLayout, onLimit, onMove }: Options): Easel {
  const canvas = graphCanvas(texts.graphLabel);
  const ctx = canvas.getContext("2d");
  const layers = hiddenLayers();
  const layouter = createLayouter<Plan>(take, onLimit);
  const sizeCards = createSizes();
  const map: Minimap = minimap(onMove);
  let size: Size = { width: 0, height: 0 };
  let arrangement: Arrangement = NO_ARRANGEMENT;
  let scene: BuiltScene = EMPTY_SCENE;
  let measure: { readonly family: string; readonly by: Measure } | null = null;
  let brush: Brush | null = null;
  /** There was no time to get everything ready for the layout. */
  let preparing = false;
  /** What the next layout shall build on, where somebody has asked for another one. */
  let base: Base | undefined;
  /** How it stood before somebody asked, and what was laid out from scratch then. */
  let former: { readonly layout: Layout; readonly plan: Plan; readonly size: Size } | null = null;
  /** There was no time to draw the scene. */
  let waiting = false;

  function measureIn(family: string): Measure | null {
    if (!ctx) return null;
    if (measure?.family !== family) measure = { family, by: measureWith(ctx, family) };
    return measure.by;
  }

  function take(layout: Layout, plan: Plan) {
    const nowMs = performance.now();
    const glide = arrangement.motion.to.boxes.size > 0 ? glideMs() : 0;
    const before = shownAt(arrangement.motion, nowMs, glide).boxes;
    arrangement = arranged(arrangement, layout, plan, nowMs, glide);
    onLayout(before, layout);
  }

  function brushWith(ink: Ink, by: Measure, pixelRatio: number): Brush {
    if (brush?.palette !== ink.palette || brush.pixelRatio !== pixelRatio || brush.measure !== by)
      brush = { ...ink, pixelRatio, measure: by };
    return brush;
  }

  return {
    canvas,
    map: map.element,
    get layout() {
      return arrangement.motion.to;
    },
    get isFirst() {
      return arrangement.motion.from.boxes.size === 0;
    },
    get most() {
      return layouter.most;
    },
    get failed() {
      return layouter.failed;
    },
    prepare(picture, room, ink, shape) {
      const by = measureIn(ink.fontFamily);
      if (!by || room.width <= 0 || room.height <= 0) return false;
      size = room;
      preparing = false;
      if (base === undefined && isPlanned(arrangement, picture, by, shape)) return true;
      const sizes = sizeCards(picture.nodes, by, lateAfter(PORTION_MS));
      preparing = sizes === null;
      if (!sizes) return true;
      const plan = planFor(arrangement, picture, by, shape, sizes, base);
      base = undefined;
      arrangement = planned(arrangement, plan);
      if (plan.graph.nodes.length > 0) layouter.ask(plan);
      else take(NOTHING, plan);
      return true;
    },
    rearrange(back) {
      const { plan, motion } = arrangement;
      if (!plan || motion.to.boxes.size === 0) return false;
      if (back) {
        if (former?.plan.key !== plan.key) return false;
        base = former.layout;
        former = null;
      } else if (former?.plan.structure !== plan.structure || former.size !== size) {
        base = null;
        former = { layout: motion.to, plan, size };
      }
      return true;
    },
    paint(subject, camera, ink, hasMap, nowMs) {
      const by = measureIn(ink.fontFamily);
      if (!ctx || !by) return false;
      const isLate = lateAfter(PORTION_MS);
      const glide = glideMs();
      const { motion } = arrangement;
      const layout = shownAt(motion, nowMs, glide);
      const opacity = opacityAt(motion, nowMs, glide);
      scene = buildScene({ ...subject, layout, texts: arrangement.texts, measure: by, opacity }, scene);
      waiting = !waiting && isLate();
      if (waiting) return true;
      const pixelRatio = affordableRatio(size, ink.pixelRatio);
      sizeCanvas(canvas, size, pixelRatio);
      const now = brushWith(ink, by, pixelRatio);
      const blurred = draw(ctx, scene, camera, size, now, layers);
      map.update(scene, camera, hasMap ? size : { width: 0, height: 0 }, now);
      return preparing || blurred || isMoving(motion, nowMs, glide);
    },
    cardAt: (place) => cardAt(scene, place),
    card: (id) => cardOf(scene, id),
    svg: (heading) => {
      if (!brush) return "";
      return svgOf(scene, texts.label, brush, headed(framingOf(scene), heading, brush.measure));
    },
    async png(heading) {
      if (!brush) throw new Error("nothing has been drawn");
      return pngOf(scene, brush, headed(framingOf(scene), heading, brush.measure));
    },
    dispose() {
      layouter.dispose();
      map.dispose();
    },
  };
}
