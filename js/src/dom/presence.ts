/** Whether anybody can see an element, how large it is and how fine its pixels are. */
import type { Size } from "../scene/camera.ts";

export interface Presence extends Size {
  readonly visible: boolean;
}

export function watchPresence(target: HTMLElement, onChange: (presence: Presence) => void): () => void {
  const ended = new AbortController();
  let inSight = false;
  let size: Size = { width: 0, height: 0 };

  const report = () =>
    onChange({
      ...size,
      visible: inSight && size.width > 0 && size.height > 0 && document.visibilityState !== "hidden",
    });
  const sizes = new ResizeObserver(() => {
    size = { width: target.clientWidth, height: target.clientHeight };
    report();
  });
  const sights = new IntersectionObserver((entries) => {
    inSight = entries.at(-1)?.isIntersecting ?? inSight;
    report();
  });
  sizes.observe(target);
  sights.observe(target);
  document.addEventListener("visibilitychange", report, { signal: ended.signal });
  watchPixelRatio(report, ended.signal);

  return () => {
    sizes.disconnect();
    sights.disconnect();
    ended.abort();
  };
}

/** By zooming the page, which resizes it, or on another screen. */
function watchPixelRatio(onChange: () => void, signal: AbortSignal): void {
  let ratio = devicePixelRatio;
  const check = () => {
    if (devicePixelRatio === ratio) return;
    ratio = devicePixelRatio;
    onChange();
    ask();
  };
  // A query holds for one ratio only.
  const ask = () =>
    matchMedia(`(resolution: ${ratio}dppx)`).addEventListener("change", check, { once: true, signal });
  addEventListener("resize", check, { signal });
  ask();
}
