/** One view of a store: puts the parts together and lets nothing run that nobody sees. */

import { announcer } from "./dom/announcer.ts";
import { element, setText } from "./dom/element.ts";
import { hostTheme, watchHostTheme } from "./dom/host-theme.ts";
import { readInk, setPalette } from "./dom/ink.ts";
import { outline, sentenceOn } from "./dom/outline.ts";
import { type Presence, watchPresence } from "./dom/presence.ts";
import { boundedHeight, resizeHandle } from "./dom/resize-handle.ts";
import { stage } from "./dom/stage.ts";
import { summaryLine } from "./dom/summary.ts";
import { createFrames } from "./draw/frames.ts";
import type { Ink } from "./draw/ink.ts";
import { EMPTY_PICTURE, type Picture, pictureOf } from "./picture.ts";
import type { Store } from "./store.ts";
import { conditionOf, isRunning, sentenceOf, totalsOf } from "./summary.ts";
import { texts } from "./texts.ts";
import type { ThemeName } from "./theme.ts";
import style from "./view.css";

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
  let showEarlier = false;
  let ink: Ink | null = null;
  let stale = true;
  let ticking: ReturnType<typeof setInterval> | undefined;

  const summary = summaryLine(() => {
    showEarlier = !showEarlier;
    changed();
  });
  const sentence = element("p", { class: "tgw-sentence", role: "status" });
  const graph = stage({
    onChange: () => frames.request(),
    onSelect: store.select,
    onFocus: (id) => live.tell(sentenceOn(id, picture, store.state.mirror.states)),
  });
  graph.element.append(sentence);
  const list = outline();
  const live = announcer();
  const handle = resizeHandle(
    () => options.height,
    (height) => set({ height }),
  );
  const root = element(
    "section",
    // Lab's "d d" would delete the cell while the focus is on a button of ours.
    { class: "tgw-root", "aria-label": texts.label, "data-lm-suppress-shortcuts": "true" },
    element("style", {}, style),
    summary.element,
    graph.element,
    handle,
    list.element,
    live.element,
  );

  const themeName = (): ThemeName => (options.theme === "auto" ? hostTheme() : options.theme);

  function restyle() {
    const theme = themeName();
    setPalette(root, theme);
    root.classList.toggle("tgw-dark", theme === "dark");
    root.classList.toggle("tgw-host", options.theme === "auto");
    graph.element.style.height = `${options.height}px`;
    ink = null;
    changed();
  }

  function changed() {
    stale = true;
    frames.request();
  }

  function refresh(theme: ThemeName) {
    stale = false;
    const { state } = store;
    picture = pictureOf(state.mirror, showEarlier, picture);
    graph.update({ mirror: state.mirror, picture, selected: state.selected });
    const words = sentenceOf(state, picture);
    setText(sentence, words);
    root.classList.toggle("tgw-empty", picture.groups.size === 0);
    list.update(picture, state.mirror.states);
    live.update(picture, state.mirror.states, state.mirror.session);
    summary.update({ state, picture, theme, showEarlier, pageSeconds: Date.now() / 1000 });
    tick(isRunning(conditionOf(state, totalsOf(picture, state.mirror.states))));
  }

  function tick(running: boolean) {
    if (running && presence.visible) ticking ??= setInterval(changed, TICK_MS);
    else {
      clearInterval(ticking);
      ticking = undefined;
    }
  }

  const frames = createFrames((nowMs) => {
    ink ??= readInk(root, themeName(), devicePixelRatio);
    if (stale) refresh(ink.theme);
    return graph.paint(nowMs, presence, ink);
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
      root.remove();
    },
  };
}
