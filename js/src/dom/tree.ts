/** The graph as a tree, for those who hear instead of see. It stands within the canvas, which nobody sees into. */
import type { Lens } from "../lens.ts";
import { EMPTY_PICTURE, type Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";
import { texts } from "../texts.ts";
import { element, setAttribute, setChildren, setText } from "./element.ts";
import { type Row, rowsOf, sentenceOn, windowAbout } from "./tree-rows.ts";

export interface Tree {
  update(picture: Picture, open: Lens["open"], states: readonly string[]): void;
  /** The keyboard has gone to a node, or to none. */
  focus(id: NodeId | null): void;
  dispose(): void;
}

interface Options {
  /** What holds the keyboard's focus, and the tree. */
  readonly canvas: HTMLElement;
  readonly onGo: (id: NodeId) => void;
  readonly onFold: (key: string) => void;
}

const PAUSE_MS = 1000;

/** Unlike a counter's, such ids differ also when a page has loaded this code twice. */
const uniquePrefix = () => `tgw-${Math.random().toString(36).slice(2, 10)}`;

export function tree({ canvas, onGo, onFold }: Options): Tree {
  const prefix = uniquePrefix();
  const list = element("ul", { role: "tree", "aria-label": texts.outlineLabel });
  canvas.append(list);
  const items = new Map<string, { readonly item: HTMLElement; row: Row }>();
  let latest = { picture: EMPTY_PICTURE, open: new Map() as Lens["open"], states: [] as readonly string[] };
  let rows: readonly Row[] = [];
  let places = new Map<NodeId | null, number>();
  let rowsOfStructure = -1;
  let rowsOfOpen: Lens["open"] | null = null;
  let focused: NodeId | null = null;
  let made = 0;
  let stale = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function make(row: Row) {
    const item = element("li", { role: "treeitem", id: `${prefix}-${made++}` });
    const entry = { item, row };
    item.addEventListener("click", (event) => {
      event.stopPropagation();
      const { key, node } = entry.row;
      if (node === null) onFold(key);
      else onGo(node);
    });
    return entry;
  }

  function arrange() {
    const { picture, open } = latest;
    if (rowsOfStructure === picture.structure && rowsOfOpen === open) return;
    rowsOfStructure = picture.structure;
    rowsOfOpen = open;
    rows = rowsOf(picture, open);
    places = new Map(rows.map(({ node }, at) => [node, at]));
  }

  function fill() {
    stale = false;
    arrange();
    const { picture, states } = latest;
    const shown = windowAbout(rows, places.get(focused) ?? 0);
    const keys = new Set(shown.map(({ key }) => key));
    for (const key of items.keys()) if (!keys.has(key)) items.delete(key);
    const children = shown.map((row) => {
      const entry = items.get(row.key) ?? make(row);
      entry.row = row;
      items.set(row.key, entry);
      describe(entry.item, row);
      setText(entry.item, sentenceOn(row, picture, states));
      return entry.item;
    });
    setChildren(list, children);
  }

  function point() {
    const at = focused === null ? undefined : places.get(focused);
    const row = at === undefined ? undefined : rows[at];
    const item = row && items.get(row.key)?.item;
    for (const other of list.querySelectorAll("[aria-selected]")) {
      if (other !== item) other.removeAttribute("aria-selected");
    }
    item?.setAttribute("aria-selected", "true");
    if (item) setAttribute(canvas, "aria-activedescendant", item.id);
    else canvas.removeAttribute("aria-activedescendant");
  }

  function refresh() {
    fill();
    point();
    clearTimeout(timer);
    timer = setTimeout(() => {
      timer = undefined;
      if (stale) refresh();
    }, PAUSE_MS);
  }

  return {
    update(picture, open, states) {
      const { picture: old } = latest;
      if (old === picture && latest.open === open && latest.states === states) return;
      latest = { picture, open, states };
      stale = true;
      if (timer === undefined) refresh();
    },
    focus(id) {
      if (id === focused) return;
      focused = id;
      const at = id === null ? undefined : places.get(id);
      const row = at === undefined ? undefined : rows[at];
      if (stale || (row && !items.has(row.key))) fill();
      point();
    },
    dispose: () => clearTimeout(timer),
  };
}

function describe(item: HTMLElement, { level, expanded, place, siblings }: Row): void {
  setAttribute(item, "aria-level", String(level));
  setAttribute(item, "aria-posinset", String(place));
  setAttribute(item, "aria-setsize", String(siblings));
  if (expanded === null) item.removeAttribute("aria-expanded");
  else setAttribute(item, "aria-expanded", String(expanded));
}
