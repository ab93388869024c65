/** What a picture that is taken away says of itself, above the graph: one line, and the key to its colours. */
import type { Measure } from "../scene/card.ts";
import { categoryColour } from "../theme.ts";
import { type Framing, type HeadingKey, MARGIN } from "./framing.ts";
import { type Brush, factFont, nameFont } from "./ink.ts";
import type { Pen } from "./pen.ts";
import { drawParts } from "./stacked.ts";

export interface Heading {
  readonly line: string;
  readonly keys: readonly HeadingKey[];
}

const LINE = { height: 22, baseline: 13 } as const;
const ROW = { height: 18, baseline: 10 } as const;
const SWATCH = { size: 9, gap: 5 } as const;
const BETWEEN = 14;
/** A picture that is wider is looked at from further away. */
const USUAL_WIDTH = 1600;

/** Framed with room for a heading. */
export function headed({ camera, size }: Framing, heading: Heading, measure: Measure): Framing {
  const least = 2 * MARGIN + measure(heading.line, "name");
  const scale = Math.max(1, size.width / USUAL_WIDTH);
  const width = Math.max(size.width, Math.ceil(least * scale));
  const right = width / scale - MARGIN;
  let x: number = MARGIN;
  let y: number = MARGIN + LINE.height;
  const keys = heading.keys.map((key) => {
    const needed = SWATCH.size + SWATCH.gap + measure(key.text, "fact");
    if (x > MARGIN && x + needed > right) {
      x = MARGIN;
      y += ROW.height;
    }
    const place = { x, y, key };
    x += needed + BETWEEN;
    return place;
  });
  const height = Math.ceil((y + (keys.length > 0 ? ROW.height : 0)) * scale);
  return {
    camera: { ...camera, y: camera.y + height },
    size: { width, height: size.height + height },
    heading: { line: heading.line, keys, scale },
  };
}

export function drawHeading(pen: Pen, { heading }: Framing, brush: Brush): void {
  if (!heading) return;
  const { palette, fontFamily } = brush;
  pen.save();
  pen.scale(heading.scale, heading.scale);
  pen.globalAlpha = 1;
  pen.direction = "ltr";
  pen.textAlign = "left";
  pen.textBaseline = "alphabetic";
  pen.font = nameFont(fontFamily);
  pen.fillStyle = palette.text;
  pen.fillText(heading.line, MARGIN, MARGIN + LINE.baseline);
  pen.font = factFont(fontFamily);
  for (const { x, y, key } of heading.keys) {
    const swatch = { x, y: y + 1, width: SWATCH.size, height: SWATCH.size };
    if ("state" in key) drawParts(pen, [{ ...swatch, state: key.state }], brush, 4);
    else {
      pen.fillStyle = categoryColour(key.hue, brush.theme);
      pen.fillRect(swatch.x, swatch.y, swatch.width, swatch.height);
    }
    pen.fillStyle = palette.dim;
    pen.fillText(key.text, x + SWATCH.size + SWATCH.gap, y + ROW.baseline);
  }
  pen.restore();
}
