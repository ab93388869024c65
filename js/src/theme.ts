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

/**
 * Categories: prefixes, libraries, workers. The last is for all that have no place of their own. Held to the same as
 * the states' colours, but for being told apart without any colour: no nine could be.
 */
const CATEGORIES: Readonly<Record<ThemeName, readonly string[]>> = {
  light: ["#226bcc", "#b93c12", "#157954", "#9081f1", "#792934", "#72a012", "#954998", "#542896", "#80868f"],
  dark: ["#82ddf9", "#f7a1aa", "#9be771", "#bb95f6", "#c3aa2b", "#537ae2", "#a954ab", "#349541", "#8b919a"],
};

export const CATEGORY_COUNT = CATEGORIES.light.length - 1;

/** From `CATEGORY_COUNT` on: the others. */
export const categoryColour = (category: number, theme: ThemeName): string =>
  CATEGORIES[theme][Math.min(category, CATEGORY_COUNT)] ?? "";

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
