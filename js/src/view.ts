/** One view of a store: puts the parts together and lets nothing run that nobody sees. */

import { announcer } from "./dom/announcer.ts";
import { element, setText } from "./dom/element.ts";
import { hostTheme, watchHostTheme } from "./dom/host-theme.ts";
import { readInk, setPalette } from "./dom/ink.ts";
import { outline, sentenceOn } from "./dom/outline.ts";
import { type Presence, watchPresence } from "./dom/presence.ts";
import { boundedHeight, resizeHandle } from "./dom/resize-handle.ts";
import { stage } from "./dom/stage.ts";
import { style } from "./dom/style.ts";
import { summaryLine } from "./dom/summary.ts";
import { createFrames } from "./draw/frames.ts";
import type { Ink } from "./draw/ink.ts";
import { LENS, type Lens } from "./lens.ts";
import { EMPTY_PICTURE, type Picture, pictureOf } from "./picture/index.ts";
import type { Store } from "./store.ts";
import { isRunning, sentenceOf } from "./summary.ts";
import { texts } from "./texts.ts";
import type { ThemeName } from "./theme.ts";

export interface ViewOptions {
  /** Height of the graph in CSS pixels. */
  readonly height: number;
  readonly theme: ThemeName | "auto";
}

export interface View {
  set(options: Partial<ViewOptions>): void;
  dispose(): void;
}

const TICK_MS = 1000;

export function mount(el: HTMLElement, store: Store, initial: ViewOptions): View {
  let options = initial;
  let picture: Picture = EMPTY_PICTURE;
  let presence: Presence = { width: 0, height: 0, visible: false };
  let lens: Lens = LENS;
  let ink: Ink | null = null;
  /** What the next frame has to do. */
  const due = { data: true, clock: false, graph: true };
  let ticking: ReturnType<typeof setInterval> | undefined;

  const summary = summaryLine(() => {
    setLens({ ...lens, earlier: !lens.earlier });
  });
  const sentence = element("p", { class: "tgw-sentence", role: "status" });
  const graph = stage({
    onChange: () => ask("graph"),
    onSelect: store.select,
    onLens: setLens,
    onLimit: () => changed(),
    onFocus: (id) => live.tell(sentenceOn(id, picture, store.state.mirror.states)),
  });
  const list = outline();
  const live = announcer();
  const handle = resizeHandle(
    () => options.height,
    (height) => set({ height }),
  );
  const body = element("div", { class: "tgw-body" }, sentence, graph.element);
  const root = element(
    "section",
    { class: "tgw-root", "aria-label": texts.label },
    element("style", {}, style),
    summary.element,
    body,
    handle,
    graph.overlay,
    list.element,
    live.element,
  );

  // Lab looks for shortcuts from the focused element outwards: on the root alone this would not keep "d d" from
  // deleting the cell.
  for (const focusable of root.querySelectorAll("button, [tabindex]")) {
    focusable.setAttribute("data-lm-suppress-shortcuts", "true");
  }

  const themeName = (): ThemeName => (options.theme === "auto" ? hostTheme() : options.theme);

  function restyle() {
    const theme = themeName();
    setPalette(root, theme);
    root.classList.toggle("tgw-dark", theme === "dark");
    root.classList.toggle("tgw-host", options.theme === "auto");
    body.style.height = `${options.height}px`;
    ink = null;
    changed();
  }

  function ask(what: keyof typeof due) {
    due[what] = true;
    frames.request();
  }

  const changed = () => ask("data");

  function setLens(next: Lens) {
    lens = next;
    changed();
  }

  function refresh() {
    const { state } = store;
    picture = pictureOf(state.mirror, lens, picture, graph.most);
    graph.update({ mirror: state.mirror, picture, lens, selected: state.selected });
    const words = sentenceOf(state, picture);
    setText(sentence, words);
    root.classList.toggle("tgw-empty", picture.groups.size === 0);
    list.update(picture, state.mirror.states);
    live.update(picture, state.mirror.states, state.mirror.session);
  }

  function showSummary(theme: ThemeName) {
    const { state } = store;
    const condition = summary.update({
      state,
      picture,
      theme,
      showEarlier: lens.earlier,
      pageSeconds: Date.now() / 1000,
    });
    tick(isRunning(condition));
  }

  function tick(running: boolean) {
    if (running && presence.visible) ticking ??= setInterval(() => ask("clock"), TICK_MS);
    else {
      clearInterval(ticking);
      ticking = undefined;
    }
  }

  const frames = createFrames((nowMs) => {
    ink ??= readInk(root, themeName(), devicePixelRatio);
    const { data, clock, graph: redraw } = due;
    Object.assign(due, { data: false, clock: false, graph: false });
    if (data) refresh();
    if (data || clock) showSummary(ink.theme);
    if (!data && !redraw) return false;
    const moving = graph.paint(nowMs, presence, ink);
    due.graph ||= moving;
    return moving;
  });

  function set(change: Partial<ViewOptions>) {
    options = { ...options, ...change };
    options = { ...options, height: boundedHeight(options.height) };
    restyle();
  }

  el.append(root);
  restyle();
  const unsubscribe = store.subscribe(changed);
  const unwatchTheme = watchHostTheme(restyle);
  const unwatchPresence = watchPresence(graph.element, (now) => {
    presence = now;
    ink = null;
    frames.pause(!now.visible);
    tick(false);
    changed();
  });

  return {
    set,
    dispose() {
      unsubscribe();
      unwatchTheme();
      unwatchPresence();
      tick(false);
      frames.dispose();
      graph.dispose();
      live.dispose();
      list.dispose();
      root.remove();
    },
  };
}
