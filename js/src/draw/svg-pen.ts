/** A pen that writes SVG elements. */
import type { Measure } from "../scene/card.ts";
import { FACT_PX, NAME_PX } from "./ink.ts";
import { attribute, escaped, rounded } from "./markup.ts";
import type { Pen } from "./pen.ts";

export interface SvgPen extends Pen {
  lines(): string[];
}

/** From the middle of a line of text down to its baseline, as a share of its size. */
const BASELINE = 0.35;

/** `measure` fixes the widths of texts, so that they fit where another font is found. */
export function svgPen(measure: Measure): SvgPen {
  const lines: string[] = [];
  let path: string[] = [];
  let dash: readonly number[] = [];
  /** Groups to close at each `restore`. */
  const open: number[] = [];
  /** A filled path, which may also be stroked. */
  let filled: { readonly d: string; readonly look: string } | null = null;

  const flush = () => {
    if (filled) lines.push(`<path d="${filled.d}"${filled.look}/>`);
    filled = null;
  };
  const write = (line: string) => {
    flush();
    lines.push(line);
  };
  const at = (...values: number[]) => values.map(rounded).join(" ");
  const opacity = () => attribute("opacity", pen.globalAlpha, 1);
  const enter = (transform: string) => {
    write(`<g transform="${transform}">`);
    open.push((open.pop() ?? 0) + 1);
  };

  const pen: SvgPen = {
    direction: "ltr",
    fillStyle: "#000",
    strokeStyle: "#000",
    font: "",
    globalAlpha: 1,
    lineWidth: 1,
    textAlign: "left",
    textBaseline: "alphabetic",
    lines() {
      flush();
      return lines;
    },
    beginPath() {
      path = [];
    },
    moveTo: (x, y) => void path.push(`M${at(x, y)}`),
    lineTo: (x, y) => void path.push(`L${at(x, y)}`),
    bezierCurveTo: (...points) => void path.push(`C${at(...points)}`),
    closePath: () => void path.push("Z"),
    /** Whole circles only. */
    arc: (x, y, r) =>
      void path.push(
        `M${at(x - r, y)}a${at(r, r)} 0 1 0 ${at(2 * r, 0)}a${at(r, r)} 0 1 0 ${at(-2 * r, 0)}Z`,
      ),
    roundRect(x, y, width, height, radii = 0) {
      path.push(roundedRect(x, y, width, height, Array.isArray(radii) ? radii.map(Number) : [Number(radii)]));
    },
    fill() {
      flush();
      filled = { d: path.join(""), look: attribute("fill", String(pen.fillStyle)) + opacity() };
    },
    stroke() {
      const d = path.join("");
      const look =
        attribute("stroke", String(pen.strokeStyle)) +
        attribute("stroke-width", pen.lineWidth, 1) +
        (dash.length > 0 ? attribute("stroke-dasharray", at(...dash)) : "");
      if (filled?.d === d) {
        filled = { d, look: filled.look + look };
        flush();
      } else if (d) write(`<path d="${d}" fill="none"${look}${opacity()}/>`);
    },
    setLineDash(lengths) {
      dash = [...lengths];
    },
    fillRect(x, y, width, height) {
      const place = `x="${rounded(x)}" y="${rounded(y)}" width="${rounded(width)}" height="${rounded(height)}"`;
      write(`<rect ${place}${attribute("fill", String(pen.fillStyle))}${opacity()}/>`);
    },
    fillText(text, x, y) {
      const [, weight = "", size = "0"] = /^(?:(\d+) )?([\d.]+)px/.exec(pen.font) ?? [];
      const px = Number(size);
      const width = weight ? (measure(text, "name") * px) / NAME_PX : (measure(text, "fact") * px) / FACT_PX;
      const look =
        attribute("font-size", px) +
        attribute("font-weight", weight, "") +
        attribute("fill", String(pen.fillStyle)) +
        (pen.direction === "rtl" ? ' direction="rtl" text-anchor="end"' : "") +
        attribute("textLength", width) +
        ' lengthAdjust="spacingAndGlyphs"' +
        opacity();
      const baseline = pen.textBaseline === "middle" ? y + BASELINE * px : y;
      write(`<text x="${rounded(x)}" y="${rounded(baseline)}"${look}>${escaped(text)}</text>`);
    },
    save: () => void open.push(0),
    translate: (x, y) => enter(`translate(${at(x, y)})`),
    scale: (x, y) => enter(`scale(${at(x, y)})`),
    restore() {
      for (let groups = open.pop() ?? 0; groups > 0; groups--) write("</g>");
    },
  };
  return pen;
}

/** Radii as canvas takes them, shrunk where they do not fit. */
function roundedRect(x: number, y: number, width: number, height: number, radii: readonly number[]): string {
  const most = Math.max(0, Math.min(width, height) / 2);
  const sides = radii.filter((radius) => radius > 0).length;
  const shrunk = (radius = 0) => Math.min(radius, sides === 2 ? Math.min(width, height / 2) : most);
  const [a, b = a, c = a, d = b] = radii.length === 4 ? radii.map(shrunk) : [shrunk(radii[0])];
  const corner = (radius = 0, dx = 0, dy = 0) =>
    radius > 0 ? `a${rounded(radius)} ${rounded(radius)} 0 0 1 ${rounded(dx)} ${rounded(dy)}` : "";
  const [tl = 0, tr = 0, br = 0, bl = 0] = [a, b, c, d];
  return [
    `M${rounded(x + tl)} ${rounded(y)}`,
    `H${rounded(x + width - tr)}${corner(tr, tr, tr)}`,
    `V${rounded(y + height - br)}${corner(br, -br, br)}`,
    `H${rounded(x + bl)}${corner(bl, -bl, -bl)}`,
    `V${rounded(y + tl)}${corner(tl, tl, -tl)}`,
    "Z",
  ].join("");
}
