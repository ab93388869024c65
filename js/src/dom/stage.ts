/** The graph: canvas, camera, pointer, keyboard, and the hover card over it. */
import { draw } from "../draw/draw.ts";
import type { Ink } from "../draw/ink.ts";
import { factsOf } from "../facts.ts";
import { controlCamera } from "../interaction/camera-control.ts";
import type { Command } from "../interaction/commands.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { clicked } from "../interaction/selection.ts";
import { heirOf, nextOf, nodesIn, walk } from "../interaction/walk.ts";
import type { Layout, Point } from "../layout/graph.ts";
import type { Lens, LensChange } from "../lens.ts";
import type { Mirror } from "../mirror.ts";
import { keyOf } from "../names.ts";
import { EMPTY_PICTURE, type Picture } from "../picture/index.ts";
import type { GraphNode, NodeId } from "../picture/node.ts";
import {
  type Arrangement,
  arranged,
  NO_ARRANGEMENT,
  type Plan,
  planFor,
  planned,
} from "../scene/arrangement.ts";
import {
  boundsOf,
  type Camera,
  edgesOf,
  fitTo,
  lifeSize,
  reveal,
  type Size,
  toScreen,
  toWorld,
} from "../scene/camera.ts";
import { type CardFacts, cardFacts, type Measure } from "../scene/card.ts";
import { GLIDE_MS } from "../scene/glide.ts";
import { isMoving, NOTHING, opacityAt, shownAt } from "../scene/motion.ts";
import { pathsThrough } from "../scene/paths.ts";
import { buildScene, type Card, cardAt, type Scene } from "../scene/scene.ts";
import { boundsOfLayout, fixedCard, followed, steadied, stillFits } from "../scene/steady.ts";
import { texts } from "../texts.ts";
import { affordableRatio, graphCanvas, sizeCanvas } from "./canvas.ts";
import { element } from "./element.ts";
import { type HoverCard, hoverCard } from "./hover-card.ts";
import { createLayouter } from "./layouter.ts";
import { measureWith } from "./measure.ts";

export interface StageInput {
  readonly mirror: Mirror;
  readonly picture: Picture;
  readonly lens: Lens;
  readonly selected: readonly string[];
  /** Nodes that the search has found. */
  readonly matches: readonly NodeId[];
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
  update(input: StageInput): void;
  /** Draw what there is; true while something moves. */
  paint(nowMs: number, size: Size, ink: Ink): boolean;
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
  /** The graph has been clicked or tabbed to. */
  readonly onEngaged: () => void;
  /** `most` is another. */
  readonly onLimit: () => void;
}

const LIFE_SIZE: Camera = { x: 0, y: 0, k: 1 };
const EMPTY_SCENE: Scene = { cards: [], edges: [] };
/** What runs is followed at most so often. */
const FOLLOW_MS = 1500;

export function stage(options: Options): Stage {
  const { onChange, onSelect, onLens, onFocus, onCommand } = options;
  const canvas = graphCanvas(texts.graphLabel);
  const ctx = canvas.getContext("2d");
  const hover: HoverCard = hoverCard();
  const root = element("div", { class: "tgw-stage" }, canvas);
  const ended = new AbortController();

  let input: StageInput | null = null;
  let size: Size = { width: 0, height: 0 };
  let arrangement: Arrangement = NO_ARRANGEMENT;
  let scene = EMPTY_SCENE;
  let pointer: Point | null = null;
  let hovered: NodeId | null = null;
  let focused: NodeId | null = null;
  let focusShows = false;
  let measure: { readonly family: string; readonly by: Measure } | null = null;
  let facts = new WeakMap<GraphNode, CardFacts>();
  let factsOfStates: readonly string[] = [];
  let touched = false;
  let followedMs = -Infinity;
  /** Where the camera was before the neighbourhood of a node was looked at. */
  let outside: { readonly camera: Camera; readonly fitting: boolean } = { camera: LIFE_SIZE, fitting: true };

  const picture = () => input?.picture ?? EMPTY_PICTURE;
  const isEngaged = () => touched && (canvas.getRootNode() as Document | ShadowRoot).activeElement === canvas;
  const camera = controlCamera(canvas, {
    isEngaged,
    onChange,
    onMoved,
    onDeclined: options.onDeclined,
  });
  const layouter = createLayouter<Plan>(take, options.onLimit);

  const glideMs = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE_MS);

  /** The user has moved the camera. */
  function onMoved() {
    if (input?.lens.follow) onLens((lens) => ({ ...lens, follow: false }));
  }

  function measureIn(family: string): Measure | null {
    if (!ctx) return null;
    if (measure?.family !== family) {
      measure = { family, by: measureWith(ctx, family) };
      facts = new WeakMap();
    }
    return measure.by;
  }

  function factsFor(node: GraphNode, by: Measure): CardFacts {
    const states = input?.mirror.states ?? [];
    if (states !== factsOfStates) {
      facts = new WeakMap();
      factsOfStates = states;
    }
    const known = facts.get(node);
    if (known) return known;
    const made = cardFacts(node, states, by);
    facts.set(node, made);
    return made;
  }

  const cardUnderPointer = (): NodeId | null =>
    pointer ? (cardAt(scene, toWorld(camera.camera, pointer))?.id ?? null) : null;

  function selectedNodes(): NodeId[] {
    const { ids, homes } = picture();
    return (input?.selected ?? []).flatMap((key) => homes.get(ids.get(key) ?? 0) ?? []);
  }

  function plan(by: Measure) {
    const next = planFor(arrangement, picture(), by, size);
    if (!next) return;
    arrangement = planned(arrangement, next);
    if (next.graph.nodes.length > 0) layouter.ask(next);
    else take(NOTHING, next);
  }

  /** A new layout: what the user looks at stays where it is. */
  function take(layout: Layout, plan: Plan) {
    const nowMs = performance.now();
    const glide = arrangement.motion.to.boxes.size > 0 ? glideMs() : 0;
    const before = shownAt(arrangement.motion, nowMs, glide).boxes;
    const { target } = camera;
    arrangement = arranged(arrangement, layout, plan, nowMs, glide);
    if (!camera.fitting) {
      const near = pointer ?? { x: size.width / 2, y: size.height / 2 };
      const wanted = [hovered, focused, ...selectedNodes()];
      const fixed = fixedCard(before, layout.boxes, wanted, near, target, size);
      const [from, to] = fixed === null ? [] : [before.get(fixed), layout.boxes.get(fixed)];
      if (from && to) camera.aim(steadied(target, from, to), nowMs, glide > 0);
    }
    onChange();
  }

  function go(target: Camera, byUser: boolean) {
    if (byUser) {
      camera.arm(false);
      onMoved();
    }
    camera.aim(target, performance.now(), glideMs() > 0);
  }

  function keepFitting(nowMs: number, glide: boolean) {
    const bounds = boundsOfLayout(arrangement.motion.to);
    if (bounds && stillFits(camera.target, bounds, size)) return;
    camera.aim(fitTo(bounds, size), nowMs, glide);
  }

  function follow(nowMs: number) {
    if (nowMs - followedMs < FOLLOW_MS) return;
    const { boxes } = arrangement.motion.to;
    const states = input?.mirror.states ?? [];
    const running = [...picture().nodes.values()]
      .filter(({ members }) => members.some((group) => (group.states[states.indexOf("processing")] ?? 0) > 0))
      .flatMap(({ id }) => boxes.get(id) ?? []);
    followedMs = nowMs;
    camera.aim(followed(camera.target, boundsOf(running), size), nowMs, glideMs() > 0);
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
    const box = id === null ? undefined : arrangement.motion.to.boxes.get(id);
    if (box) {
      const target = reveal(camera.target, box, size);
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
        return focus(walk(focused, command.direction, picture(), arrangement.motion.to));
      case "select":
        return focused === null ? undefined : select(focused, command.add);
      case "seek": {
        const states = input?.mirror.states ?? [];
        const found = nodesIn(command.state, picture(), states, arrangement.motion.to);
        return focus(nextOf(found, focused, command.step) ?? focused);
      }
      case "match":
        return focus(nextOf(input?.matches ?? [], focused, command.step) ?? focused);
      case "zoom":
        return camera.zoomBy(command.factor);
      case "fit":
        camera.arm(true);
        return go(fitTo(boundsOfLayout(arrangement.motion.to), size), false);
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

  /** Of where the keyboard is, else of what is seen. */
  function middle(): Point {
    const box = focused === null ? undefined : arrangement.motion.to.boxes.get(focused);
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
      canvas.focus({ preventScroll: true });
      const card = cardAt(scene, toWorld(camera.camera, at));
      focused = card?.id ?? null;
      focusShows = false;
      onFocus(focused);
      if (card) select(card.id, add);
      else if (!add) onSelect([]);
      onChange();
    },
    onDoubleClick(at) {
      const card = cardAt(scene, toWorld(camera.camera, at));
      const node = card && picture().nodes.get(card.id);
      if (!card) run({ type: "fit" });
      else if (node && node.members.length > 1) run({ type: "open" });
      else go(lifeSize(card.box, size), true);
    },
  });

  function showHover(card: Card | undefined, theme: Ink["theme"]) {
    const node = card && picture().nodes.get(card.id);
    if (!card || !node || !input) return hover.hide();
    const { left, top, right, bottom } = edgesOf(card.box);
    const low = toScreen(camera.camera, { x: left, y: top });
    const high = toScreen(camera.camera, { x: right, y: bottom });
    hover.show(
      factsOf(node, input.mirror, input.picture),
      { left: low.x, top: low.y, right: high.x, bottom: high.y },
      canvas,
      theme,
    );
  }

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
      return layouter.most;
    },
    update(next) {
      const heir = heirOf(focused, picture(), next.picture);
      if (Boolean(input?.lens.focus) !== Boolean(next.lens.focus)) enterOrLeave(next.lens.focus !== null);
      input = next;
      if (heir === focused) return;
      focused = heir;
      onFocus(heir);
    },
    paint(nowMs, room, ink) {
      const by = measureIn(ink.fontFamily);
      if (!ctx || !by || room.width <= 0 || room.height <= 0) return false;
      size = room;
      plan(by);
      const glide = glideMs();
      const isFirst = arrangement.motion.from.boxes.size === 0;
      if (input?.lens.follow) follow(nowMs);
      else if (camera.fitting) keepFitting(nowMs, !isFirst && glide > 0);
      const flying = camera.advance(nowMs, glide);
      const layout = shownAt(arrangement.motion, nowMs, glide);

      hovered = cardUnderPointer();
      const lit = hovered ?? (focusShows ? focused : null);
      scene = buildScene({
        picture: picture(),
        layout,
        text: ({ id, name }) => arrangement.texts.get(id) ?? { prefix: name.prefix, token: "", tokenAt: 0 },
        facts: (node) => factsFor(node, by),
        selected: new Set(selectedNodes()),
        hovered,
        focused: focusShows ? focused : null,
        paths: lit === null ? null : pathsThrough(lit, picture()),
        opacity: opacityAt(arrangement.motion, nowMs, glide),
      });
      const pixelRatio = affordableRatio(room, ink.pixelRatio);
      sizeCanvas(canvas, room, pixelRatio);
      draw(ctx, scene, camera.camera, room, { ...ink, pixelRatio });
      canvas.style.cursor = hovered === null ? "grab" : "pointer";
      showHover(lit === null ? undefined : scene.cards.find(({ id }) => id === lit), ink.theme);
      return flying || isMoving(arrangement.motion, nowMs, glide);
    },
    dispose() {
      ended.abort();
      unwatchPointer();
      camera.dispose();
      layouter.dispose();
    },
  };
}
