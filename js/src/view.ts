/** One view of a store: puts the parts together and lets nothing run that nobody sees. */

import { announcer } from "./dom/announcer.ts";
import { controls } from "./dom/controls.ts";
import { element, setText } from "./dom/element.ts";
import { hostTheme, watchHostTheme } from "./dom/host-theme.ts";
import { readInk, setPalette } from "./dom/ink.ts";
import { type Presence, watchPresence } from "./dom/presence.ts";
import { boundedHeight, resizeHandle } from "./dom/resize-handle.ts";
import { stage } from "./dom/stage.ts";
import { style } from "./dom/style.ts";
import { headingOf, type SummaryInput, summaryLine } from "./dom/summary.ts";
import { tree } from "./dom/tree.ts";
import { createFrames, lateAfter } from "./draw/frames.ts";
import type { Ink } from "./draw/ink.ts";
import { createInquiry, type Inquiry } from "./inquiry.ts";
import { copyText } from "./interaction/clipboard.ts";
import { watchKeys } from "./interaction/keyboard.ts";
import { LENS, type Lens, type LensChange, opened } from "./lens.ts";
import { keyOf } from "./names.ts";
import { panel } from "./panel/panel.ts";
import { panelStyle } from "./panel/style.ts";
import { TABS } from "./panel/tabs.ts";
import { attentionOf, foundIn } from "./picture/attention.ts";
import { categoriesOf, NO_CATEGORIES } from "./picture/colouring.ts";
import { EMPTY_PICTURE, type Picture, pictureOf } from "./picture/index.ts";
import type { NodeId } from "./picture/node.ts";
import { readableIn } from "./picture/readable.ts";
import type { Store } from "./store.ts";
import { isRunning, sentenceOf } from "./summary.ts";
import { texts } from "./texts.ts";
import type { ThemeName } from "./theme.ts";
import type { GroupId } from "./wire.ts";

export interface ViewOptions {
  /** Height of the graph in CSS pixels. */
  readonly height: number;
  readonly theme: ThemeName | "auto";
}

export interface View {
  set(options: Partial<ViewOptions>): void;
  dispose(): void;
}

/** Of what an update means a frame takes one, and then draws; when that one took long, the next frame draws. */
const STEPS = ["picture", "words", "summary", "panel"] as const;
type Step = (typeof STEPS)[number];

/** Of the graph's width; none where it stands below. */
const widthBeside = (panel: HTMLElement): number =>
  panel.offsetTop === (panel.previousElementSibling as HTMLElement).offsetTop ? panel.offsetWidth : 0;

const LATE_MS = 8;
const TICK_MS = 1000;
const MODIFIER = /Mac|iP(hone|ad)/.test(navigator.platform) ? "⌘" : "Ctrl";

/** Of a view that nobody answers. */
const deaf = (): Inquiry =>
  createInquiry(() => {
    throw new Error("no kernel");
  });

export function mount(el: HTMLElement, store: Store, initial: ViewOptions, inquiry: Inquiry = deaf()): View {
  let options = initial;
  let picture: Picture = EMPTY_PICTURE;
  let readable = 0;
  let presence: Presence = { width: 0, height: 0, visible: false };
  let lens: Lens = LENS;
  let found: readonly NodeId[] = [];
  let attention: ReadonlySet<NodeId> | null = null;
  let categories = NO_CATEGORIES;
  let ink: Ink | null = null;
  /** What the next frames have to do. */
  const due: Record<Step | "graph", boolean> = {
    picture: true,
    words: true,
    summary: true,
    panel: true,
    graph: true,
  };
  let panelSeen = false;
  let ticking: ReturnType<typeof setInterval> | undefined;

  function onLens(change: LensChange) {
    const before = lens;
    lens = change(before);
    if (lens !== before) changed();
  }

  const summary = summaryLine(onLens);
  const sentence = element("p", { class: "tgw-sentence", role: "status" });
  const graph = stage({
    onChange: () => ask("graph"),
    onSelect: (keys) => {
      details.reopen();
      store.select(keys);
    },
    onLens,
    covered: () => over.covered,
    onLimit: () => changed(),
    onFocus: (id) => {
      list.focus(id);
      changed();
    },
    onCommand: (command) => over.run(command),
    onDeclined: () => over.hint(texts.scrollHint(MODIFIER)),
    isToldBeside: () => details.isOpen,
    onEngaged: () => over.hideHint(),
  });
  const list = tree({
    canvas: graph.canvas,
    onGo: (id) => graph.go(id),
    onFold: (key) => onLens((now) => opened(now, key, false)),
  });
  const live = announcer();
  const handle = resizeHandle(
    () => options.height,
    (height) => set({ height }),
  );
  const details = panel({
    inquiry,
    tabs: TABS,
    onChange: () => ask("panel"),
    onGroup: selectGroup,
    onClose: () => focusGraph(),
    copy: (text) => void copyText(text).then((done) => over.hint(texts.outcomes[done ? "copied" : "failed"])),
  });
  const split = element("div", { class: "tgw-split" }, graph.element, details.element);
  const body = element("div", { class: "tgw-body" }, sentence, split);
  const root = element(
    "section",
    { class: "tgw-root", lang: "en", "aria-label": texts.label },
    element("style", {}, `${style}\n${panelStyle}`),
    summary.element,
    body,
    handle,
    graph.overlay,
    live.element,
  );
  const focusGraph = () => graph.canvas.focus({ preventScroll: true });
  const over = controls({
    root,
    node: nodeInHand,
    focusGraph,
    leavePanel: details.back,
    onLens,
    run: graph.run,
    tell: live.tell,
    png: () => graph.png(headingOf(summaryInput())),
    svg: () => graph.svg(headingOf(summaryInput())),
  });
  graph.element.append(...over.elements);
  const unwatchKeys = watchKeys(root, (command) => {
    if (command.type === "select" && !command.add && isToldOfFocused()) return details.focus();
    if (command.type === "walk" || command.type === "seek") focusGraph();
    graph.run(command);
    if (command.type !== "seek" || !details.isOpen) return;
    graph.run({ type: "select", add: false });
    if (command.state === "erred") details.show("errors");
  });

  function controlsInput() {
    const { focused } = graph;
    const current = focused === null ? -1 : found.indexOf(focused);
    return { lens, picture, matches: found.length, current };
  }

  function isToldOfFocused(): boolean {
    const [selected, other] = selectedNodes();
    return details.isOpen && other === undefined && selected !== undefined && selected === graph.focused;
  }

  const selectedNodes = () =>
    new Set(store.state.selected.flatMap((key) => picture.homes.get(picture.ids.get(key) ?? 0) ?? []));

  function nodeInHand() {
    const [selected] = selectedNodes();
    return picture.nodes.get(graph.focused ?? selected ?? 0) ?? null;
  }

  /** To another group, whose card comes into sight. */
  function selectGroup(id: GroupId) {
    const group = store.state.mirror.groups.get(id);
    const home = picture.homes.get(id);
    if (!group) return;
    if (home !== undefined) graph.go(home);
    store.select([keyOf(group)]);
  }

  const themeName = (): ThemeName => (options.theme === "auto" ? hostTheme() : options.theme);

  function restyle() {
    const theme = themeName();
    setPalette(root, theme);
    root.classList.toggle("tgw-dark", theme === "dark");
    root.classList.toggle("tgw-host", options.theme === "auto");
    root.style.setProperty("--tgw-height", `${options.height}px`);
    handle.setAttribute("aria-valuenow", String(options.height));
    ink = null;
    changed();
  }

  function ask(what: Step | "graph") {
    due[what] = true;
    frames.request();
  }

  const changed = () => ask("picture");

  function refresh() {
    const { state } = store;
    readable = readableIn(presence, readable);
    picture = pictureOf(state.mirror, lens, picture, graph.most, readable);
    const searched = foundIn(picture, lens.query);
    found = searched ?? [];
    categories = categoriesOf(picture, lens.colouring, categories);
    attention = attentionOf(picture, lens, searched, state.mirror.states, attention);
    graph.update({
      mirror: state.mirror,
      picture,
      lens,
      selected: state.selected,
      matches: found,
      attention,
      categories,
    });
    due.words = true;
    due.summary = true;
    due.panel = true;
    due.graph = true;
  }

  function showWords() {
    const { state } = store;
    over.update(controlsInput());
    const words = sentenceOf(state, picture) || (graph.failed ? texts.notLaidOut : "");
    setText(sentence, words);
    root.classList.toggle("tgw-empty", picture.groups.size === 0);
    list.update({ picture, open: lens.open, states: state.mirror.states, selected: selectedNodes() });
    live.update(picture, state.mirror.states, state.mirror.session);
  }

  const summaryInput = (): SummaryInput => ({
    state: store.state,
    picture,
    theme: themeName(),
    lens,
    categories: categories.list,
    pageSeconds: Date.now() / 1000,
  });

  function showSummary() {
    tick(isRunning(summary.update(summaryInput())));
  }

  function showPanel() {
    const { mirror, selected, clockOffset } = store.state;
    details.update({ mirror, picture, selected, now: Date.now() / 1000 + clockOffset, ink: inkNow() });
  }

  function tick(running: boolean) {
    const onTick = () => {
      ask("summary");
      ask("panel");
    };
    if (running && (presence.visible || panelSeen)) ticking ??= setInterval(onTick, TICK_MS);
    else {
      clearInterval(ticking);
      ticking = undefined;
    }
  }

  function take(step: Step) {
    switch (step) {
      case "picture":
        return refresh();
      case "words":
        return showWords();
      case "summary":
        return showSummary();
      case "panel":
        return showPanel();
    }
  }

  function inkNow(): Ink {
    ink ??= readInk(root, themeName(), devicePixelRatio);
    return ink;
  }

  function paint(nowMs: number) {
    due.graph = false;
    due.graph = presence.visible && (graph.paint(nowMs, presence, inkNow()) || due.graph);
  }

  const frames = createFrames((nowMs) => {
    const isLate = lateAfter(LATE_MS);
    const step = STEPS.find((each) => due[each]);
    if (step) {
      due[step] = false;
      take(step);
    }
    if (due.graph && !(step && isLate())) paint(nowMs);
    return due.graph || STEPS.some((each) => due[each]);
  });

  function set(change: Partial<ViewOptions>) {
    options = { ...options, ...change };
    options = { ...options, height: boundedHeight(options.height) };
    restyle();
  }

  el.append(root);
  restyle();
  const unsubscribe = store.subscribe(changed);
  const unsubscribeInquiry = inquiry.subscribe(() => ask("panel"));
  const unwatchTheme = watchHostTheme(restyle);
  const unwatchPresence = watchPresence(graph.element, (now) => {
    presence = now;
    graph.yieldWidth(details.isOpen ? widthBeside(details.element) : 0);
    ink = null;
    appear();
  });
  const unwatchPanel = watchPresence(details.element, ({ visible }) => {
    if (panelSeen === visible) return;
    panelSeen = visible;
    appear();
  });

  function appear() {
    frames.pause(!presence.visible && !panelSeen);
    tick(false);
    changed();
  }

  return {
    set,
    dispose() {
      unsubscribe();
      unwatchKeys();
      unwatchTheme();
      unwatchPresence();
      unwatchPanel();
      unsubscribeInquiry();
      tick(false);
      frames.dispose();
      graph.dispose();
      over.dispose();
      details.dispose();
      live.dispose();
      list.dispose();
      root.remove();
    },
  };
}
