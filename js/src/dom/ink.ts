/** Reads from the page's styles what the canvas draws with. */
import type { Ink } from "../draw/ink.ts";
import { PALETTES, type Palette, type ThemeName } from "../theme.ts";

const VARIABLES = Object.keys(PALETTES.light) as (keyof Palette)[];

const variable = (name: string) => `--tgw-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Puts our own palette where the style sheet falls back to it. */
export function setPalette(root: HTMLElement, theme: ThemeName): void {
  for (const name of VARIABLES) root.style.setProperty(`${variable(name)}-own`, PALETTES[theme][name]);
}

export function readInk(root: HTMLElement, theme: ThemeName, pixelRatio: number): Ink {
  const style = getComputedStyle(root);
  const palette = Object.fromEntries(
    VARIABLES.map((name) => [name, style.getPropertyValue(variable(name)).trim() || PALETTES[theme][name]]),
  ) as unknown as Palette;
  return { theme, palette, fontFamily: style.fontFamily || "sans-serif", pixelRatio };
}
