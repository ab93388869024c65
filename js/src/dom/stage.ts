/** The graph: canvas, camera, pointer, keyboard, and the hover card over it. */
import type { Heading } from "../draw/heading.ts";
import type { Ink } from "../draw/ink.ts";
import { controlCamera } from "../interaction/camera-control.ts";
import type { Command } from "../interaction/commands.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { clicked } from "../interaction/selection.ts";
import { heirOf, nextOf, nodesIn, walk } from "../interaction/walk.ts";
import type { Box, Layout, Point } from "../layout/graph.ts";
import type { Lens, LensChange } from "../lens.ts";
import type { Mirror } from "../mirror.ts";
import { keyOf } from "../names.ts";
import type { Categories } from "../picture/colouring.ts";
import { EMPTY_PICTURE, type Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";
import {
  boundsOf,
  type Camera,
  type Covered,
  centredOn,
  fitTo,
  lifeSize,
  reveal,
  type Size,
  toScreen,
  toWorld,
} from "../scene/camera.ts";
import { GLIDE_MS } from "../scene/glide.ts";
import { heldIn, leastZoom } from "../scene/limits.ts";
import { type Opening, openedInto, openingOf, staysClose, unfolded } from "../scene/opening.ts";
import { boundsOfLayout, fixedCard, followed, steadied, stillFits } from "../scene/steady.ts";
import { type Easel, easel } from "./easel.ts";
import { element } from "./element.ts";
import { hoverFacts } from "./hover-facts.ts";
import { createLights } from "./lights.ts";

export interface StageInput {
  readonly mirror: Mirror;
  readonly picture: Picture;
  readonly lens: Lens;
  readonly selected: readonly string[];
  /** Nodes that the search has found. */
  readonly matches: readonly NodeId[];
  /** Nodes that stand out; null: all. */
  readonly attention: ReadonlySet<NodeId> | null;
  readonly categories: Categories;
}

export interface Stage {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  /** Where the keyboard is. */
  readonly focused: NodeId | null;
  run(command: Command): void;
  /** Move the keyboard to a node. */
  go(id: NodeId): void;
  /** To be put into the view's root: it may reach beyond the stage. */
  readonly overlay: HTMLElement;
  /** More nodes than this cannot be laid out here. */
  readonly most: number;
  /** The last layout could not be made: what stands is the one before. */
  readonly failed: boolean;
  update(input: StageInput): void;
  /** Something beside the graph takes so many pixels of its width, for a while: neither layout nor camera mind. */
  yieldWidth(px: number): void;
  /** Draw what there is; true while something moves. */
  paint(nowMs: number, size: Size, ink: Ink): boolean;
  /** The whole graph as a picture. */
  svg(heading: Heading): string;
  png(heading: Heading): Promise<Blob>;
  dispose(): void;
}

interface Options {
  /** Something is to be drawn. */
  readonly onChange: () => void;
  readonly onSelect: (keys: readonly string[]) => void;
  readonly onLens: (change: LensChange) => void;
  /** The keyboard went to a node, or to none. */
  readonly onFocus: (id: NodeId | null) => void;
  /** A command that is not the graph's own; false when there was nothing to do. */
  readonly onCommand: (command: Command) => boolean;
  /** The wheel was left to the page. */
  readonly onDeclined: () => void;
  /** What is selected is told beside the graph, so that no card over it needs to. */
  readonly isToldBeside: () => boolean;
  /** The graph has been clicked or tabbed to. */
  readonly onEngaged: () => void;
  readonly covered: () => Covered;
  /** `most` or `failed` is another. */
  readonly onLimit: () => void;
}

const LIFE_SIZE: Camera = { x: 0, y: 0, k: 1 };
const NO_STATES: readonly string[] = [];
/** What runs is followed at most so often. */
const FOLLOW_MS = 1500;

export function stage(options: Options): Stage {
  const { onChange, onSelect, onLens, onFocus, onCommand } = options;
  const graph: Easel = easel({ glideMs, onLayout, onLimit: options.onLimit, onMove: lookAt });
  const { canvas } = graph;
  const hover = hoverFacts(canvas, graph.card);
  const lights = createLights();
  const root = element("div", { class: "tgw-stage" }, canvas, graph.map);
  const ended = new AbortController();

  let input: StageInput | null = null;
  let size: Size = { width: 0, height: 0 };
  let pointer: Point | null = null;
  let hovered: NodeId | null = null;
  let focused: NodeId | null = null;
  let focusShows = false;
  let touched = false;
  /** What was selected before each of the last two clicks. */
  let selectedBefore: (readonly string[])[] = [];
  let opening: Opening | null = null;
  let followedMs = -Infinity;
  let yielded = 0;
  /** The camera is to fit the graph again when it has its width back. */
  let fitsLater = false;
  /** Where the camera was before the neighbourhood of a node was looked at. */
  let outside: { readonly camera: Camera; readonly fitting: boolean } = { camera: LIFE_SIZE, fitting: true };

  const picture = () => input?.picture ?? EMPTY_PICTURE;
  const isEngaged = () => touched && (canvas.getRootNode() as Document | ShadowRoot).activeElement === canvas;
  const camera = controlCamera(canvas, {
    isEngaged,
    leastZoom: () => leastZoom(boundsOfLayout(graph.layout), size, camera.camera, options.covered()),
    held,
    onChange,
    onMoved,
    onDeclined: options.onDeclined,
  });

  function glideMs(): number {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE_MS;
  }

  /** The user has moved the camera; by hand: what the keyboard is at is no longer what counts. */
  function onMoved(byHand: boolean) {
    if (byHand) focusShows = false;
    fitsLater = false;
    if (input?.lens.follow) onLens((lens) => ({ ...lens, follow: false }));
  }

  const cardUnderPointer = (): NodeId | null =>
    pointer ? (graph.cardAt(toWorld(camera.camera, pointer))?.id ?? null) : null;

  function selectedNodes(): NodeId[] {
    const { ids, homes } = picture();
    return (input?.selected ?? []).flatMap((key) => homes.get(ids.get(key) ?? 0) ?? []);
  }

  /** What the user looks at stays where it is. */
  function onLayout(before: ReadonlyMap<NodeId, Box>, after: Layout) {
    const { target, fitting } = camera;
    const into = opening && openedInto(opening, picture(), after);
    if (opening && into) {
      const covered = options.covered();
      const { from } = opening;
      opening = null;
      if (input?.lens.follow || (fitting && staysClose(target, after, size, covered))) return onChange();
      camera.arm(false);
      go(unfolded(target, from, into, size, covered), false);
    } else if (!fitting) {
      const near = pointer ?? { x: size.width / 2, y: size.height / 2 };
      const wanted = [hovered, focused, ...selectedNodes()];
      const fixed = fixedCard(before, after.boxes, wanted, near, target, size);
      const [from, to] = fixed === null ? [] : [before.get(fixed), after.boxes.get(fixed)];
      if (from && to) camera.aim(steadied(target, from, to), performance.now(), glideMs() > 0);
    }
    onChange();
  }

  /** What a user may make of the camera. */
  function held(wanted: Camera): Camera {
    return heldIn(wanted, boundsOfLayout(graph.layout), size, camera.camera);
  }

  function lookAt(middle: Point) {
    const { k } = camera.target;
    camera.arm(false);
    onMoved(true);
    camera.aim(held(centredOn(middle, k, size)), performance.now(), false);
  }

  function go(target: Camera, byUser: boolean) {
    if (byUser) {
      camera.arm(false);
      onMoved(false);
    }
    camera.aim(byUser ? held(target) : target, performance.now(), glideMs() > 0);
  }

  function keepFitting(nowMs: number, glide: boolean, resized: boolean) {
    const bounds = boundsOfLayout(graph.layout);
    const covered = options.covered();
    if (!resized && bounds && stillFits(camera.target, bounds, size, covered)) return;
    camera.aim(fitTo(bounds, size, covered), nowMs, glide);
  }

  function follow(nowMs: number) {
    if (nowMs - followedMs < FOLLOW_MS) return;
    const { boxes } = graph.layout;
    const states = input?.mirror.states ?? [];
    const running = nodesIn("processing", picture(), states, graph.layout).flatMap(
      (id) => boxes.get(id) ?? [],
    );
    followedMs = nowMs;
    camera.aim(followed(camera.target, boundsOf(running), size), nowMs, glideMs() > 0);
  }

  function keepSelectedInSight(nowMs: number) {
    const [id] = focused === null ? selectedNodes() : [focused];
    const box = id === undefined ? undefined : graph.layout.boxes.get(id);
    if (box) camera.aim(reveal(camera.target, box, size, options.covered()), nowMs, glideMs() > 0);
  }

  /** A neighbourhood is shown whole; the camera comes back to where it was. */
  function enterOrLeave(enters: boolean) {
    if (enters) outside = { camera: camera.target, fitting: camera.fitting };
    camera.arm(enters || outside.fitting);
    if (!enters && !outside.fitting) go(outside.camera, false);
  }

  function focus(id: NodeId | null) {
    focused = id;
    focusShows = id !== null;
    onFocus(id);
    const box = id === null ? undefined : graph.layout.boxes.get(id);
    if (box) {
      const target = reveal(camera.target, box, size, options.covered());
      if (target.x !== camera.target.x || target.y !== camera.target.y) go(target, true);
    }
    onChange();
  }

  function select(id: NodeId, add: boolean) {
    const node = picture().nodes.get(id);
    if (node) onSelect(clicked(input?.selected ?? [], node.members.map(keyOf), add));
  }

  function run(command: Command) {
    switch (command.type) {
      case "walk":
        return focus(walk(focused, command.direction, picture(), graph.layout));
      case "select":
        return focused === null ? undefined : select(focused, command.add);
      case "seek": {
        const states = input?.mirror.states ?? [];
        const found = nodesIn(command.state, picture(), states, graph.layout);
        return focus(nextOf(found, focused, command.step) ?? focused);
      }
      case "match":
        return focus(nextOf(input?.matches ?? [], focused, command.step) ?? focused);
      case "zoom":
        return camera.zoomBy(command.factor, placeInHand());
      case "fit":
        camera.arm(true);
        return go(fitTo(boundsOfLayout(graph.layout), size, options.covered()), false);
      case "rearrange":
        if (graph.rearrange(command.back)) onCommand(command);
        return onChange();
      case "life-size":
        return go(lifeSize(middle(), size), true);
      case "back":
        if (onCommand(command)) return undefined;
        focus(null);
        return onSelect([]);
      default:
        onCommand(command);
        return undefined;
    }
  }

  /** On the screen, of where the keyboard is. */
  function placeInHand(): Point | null {
    const box = focused === null || !focusShows ? undefined : graph.layout.boxes.get(focused);
    return box ? toScreen(camera.target, box) : null;
  }

  /** Of where the keyboard is, else of what is seen. */
  function middle(): Point {
    const box = focused === null ? undefined : graph.layout.boxes.get(focused);
    return box ?? toWorld(camera.camera, { x: size.width / 2, y: size.height / 2 });
  }

  canvas.addEventListener(
    "blur",
    () => {
      focusShows = false;
      touched = false;
      onChange();
    },
    { signal: ended.signal },
  );
  canvas.addEventListener(
    "focus",
    () => {
      touched = true;
      options.onEngaged();
      onChange();
    },
    { signal: ended.signal },
  );

  const unwatchPointer = watchPointer(canvas, {
    onMove(at) {
      pointer = at;
      if (cardUnderPointer() !== hovered) onChange();
    },
    onClick(at, add) {
      selectedBefore = [...selectedBefore.slice(-1), input?.selected ?? []];
      canvas.focus({ preventScroll: true });
      const card = graph.cardAt(toWorld(camera.camera, at));
      focused = card?.id ?? null;
      focusShows = false;
      onFocus(focused);
      if (card) select(card.id, add);
      else if (!add) onSelect([]);
      onChange();
    },
    onDoubleClick(at) {
      const card = graph.cardAt(toWorld(camera.camera, at));
      const node = card && picture().nodes.get(card.id);
      const isSingle = node?.members.length === 1;
      if (!isSingle) onSelect(selectedBefore[0] ?? []);
      if (!card) run({ type: "fit" });
      else if (isSingle) go(lifeSize(card.box, size), true);
      else run({ type: "open" });
    },
  });

  return {
    element: root,
    canvas,
    get focused() {
      return focused;
    },
    run,
    go: focus,
    overlay: hover.element,
    get most() {
      return graph.most;
    },
    get failed() {
      return graph.failed;
    },
    update(next) {
      const heir = heirOf(focused, picture(), next.picture);
      if (Boolean(input?.lens.focus) !== Boolean(next.lens.focus)) enterOrLeave(next.lens.focus !== null);
      opening = openingOf(next.lens.open, picture(), graph.layout) ?? opening;
      input = next;
      if (heir === focused) return;
      focused = heir;
      onFocus(heir);
    },
    yieldWidth(px) {
      if (px > 0 && yielded === 0 && graph.layout.boxes.size > 0) {
        fitsLater = camera.fitting;
        camera.arm(false);
      } else if (px === 0 && fitsLater) camera.arm(true);
      if (px !== yielded) onChange();
      yielded = px;
    },
    paint(nowMs, room, ink) {
      const shape = { width: room.width + yielded, height: room.height };
      if (!graph.prepare(picture(), room, ink, shape)) return false;
      const resized = size.width !== room.width || size.height !== room.height;
      size = room;
      const glide = glideMs();
      if (input?.lens.follow) follow(nowMs);
      else if (resized && yielded > 0 && !camera.fitting) keepSelectedInSight(nowMs);
      else if (camera.fitting) keepFitting(nowMs, !graph.isFirst && !resized && glide > 0, resized);
      const flying = camera.advance(nowMs, glide);

      hovered = cardUnderPointer();
      const selected = new Set(selectedNodes());
      const shownFocus = focusShows ? focused : null;
      const lit = hovered ?? shownFocus;
      const isMatch = focused !== null && input?.matches.includes(focused);
      const moving = graph.paint(
        {
          picture: picture(),
          states: input?.mirror.states ?? NO_STATES,
          hue: lights.hue(input?.categories),
          selected,
          hovered,
          focused: shownFocus,
          current: isMatch ? focused : null,
          paths: lights.paths(lit, picture()),
          attention: input?.attention ?? null,
          dimFinished: input?.lens.finished === "dimmed",
        },
        camera.camera,
        ink,
        input?.lens.minimap ?? true,
        nowMs,
      );
      canvas.style.cursor = hovered === null ? "grab" : "pointer";
      const isTold = lit !== null && selected.size === 1 && selected.has(lit) && options.isToldBeside();
      const card = lit === null || isTold ? null : graph.card(lit);
      const ceiling = hovered === null ? options.covered().top : undefined;
      if (card && input) hover.show(card, input, camera.camera, ink.theme, ceiling);
      else hover.hide();
      return flying || moving;
    },
    svg: graph.svg,
    png: graph.png,
    dispose() {
      ended.abort();
      unwatchPointer();
      camera.dispose();
      graph.dispose();
    },
  };
}
