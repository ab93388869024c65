/** Reads from the page's styles what the canvas draws with. */
import type { Ink } from "../draw/ink.ts";
import { PALETTES, type Palette, type ThemeName } from "../theme.ts";
import { element } from "./element.ts";

const VARIABLES = Object.keys(PALETTES.light) as (keyof Palette)[];

const variable = (name: string) => `--tgw-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Puts our own palette where the style sheet falls back to it. */
export function setPalette(root: HTMLElement, theme: ThemeName): void {
  for (const name of VARIABLES) root.style.setProperty(`${variable(name)}-own`, PALETTES[theme][name]);
}

/** What the system has people see where it forces its colours upon pages. States keep theirs, and their patterns. */
const SYSTEM: Readonly<Record<keyof Palette, string>> = {
  background: "Canvas",
  card: "Canvas",
  border: "ButtonBorder",
  text: "CanvasText",
  dim: "CanvasText",
  edge: "ButtonBorder",
  accent: "Highlight",
  onColour: "Canvas",
};

export const FORCED_COLOURS = "(forced-colors: active)";

export function readInk(root: HTMLElement, theme: ThemeName, pixelRatio: number): Ink {
  const style = getComputedStyle(root);
  const fontFamily = style.fontFamily || "sans-serif";
  if (matchMedia(FORCED_COLOURS).matches) {
    const palette = systemPalette(root);
    return { theme: isDark(palette.background) ? "dark" : "light", palette, fontFamily, pixelRatio };
  }
  const palette = Object.fromEntries(
    VARIABLES.map((name) => [name, style.getPropertyValue(variable(name)).trim() || PALETTES[theme][name]]),
  ) as unknown as Palette;
  return { theme, palette, fontFamily, pixelRatio };
}

/** A canvas does not know in which scheme it stands, so the system's colours are asked for here. */
function systemPalette(root: HTMLElement): Palette {
  const probe = element("i");
  root.append(probe);
  const style = getComputedStyle(probe);
  const colours = VARIABLES.map((name) => {
    probe.style.color = SYSTEM[name];
    return [name, style.color] as const;
  });
  probe.remove();
  return Object.fromEntries(colours) as unknown as Palette;
}

/** Of what a computed style says: `rgb(r, g, b)`. */
export function isDark(colour: string): boolean {
  const [r = 255, g = 255, b = 255] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b < 128;
}
