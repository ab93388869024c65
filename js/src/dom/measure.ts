/** Widths of texts in the host's font. */
import { factFont, nameFont } from "../draw/ink.ts";
import type { Font, Measure } from "../scene/card.ts";

const REMEMBERED = 20_000;

/** Widths are remembered; another font needs another measure. */
export function measureWith(ctx: CanvasRenderingContext2D, family: string): Measure {
  const fonts: Readonly<Record<Font, string>> = { name: nameFont(family), fact: factFont(family) };
  const known: Record<Font, Map<string, number>> = { name: new Map(), fact: new Map() };
  return (text, font) => {
    const widths = known[font];
    const old = widths.get(text);
    if (old !== undefined) return old;
    ctx.font = fonts[font];
    const { width } = ctx.measureText(text);
    if (widths.size >= REMEMBERED) widths.clear();
    widths.set(text, width);
    return width;
  };
}
