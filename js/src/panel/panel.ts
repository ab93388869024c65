/** The panel beside the graph: which group it is about, its tabs, and the way back from where one went. */
import { refill } from "../dom/bar.ts";
import { element, setAttribute, setChildren, setText } from "../dom/element.ts";
import { iconButton } from "../dom/icon.ts";
import type { Ink } from "../draw/ink.ts";
import { count } from "../format.ts";
import type { Inquiry } from "../inquiry.ts";
import type { Mirror } from "../mirror.ts";
import { keyOf, readableName } from "../names.ts";
import type { Picture } from "../picture/index.ts";
import { texts } from "../texts.ts";
import type { Group, GroupId } from "../wire.ts";
import type { TaskAddress } from "../wire-study.ts";
import { linkList, linkTo } from "./links.ts";
import { subjectOf } from "./subject.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";
import { tablist } from "./tablist.ts";
import { type TaskPage, taskPage } from "./task.ts";
import { rememberedWidth, widthHandle } from "./width.ts";

export interface PanelInput {
  readonly mirror: Mirror;
  readonly picture: Picture;
  readonly selected: readonly string[];
  /** The scheduler's clock, seconds since the epoch. */
  readonly now: number;
  readonly ink: Ink;
}

export interface Panel {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  update(input: PanelInput): void;
  /** The selection was chosen once more. */
  reopen(): void;
  /** One step back, and at last closed; false when it was. */
  back(): boolean;
  /** The keyboard goes there. */
  focus(): void;
  /** Show a tab of the open panel. */
  show(tab: string): void;
  dispose(): void;
}

interface Options {
  readonly inquiry: Inquiry;
  readonly tabs: readonly Tab[];
  /** Something is to be shown. */
  readonly onChange: () => void;
  readonly onGroup: (id: GroupId) => void;
  readonly onClose: () => void;
  readonly copy: (text: string) => void;
}

/** Keys that scroll: they are the panel's while the focus is in it. */
const SCROLLING = new Set([
  ...["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"],
  ...["PageUp", "PageDown", "Home", "End", " ", "Enter"],
]);

const words = texts.panel;

export function panel(options: Options): Panel {
  const { inquiry, tabs, onChange } = options;
  const title = element("h2", { class: "tgw-name", tabindex: "-1" });
  const fillTitle = refill(title);
  const groups = element("div");
  const fillGroups = refill(groups);
  const upwards = element("button", { type: "button", class: "tgw-link", hidden: "" });
  const note = element("p", { class: "tgw-note", role: "status", hidden: "" });
  const sheet = element("div", { class: "tgw-tab-sheet", role: "tabpanel", tabindex: "0" });
  const list = tablist(tabs, sheet, show);
  const handle = widthHandle(
    () => root.offsetWidth,
    (width) => root.style.setProperty("--tgw-panel-width", `${width}px`),
  );
  const copy = iconButton("copy", words.copyName, () =>
    options.copy(keyOf(shown ?? { key: null, name: "" })),
  );
  const head = element(
    "header",
    { class: "tgw-panel-head" },
    upwards,
    element("div", { class: "tgw-panel-title" }, title, copy, iconButton("close", words.close, close)),
    note,
  );
  const root = element(
    "aside",
    { class: "tgw-panel", "aria-label": words.label, hidden: "" },
    handle,
    head,
    list.element,
    sheet,
  );
  root.style.setProperty("--tgw-panel-width", `${rememberedWidth()}px`);

  let input: PanelInput | null = null;
  let subject: ReadonlyMap<string, Group> = new Map();
  /** One of several groups, that the user has gone to. */
  let chosen: string | null = null;
  let shown: Group | null = null;
  let current = tabs[0]?.id ?? "";
  const views = new Map<string, TabView>();
  let closed = false;
  /** Tasks that were opened one from the other; the last is shown. */
  let tasks: readonly TaskAddress[] = [];
  let page: TaskPage | null = null;

  const host: TabHost = {
    refresh: onChange,
    ask: (kind, question) => inquiry.ask(shown?.id ?? 0, kind, question),
    openTask(address) {
      tasks = [...tasks, address];
      sheet.scrollTop = 0;
      onChange();
    },
    openGroup: options.onGroup,
    copy: options.copy,
  };

  function open(isOpen: boolean) {
    if (root.hidden !== isOpen) return;
    root.hidden = !isOpen;
    if (!isOpen) inquiry.unfollow();
  }

  function close() {
    closed = true;
    open(false);
    options.onClose();
  }

  function show(id: string) {
    current = id;
    tasks = [];
    onChange();
  }

  function viewOf(tab: Tab): TabView {
    const old = views.get(tab.id);
    if (old) return old;
    const made = tab.mount(host);
    views.set(tab.id, made);
    return made;
  }

  /** From a task to where it was opened, from one of several groups to their list; false when there is no way back. */
  function stepBack(): boolean {
    if (tasks.length > 0) tasks = tasks.slice(0, -1);
    else if (chosen !== null) chosen = null;
    else return false;
    onChange();
    return true;
  }

  function pageOf(address: TaskAddress): TaskPage {
    page ??= taskPage(host);
    page.show(address);
    return page;
  }

  upwards.addEventListener("click", stepBack);
  root.addEventListener("keydown", (event) => {
    if (SCROLLING.has(event.key)) event.stopPropagation();
  });

  function showMembers({ mirror, ink }: PanelInput) {
    const members = [...subject.values()];
    const links = members.map((group) => linkTo(group, mirror.states));
    const called = words.groups(count(members.length));
    fillTitle(called, () => [document.createTextNode(called)]);
    const choose = (id: GroupId) => {
      const [key] = [...subject].find(([, group]) => group.id === id) ?? [];
      chosen = key ?? null;
      onChange();
    };
    fillGroups([links, ink.theme], () => linkList({ links, all: links.length }, ink.theme, choose));
    setChildren(sheet, [groups]);
  }

  function showGroup(group: Group, now: PanelInput) {
    const { prefix, token } = readableName(group);
    fillTitle([prefix, token], () => [element("b", {}, prefix), element("i", {}, token)]);
    const tab = tabs.find(({ id }) => id === current) ?? tabs[0];
    if (!tab) return;
    list.show(tab.id);
    if (group.outcome === null && now.mirror.groups.has(group.id)) inquiry.follow(group.id, tab.columns);
    else if (inquiry.state.study.group !== group.id) inquiry.unfollow();
    const { study, prefix: facts, busy, trouble } = inquiry.state;
    const address = tasks.at(-1);
    const view = address ? pageOf(address) : viewOf(tab);
    setChildren(sheet, [view.element]);
    const isGone = group.outcome !== null || study.gone || !now.mirror.groups.has(group.id);
    const state: TabState = {
      group,
      mirror: now.mirror,
      study,
      prefix: facts,
      busy,
      absent: isGone ? words.tasks.gone : trouble,
      now: now.now,
      ink: now.ink,
    };
    view.update(state);
    showNote(isGone ? words.gone : trouble || (busy ? words.busy : ""));
  }

  function showNote(text: string) {
    note.hidden = text === "";
    setText(note, text);
  }

  return {
    element: root,
    get isOpen() {
      return !root.hidden;
    },
    update(next) {
      if (input?.selected !== next.selected) {
        closed = false;
        chosen = null;
        tasks = [];
      }
      input = next;
      subject = subjectOf(next.selected, next.picture, next.mirror, subject);
      open(subject.size > 0 && !closed);
      if (root.hidden) return;
      const [only] = subject.size === 1 ? subject.values() : [];
      const group = only ?? (chosen === null ? undefined : subject.get(chosen));
      shown = group ?? null;
      root.classList.toggle("tgw-several", !group);
      copy.hidden = !group;
      upwards.hidden = !group || (subject.size === 1 && tasks.length === 0);
      setText(upwards, tasks.length > 0 ? words.back : words.groups(count(subject.size)));
      setAttribute(title, "title", group ? keyOf(group) : "");
      if (group) showGroup(group, next);
      else showMembers(next);
    },
    reopen() {
      closed = false;
      onChange();
    },
    back() {
      if (root.hidden) return false;
      if (!stepBack()) close();
      return true;
    },
    focus() {
      if (root.classList.contains("tgw-several")) title.focus();
      else list.focus();
    },
    show,
    dispose() {
      for (const view of views.values()) view.dispose();
      inquiry.dispose();
    },
  };
}
