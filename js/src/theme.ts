/** The one table of state colours: canvas, HTML and the documents read it. */
import type { STATES } from "./progress.ts";

export type ThemeName = "light" | "dark";

export type Pattern = "plain" | "hatched";

interface StateStyle {
  readonly light: string;
  readonly dark: string;
  readonly pattern: Pattern;
}

/** At least 3:1 against every card below, told apart without red, without green and without any colour. */
const STATE_STYLES: Readonly<Record<(typeof STATES)[number], StateStyle>> = {
  released: { light: "#1b5c53", dark: "#62ab90", pattern: "plain" },
  memory: { light: "#008363", dark: "#68d6a6", pattern: "plain" },
  processing: { light: "#ba7200", dark: "#ffcb63", pattern: "plain" },
  queued: { light: "#6e52b5", dark: "#b4a0ff", pattern: "plain" },
  waiting: { light: "#8c939c", dark: "#6a6d6f", pattern: "plain" },
  "no-worker": { light: "#c34494", dark: "#ff78d9", pattern: "hatched" },
  erred: { light: "#c72e20", dark: "#ff6762", pattern: "hatched" },
  forgotten: { light: "#32363c", dark: "#7f8bae", pattern: "plain" },
};

/** For a state that this version does not know. */
const UNKNOWN_STATE: StateStyle = { light: "#5f6672", dark: "#9aa3b2", pattern: "plain" };

const styleOf = (state: string): StateStyle =>
  Object.hasOwn(STATE_STYLES, state) ? STATE_STYLES[state as keyof typeof STATE_STYLES] : UNKNOWN_STATE;

export const stateColour = (state: string, theme: ThemeName): string => styleOf(state)[theme];

export const statePattern = (state: string): Pattern => styleOf(state).pattern;

/** The surfaces and inks of one theme. */
export interface Palette {
  readonly background: string;
  readonly card: string;
  readonly border: string;
  readonly text: string;
  /** Text of second rank. */
  readonly dim: string;
  readonly edge: string;
  readonly accent: string;
  /** Text on an accent or a state's colour. */
  readonly onColour: string;
}

/** Used where the host has no colours of its own to follow. */
export const PALETTES: Readonly<Record<ThemeName, Palette>> = {
  light: {
    background: "#fafbfc",
    card: "#ffffff",
    border: "#d5d9df",
    text: "#1c2127",
    dim: "#5d6672",
    edge: "#a9b1bc",
    accent: "#1565c0",
    onColour: "#ffffff",
  },
  dark: {
    background: "#15181c",
    card: "#1e2227",
    border: "#3a4048",
    text: "#e4e8ed",
    dim: "#9aa4b0",
    edge: "#5b6470",
    accent: "#6cb2ff",
    onColour: "#14171a",
  },
};

/** Card backgrounds that a host may bring: JupyterLab's and VS Code's. */
export const HOST_CARDS: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ["#ffffff"],
  dark: ["#111111", "#1e1e1e", "#1f1f1f", "#212121"],
};

/** Colours of categories, told apart by their place in this list. */
const CATEGORIES: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ["#2f6fb7", "#b35c00", "#2c7d4f", "#a3388f", "#7a6a00", "#5b52c4", "#b0413e", "#4c7a85"],
  dark: ["#7fb4f0", "#f0a35a", "#6fcf97", "#e58ad6", "#d3c04d", "#ada6ff", "#f08a86", "#8fc4d0"],
};

export const categoryColour = (hue: number, theme: ThemeName): string =>
  CATEGORIES[theme][hue % CATEGORIES[theme].length] ?? CATEGORIES[theme][0] ?? "";
