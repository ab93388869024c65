/** What drawing needs to know besides the scene. */
import type { Measure } from "../scene/card.ts";
import type { Palette, ThemeName } from "../theme.ts";

export interface Ink {
  readonly theme: ThemeName;
  readonly palette: Palette;
  readonly fontFamily: string;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** Ink that knows how wide its letters are. */
export interface Brush extends Ink {
  readonly measure: Measure;
}

export const NAME_PX = 13;
export const FACT_PX = 11;

export const nameFont = (family: string, px = NAME_PX): string => `500 ${px}px ${family}`;
export const factFont = (family: string, px = FACT_PX): string => `${px}px ${family}`;

/** Opacities of what is not in the light. */
export const DIMMED = { card: 0.35, edge: 0.18 } as const;
export const FAINT = 0.62;
