/** The only place where numbers become text. */
import prettyBytes from "pretty-bytes";
import prettyMilliseconds from "pretty-ms";

const integers = new Intl.NumberFormat("en");
const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

export const count = (value: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : integers.format(value);

/** How many times as much: two figures, or all before the point. */
export const factor = (times: number): string => (times < 10 ? times.toFixed(1) : count(Math.round(times)));

export const ratio = (done: number, total: number): string => `${count(done)}/${count(total)}`;

/** 100 % only when everything is done, 0 % only when nothing is. */
export function percent(part: number, whole: number): string {
  if (!(whole > 0)) return "";
  const exact = (100 * part) / whole;
  if (exact > 99 && exact < 100) return `${(Math.floor(exact * 10) / 10).toFixed(1)} %`;
  if (exact > 0 && exact < 1) return share(part / whole);
  return `${Math.round(exact)} %`;
}

/** A small share, such as a cost: 0.0024 → 0.24 %. */
export function share(fraction: number): string {
  if (!(fraction > 0)) return "0 %";
  return fraction < 0.0001 ? "< 0.01 %" : `${decimals.format(100 * fraction)} %`;
}

export const bytes = (value: number): string => prettyBytes(Math.max(0, value), { binary: true });

/** A duration to read: three figures at most. */
export function duration(seconds: number): string {
  if (!(seconds > 0)) return "0 s";
  if (seconds < 0.001) return `${decimals.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
  return elapsed(seconds);
}

/** A running clock: whole seconds, so that it does not flicker. */
export function elapsed(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole === 0
    ? "0 s"
    : prettyMilliseconds(whole * 1000, { unitCount: 2 }).replace(/(\d)([a-z])/g, "$1 $2");
}

/** Local time of day; with the date when that is not today's. */
export function time(epochSeconds: number, now: Date = new Date()): string {
  const moment = new Date(epochSeconds * 1000);
  const today = moment.toDateString() === now.toDateString();
  return today ? clock.format(moment) : `${day.format(moment)}, ${clock.format(moment)}`;
}
