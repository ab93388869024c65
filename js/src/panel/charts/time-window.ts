/** The time that is looked at, as a value. */

export interface Period {
  readonly from: number;
  readonly to: number;
}

export interface TimeWindow extends Period {
  /** It ends where the period does, and goes on with it. */
  readonly follows: boolean;
}

const SHORTEST_SECONDS = 0.001;
/** Of the window, in front of what is newest. */
const AHEAD = 0.03;

/** All of a period. */
export const whole = ({ from, to }: Period): TimeWindow => {
  const span = Math.max(1, to - from);
  return { from, to: from + span * (1 + AHEAD), follows: true };
};

/** As time goes by. A window that follows keeps its length, the whole period its beginning. */
export function followed(window: TimeWindow | null, period: Period, isWhole: boolean): TimeWindow {
  if (!window || isWhole) return whole(period);
  if (!window.follows) return window;
  const span = window.to - window.from;
  const to = period.to + span * AHEAD;
  return { from: to - span, to, follows: true };
}

/** Zoomed about a share of the window; one that follows does so about its end. */
export function zoomed(window: TimeWindow, period: Period, factor: number, about: number): TimeWindow {
  const { from, to, follows } = window;
  const longest = Math.max(1, period.to - period.from) * 2;
  const span = Math.max(SHORTEST_SECONDS, Math.min(longest, (to - from) / factor));
  const fixed = follows ? 1 : about;
  const at = from + fixed * (to - from);
  return { from: at - fixed * span, to: at + (1 - fixed) * span, follows };
}

/** Moved by a share of its length; some of the period stays in sight, and at its end the window follows again. */
export function panned(window: TimeWindow, period: Period, by: number): TimeWindow {
  const span = window.to - window.from;
  const most = period.to + span * AHEAD - span;
  const least = Math.min(most, period.from - span / 2);
  const from = Math.max(least, Math.min(most, window.from + by * span));
  return { from, to: from + span, follows: from >= most };
}

export interface Tick {
  readonly at: number;
  readonly seconds: number;
}

/** Round numbers of seconds since the beginning of the period, about so many in the window. */
export function ticks({ from, to }: Period, origin: number, about: number): Tick[] {
  const step = tickStep((to - from) / Math.max(1, about));
  const first = Math.max(0, Math.ceil((from - origin) / step));
  const last = Math.floor((to - origin) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => {
    const seconds = (first + n) * step;
    return { at: origin + seconds, seconds };
  });
}

const LONG_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 43_200, 86_400];

function tickStep(least: number): number {
  const long = LONG_STEPS.find((step) => step >= least);
  if (long !== undefined && least > 0.5) return long;
  const power = 10 ** Math.floor(Math.log10(least));
  return ([1, 2, 5, 10].find((step) => step * power >= least * (1 - 1e-9)) ?? 10) * power;
}
