/** The graph: canvas, camera, pointer, keyboard, and the hover card over it. */
import { draw } from "../draw/draw.ts";
import type { Ink } from "../draw/ink.ts";
import { factsOf } from "../facts.ts";
import { controlCamera } from "../interaction/camera-control.ts";
import { type Command, commandOf } from "../interaction/commands.ts";
import { watchPointer } from "../interaction/pointer.ts";
import { clicked } from "../interaction/selection.ts";
import { nextOf, walk } from "../interaction/walk.ts";
import type { Point } from "../layout/graph.ts";
import type { Mirror } from "../mirror.ts";
import { keyOf } from "../names.ts";
import { EMPTY_PICTURE, type Picture } from "../picture.ts";
import { type Arrangement, arrange, NO_ARRANGEMENT } from "../scene/arrangement.ts";
import { type Camera, edgesOf, fitTo, reveal, type Size, toScreen, toWorld } from "../scene/camera.ts";
import { type CardFacts, cardFacts, type Measure } from "../scene/card.ts";
import { GLIDE_MS } from "../scene/glide.ts";
import { isMoving, opacityAt, shownAt } from "../scene/motion.ts";
import { pathsThrough } from "../scene/paths.ts";
import { buildScene, type Card, cardAt, type Scene } from "../scene/scene.ts";
import { texts } from "../texts.ts";
import type { Group, GroupId } from "../wire.ts";
import { affordableRatio, graphCanvas, sizeCanvas } from "./canvas.ts";
import { element } from "./element.ts";
import { type HoverCard, hoverCard } from "./hover-card.ts";
import { measureWith } from "./measure.ts";
import { scrollHint } from "./scroll-hint.ts";
import { helpSheet, tools } from "./tools.ts";

export interface StageInput {
  readonly mirror: Mirror;
  readonly picture: Picture;
  readonly selected: readonly string[];
}

export interface Stage {
  readonly element: HTMLElement;
  /** To be put into the view's root: it may reach beyond the stage. */
  readonly overlay: HTMLElement;
  update(input: StageInput): void;
  /** Draw what there is; true while something moves. */
  paint(nowMs: number, size: Size, ink: Ink): boolean;
  dispose(): void;
}

interface Options {
  /** Something is to be drawn. */
  readonly onChange: () => void;
  readonly onSelect: (keys: readonly string[]) => void;
  /** The keyboard went to a group. */
  readonly onFocus: (id: GroupId) => void;
}

const EMPTY_SCENE: Scene = { cards: [], edges: [] };

export function stage({ onChange, onSelect, onFocus }: Options): Stage {
  const canvas = graphCanvas(texts.graphLabel);
  const ctx = canvas.getContext("2d");
  const hover: HoverCard = hoverCard();
  const help = helpSheet();
  const hint = scrollHint();
  const root = element("div", { class: "tgw-stage" }, canvas, hint.element, tools(run), help);
  const ended = new AbortController();

  let input: StageInput | null = null;
  let size: Size = { width: 0, height: 0 };
  let arrangement: Arrangement = NO_ARRANGEMENT;
  let scene = EMPTY_SCENE;
  let pointer: Point | null = null;
  let hovered: GroupId | null = null;
  let focused: GroupId | null = null;
  let focusShows = false;
  let measure: { readonly family: string; readonly by: Measure } | null = null;
  let facts = new WeakMap<Group, CardFacts>();
  let factsOfStates: readonly string[] = [];
  let touched = false;

  const picture = () => input?.picture ?? EMPTY_PICTURE;
  const isEngaged = () => touched && (canvas.getRootNode() as Document | ShadowRoot).activeElement === canvas;
  const camera = controlCamera(canvas, { isEngaged, onChange, onDeclined: hint.show });

  const glideMs = () => (matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : GLIDE_MS);

  function measureIn(family: string): Measure | null {
    if (!ctx) return null;
    if (measure?.family !== family) {
      measure = { family, by: measureWith(ctx, family) };
      facts = new WeakMap();
    }
    return measure.by;
  }

  function factsFor(group: Group, by: Measure): CardFacts {
    const states = input?.mirror.states ?? [];
    if (states !== factsOfStates) {
      facts = new WeakMap();
      factsOfStates = states;
    }
    const known = facts.get(group);
    if (known) return known;
    const made = cardFacts(group, states, by);
    facts.set(group, made);
    return made;
  }

  const cardUnderPointer = (): GroupId | null =>
    pointer ? (cardAt(scene, toWorld(camera.camera, pointer))?.id ?? null) : null;

  function go(target: Camera, byUser: boolean) {
    if (byUser) camera.arm(false);
    camera.aim(target, performance.now(), glideMs() > 0);
  }

  function fitted(): Camera {
    const { left = 0, top = 0, width, height, boxes } = arrangement.motion.to;
    return fitTo(boxes.size > 0 ? { left, top, right: left + width, bottom: top + height } : null, size);
  }

  function focus(id: GroupId | null) {
    focused = id;
    focusShows = id !== null;
    if (id !== null) onFocus(id);
    const box = id === null ? undefined : arrangement.motion.to.boxes.get(id);
    if (box) {
      const target = reveal(camera.camera, box, size);
      if (target.x !== camera.camera.x || target.y !== camera.camera.y) go(target, true);
    }
    onChange();
  }

  function select(id: GroupId, add: boolean) {
    const group = picture().groups.get(id);
    if (group) onSelect(clicked(input?.selected ?? [], keyOf(group), add));
  }

  function run(command: Command) {
    switch (command.type) {
      case "walk":
        return focus(walk(focused, command.direction, picture(), arrangement.motion.to));
      case "select":
        return focused === null ? undefined : select(focused, command.add);
      case "clear":
        help.hidden = true;
        focus(null);
        return onSelect([]);
      case "next-error":
        return focus(
          nextOf(
            scene.cards.filter(({ badge }) => badge?.state === "erred").map(({ id }) => id),
            focused,
          ),
        );
      case "zoom":
        return camera.zoomBy(command.factor);
      case "fit":
        camera.arm(true);
        return onChange();
      case "help":
        help.hidden = !help.hidden;
        return undefined;
    }
  }

  canvas.addEventListener(
    "keydown",
    (event) => {
      const command = commandOf(event);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      run(command);
    },
    { signal: ended.signal },
  );
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
      hint.hide();
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
      if (card) select(card.id, add);
      else if (!add) onSelect([]);
      onChange();
    },
    onDoubleClick(at) {
      if (!cardAt(scene, toWorld(camera.camera, at))) run({ type: "fit" });
    },
  });

  function showHover(card: Card | undefined, theme: Ink["theme"]) {
    const group = card && picture().groups.get(card.id);
    if (!card || !group || !input) return hover.hide();
    const { left, top, right, bottom } = edgesOf(card.box);
    const low = toScreen(camera.camera, { x: left, y: top });
    const high = toScreen(camera.camera, { x: right, y: bottom });
    hover.show(
      factsOf(group, input.mirror, input.picture),
      { left: low.x, top: low.y, right: high.x, bottom: high.y },
      canvas,
      theme,
    );
  }

  return {
    element: root,
    overlay: hover.element,
    update(next) {
      input = next;
      if (focused !== null && !next.picture.groups.has(focused)) focused = null;
    },
    paint(nowMs, room, ink) {
      const by = measureIn(ink.fontFamily);
      if (!ctx || !by || room.width <= 0 || room.height <= 0) return false;
      const first = arrangement.motion.to.boxes.size === 0;
      size = room;
      const glide = glideMs();
      arrangement = arrange(arrangement, picture(), by, room, nowMs, glide);
      if (camera.fitting) camera.aim(fitted(), nowMs, !first && glide > 0);
      const flying = camera.advance(nowMs, glide);
      const layout = shownAt(arrangement.motion, nowMs, glide);

      hovered = cardUnderPointer();
      const lit = hovered ?? (focusShows ? focused : null);
      const keysToIds = picture().ids;
      scene = buildScene({
        picture: picture(),
        layout,
        text: (group) => arrangement.texts.get(group.id) ?? { prefix: group.prefix, token: "", tokenAt: 0 },
        facts: (group) => factsFor(group, by),
        selected: new Set((input?.selected ?? []).map((key) => keysToIds.get(key) ?? -1)),
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
      hint.dispose();
    },
  };
}
