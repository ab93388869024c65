/** A grid as an image of one pixel to a block, and the hatching over those in which something is wrong. */
import { element } from "../dom/element.ts";
import { HATCH_WIDTH, hatch, type Rect } from "../draw/stacked.ts";
import type { Grid, Painted } from "./charts/grid.ts";
import type { Wrapping } from "./charts/wrapping.ts";

export interface Tiles {
  readonly canvas: HTMLCanvasElement;
  /** Only rows that were painted are taken over, or all when the grid is another. */
  take(grid: Grid, wrapped: Wrapping, painted: Painted): void;
  hatched(pen: CanvasRenderingContext2D, area: Rect, ratio: number, colour: string): void;
}

const HATCH_PX = 3;

const surface = () => {
  const canvas = element("canvas", { width: "1", height: "1" });
  return { canvas, ctx: canvas.getContext("2d") };
};

type Surface = ReturnType<typeof surface>;

function put(
  { canvas, ctx }: Surface,
  pixels: Uint32Array<ArrayBuffer>,
  wide: Wrapping,
  rows: Painted,
): void {
  const { width, height } = wide;
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
  ctx?.putImageData(image, 0, 0, 0, rows.from, width, rows.to - rows.from);
}

/** Of the same lines as on the cards; to fill a plane with a pattern takes a fraction of drawing the lines. */
function hatching(ratio: number, colour: string, ctx: CanvasRenderingContext2D): CanvasPattern | string {
  const side = Math.round(HATCH_PX * ratio);
  const { canvas, ctx: tile } = surface();
  if (!tile) return colour;
  canvas.width = side;
  canvas.height = side;
  tile.beginPath();
  hatch(tile, { x: -side, y: -side, width: 3 * side, height: 3 * side }, side);
  tile.strokeStyle = colour;
  tile.lineWidth = HATCH_WIDTH * side;
  tile.stroke();
  return ctx.createPattern(canvas, "repeat") ?? colour;
}

export function tiles(): Tiles {
  const [blocks, alarms, layer] = [surface(), surface(), surface()];
  let taken: Uint32Array | null = null;
  let laid: Wrapping | null = null;
  let alarmed: Uint32Array | null = null;
  let version = 0;
  let drawn = "";

  return {
    canvas: blocks.canvas,
    take({ pixels, alarms: wrong }, wrapped, painted) {
      const anew = taken !== pixels || laid !== wrapped;
      const all = { from: 0, to: wrapped.height };
      taken = pixels;
      laid = wrapped;
      if (anew || painted.to > painted.from) put(blocks, pixels, wrapped, anew ? all : painted);
      if (wrong.length === 0) alarmed = null;
      else {
        const rows = anew || alarmed !== wrong ? all : painted;
        alarmed = wrong;
        if (rows.to <= rows.from) return;
        put(alarms, wrong, wrapped, rows);
        version++;
      }
    },
    hatched(pen, area, ratio, colour) {
      const now = [area.width, area.height, ratio, colour, version].join(" ");
      if (now !== drawn) drawLayer(area, ratio, colour);
      drawn = now;
      pen.drawImage(layer.canvas, area.x, area.y, area.width, area.height);
    },
  };

  function drawLayer({ width, height }: Rect, ratio: number, colour: string) {
    const { canvas, ctx } = layer;
    if (!ctx) return;
    canvas.width = Math.max(1, Math.round(width * ratio));
    canvas.height = Math.max(1, Math.round(height * ratio));
    ctx.fillStyle = hatching(ratio, colour, ctx);
    ctx.fillRect(0, 0, canvas.width, canvas.height);
    ctx.globalCompositeOperation = "destination-in";
    ctx.imageSmoothingEnabled = false;
    ctx.drawImage(alarms.canvas, 0, 0, canvas.width, canvas.height);
  }
}
