/** What numbers have in common. */

/** Of sorted numbers: the smallest that is not less than this share of them; NaN of none. */
export const quantile = (sorted: ArrayLike<number>, share: number): number =>
  sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Where the largest is more than so many times what is common, a scale is logarithmic. */
const WIDE = 20;

export interface Scale {
  readonly from: number;
  readonly to: number;
  readonly logarithmic: boolean;
}

/** For numbers up to `to`, half of them up to `median` and hardly any below `from`. */
export function scaleFor(from: number, median: number, to: number): Scale {
  const logarithmic = from > 0 && to / median > WIDE;
  return { from: logarithmic ? from : 0, to: to > 0 ? to : 1, logarithmic };
}

/** 0 at the left end, 1 at the right. */
export function along({ from, to, logarithmic }: Scale, value: number): number {
  const share = logarithmic
    ? Math.log(Math.max(from, value) / from) / Math.log(to / from)
    : (value - from) / (to - from);
  return Math.max(0, Math.min(1, share));
}

export const valueAt = ({ from, to, logarithmic }: Scale, share: number): number =>
  logarithmic ? from * (to / from) ** share : from + share * (to - from);

export function histogram(values: ArrayLike<number>, scale: Scale, bins: number): Bin[] {
  const counts = new Uint32Array(bins);
  for (let at = 0; at < values.length; at++) {
    const bin = Math.min(bins - 1, Math.floor(along(scale, values[at] ?? 0) * bins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return Array.from(counts, (count, at) => ({
    from: valueAt(scale, at / bins),
    to: valueAt(scale, (at + 1) / bins),
    count,
  }));
}
