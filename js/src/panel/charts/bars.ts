/** Bars as pixels: what is smaller than one merges by itself, and the work is bounded by the pixels. */

export interface Plot {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint32Array<ArrayBuffer>;
  /** By pixel: one more than the number of the bar that it shows. */
  readonly bars: Uint32Array;
}

export const newPlot = (width: number, height: number): Plot => ({
  width,
  height,
  pixels: new Uint32Array(width * height),
  bars: new Uint32Array(width * height),
});

export function clear({ pixels, bars }: Plot): void {
  pixels.fill(0);
  bars.fill(0);
}

/** The rows of pixels of a lane, the lower end excluded; a gap below where there is room for one. */
export function laneRows(lane: number, lanes: number, height: number): readonly [number, number] {
  const each = height / Math.max(1, lanes);
  const top = Math.floor(lane * each);
  const bottom = Math.floor((lane + 1) * each);
  const gap = each >= 4 ? Math.min(3, Math.floor(each / 4)) : 0;
  return [Math.min(top, height - 1), Math.max(top + 1, bottom - gap)];
}

/** Wide bars leave a pixel to the next, so that each is seen; thin ones are a pixel at least. */
export function drawBar(
  plot: Plot,
  [top, bottom]: readonly [number, number],
  from: number,
  to: number,
  colour: number,
  bar: number,
): void {
  const { width, height, pixels, bars } = plot;
  if (to < 0 || from >= width) return;
  const left = Math.max(0, Math.floor(from));
  const wide = Math.floor(to) - Math.floor(from);
  const right = Math.min(width, Math.max(left + 1, Math.floor(to) - (wide > 3 ? 1 : 0)));
  const end = Math.min(height, bottom);
  for (let y = top; y < end; y++) {
    pixels.fill(colour, y * width + left, y * width + right);
    bars.fill(bar + 1, y * width + left, y * width + right);
  }
}

/** The bar at a pixel or beside it; -1 for none. */
export function barAt({ width, height, bars }: Plot, x: number, y: number): number {
  if (y < 0 || y >= height) return -1;
  for (const at of [x, x - 1, x + 1, x - 2, x + 2]) {
    if (at < 0 || at >= width) continue;
    const bar = bars[y * width + at] ?? 0;
    if (bar > 0) return bar - 1;
  }
  return -1;
}

const HATCH_PX = 3;

/** Slanting lines through a bar that has been drawn. */
export function hatchBar(
  { width, height, pixels }: Plot,
  [top, bottom]: readonly [number, number],
  from: number,
  to: number,
): void {
  const left = Math.max(0, Math.floor(from));
  const right = Math.min(width, Math.floor(to));
  for (let y = top; y < Math.min(height, bottom); y++)
    for (let x = left; x < right; x++) if ((x + y) % HATCH_PX === 0) pixels[y * width + x] = 0;
}
