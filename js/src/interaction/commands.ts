/** Keys to commands. */
export type Direction = "left" | "right" | "up" | "down";

export type Command =
  | { readonly type: "walk"; readonly direction: Direction }
  | { readonly type: "select"; readonly add: boolean }
  | { readonly type: "clear" }
  | { readonly type: "next-error" }
  | { readonly type: "zoom"; readonly factor: number }
  | { readonly type: "fit" }
  | { readonly type: "help" };

export type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};

export const ZOOM_STEP = 1.4;

/** Null for keys that are the browser's or the notebook's. */
export function commandOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): Command | null {
  if (altKey) return null;
  const modified = ctrlKey || metaKey;
  if (key === "Enter") return modified ? null : { type: "select", add: shiftKey };
  if (modified) return null;
  const direction = DIRECTIONS[key];
  if (direction) return { type: "walk", direction };
  switch (key) {
    case " ":
      return { type: "select", add: true };
    case "Escape":
      return { type: "clear" };
    case "e":
    case "E":
      return { type: "next-error" };
    case "+":
    case "=":
      return { type: "zoom", factor: ZOOM_STEP };
    case "-":
    case "_":
      return { type: "zoom", factor: 1 / ZOOM_STEP };
    case "0":
    case "f":
    case "F":
      return { type: "fit" };
    case "?":
      return { type: "help" };
    default:
      return null;
  }
}
