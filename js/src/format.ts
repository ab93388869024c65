/** The only place where numbers become text. */
const integers = new Intl.NumberFormat("en");
const decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

export const count = (value: number): string =>
  Number.isInteger(value) && value >= 0 && value < 1000 ? String(value) : integers.format(value);

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

const BYTES = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"] as const;

/** Three figures, or all that stand before the point. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(BYTES.length - 1, Math.floor(Math.log2(value) / 10));
  const amount = Math.max(0, value) / 1024 ** power;
  return `${amount < 1000 ? Number(amount.toPrecision(3)) : Math.round(amount)} ${BYTES[power]}`;
}

/** A duration to read: three figures at most. */
export function duration(seconds: number): string {
  if (!(seconds > 0)) return "0 s";
  if (seconds < 0.001) return `${decimals.format(seconds * 1e6)} µs`;
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(2) : seconds.toFixed(1)} s`;
  return elapsed(seconds);
}

/** In seconds. */
const UNITS = [
  ["d", 86_400],
  ["h", 3_600],
  ["m", 60],
  ["s", 1],
] as const;

/** A running clock: whole seconds, so that it does not flicker. */
export function elapsed(seconds: number): string {
  let rest = Math.max(0, Math.floor(seconds));
  const parts: string[] = [];
  for (const [unit, length] of UNITS) {
    const many = Math.floor(rest / length);
    rest -= many * length;
    if (many > 0) parts.push(`${many} ${unit}`);
  }
  return parts.slice(0, 2).join(" ") || "0 s";
}

/** Local time of day; with the date when that is not today's. */
export function time(epochSeconds: number, now: Date = new Date()): string {
  const moment = new Date(epochSeconds * 1000);
  const today = moment.toDateString() === now.toDateString();
  return today ? clock.format(moment) : `${day.format(moment)}, ${clock.format(moment)}`;
}
