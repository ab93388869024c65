/** What somebody can have done, and the keys for it. */
export type Direction = "left" | "right" | "up" | "down";

/** On to the next, or back to the one before. */
export type Step = 1 | -1;

export type Command =
  | { readonly type: "walk"; readonly direction: Direction }
  | { readonly type: "select"; readonly add: boolean }
  /** Open the node into what it stands for, or fold it into what it is part of. */
  | { readonly type: "open" }
  | { readonly type: "fold" }
  | { readonly type: "neighbourhood" }
  /** The neighbourhood wider or narrower. */
  | { readonly type: "widen"; readonly by: Step }
  /** To a node with tasks in a state. */
  | { readonly type: "seek"; readonly state: string; readonly step: Step }
  | { readonly type: "search" }
  /** To a node that the search has found. */
  | { readonly type: "match"; readonly step: Step }
  | { readonly type: "follow" }
  | { readonly type: "level" }
  | { readonly type: "menu" }
  | { readonly type: "zoom"; readonly factor: number }
  | { readonly type: "life-size" }
  | { readonly type: "fit" }
  /** Lay out from scratch, or go back to how it was before that. */
  | { readonly type: "rearrange"; readonly back: boolean }
  | { readonly type: "minimap" }
  | { readonly type: "fullscreen" }
  | { readonly type: "copy"; readonly what: "name" | "png" | "svg" }
  | { readonly type: "help" }
  /** Undo one thing that is in the way. */
  | { readonly type: "back" };

export type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export const ZOOM_STEP = 1.4;

const KEYS: Readonly<Record<string, Command>> = {
  arrowleft: { type: "walk", direction: "left" },
  arrowright: { type: "walk", direction: "right" },
  arrowup: { type: "walk", direction: "up" },
  arrowdown: { type: "walk", direction: "down" },
  enter: { type: "select", add: false },
  " ": { type: "select", add: true },
  o: { type: "open" },
  backspace: { type: "fold" },
  n: { type: "neighbourhood" },
  "[": { type: "widen", by: -1 },
  "]": { type: "widen", by: 1 },
  // Many keyboards have no bracket without Alt.
  ",": { type: "widen", by: -1 },
  ".": { type: "widen", by: 1 },
  e: { type: "seek", state: "erred", step: 1 },
  r: { type: "seek", state: "processing", step: 1 },
  "/": { type: "search" },
  g: { type: "follow" },
  l: { type: "level" },
  v: { type: "menu" },
  "+": { type: "zoom", factor: ZOOM_STEP },
  "=": { type: "zoom", factor: ZOOM_STEP },
  "-": { type: "zoom", factor: 1 / ZOOM_STEP },
  "0": { type: "life-size" },
  f: { type: "fit" },
  a: { type: "rearrange", back: false },
  m: { type: "minimap" },
  c: { type: "copy", what: "name" },
  "?": { type: "help" },
  escape: { type: "back" },
};

const SHIFTED: Readonly<Record<string, Command>> = {
  enter: { type: "select", add: true },
  o: { type: "fold" },
  e: { type: "seek", state: "erred", step: -1 },
  r: { type: "seek", state: "processing", step: -1 },
  f: { type: "fullscreen" },
  a: { type: "rearrange", back: true },
  _: { type: "zoom", factor: 1 / ZOOM_STEP },
};

/** Null for keys that are the browser's or the notebook's. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): Command | null {
  if (ctrlKey || metaKey || altKey) return null;
  const name = key.toLowerCase();
  return (shiftKey ? SHIFTED[name] : undefined) ?? KEYS[name] ?? null;
}
