/** The one owner of requestAnimationFrame in a view. */
export interface Frames {
  /** Draw in the next frame, if there is somebody to see it. */
  request(): void;
  /** While paused nothing is drawn; what was requested is drawn afterwards. */
  pause(paused: boolean): void;
  dispose(): void;
}

/** True when so many milliseconds have gone by since. */
export function lateAfter(ms: number): () => boolean {
  const endMs = performance.now() + ms;
  return () => performance.now() > endMs;
}

/** `paint` returns whether it wants another frame. */
export function createFrames(paint: (nowMs: number) => boolean): Frames {
  let handle = 0;
  let paused = true;
  let wanted = false;

  const schedule = () => {
    if (wanted && !paused && handle === 0) handle = requestAnimationFrame(run);
  };
  const run = (nowMs: number) => {
    handle = 0;
    wanted = false;
    wanted = paint(nowMs) || wanted;
    schedule();
  };
  const cancel = () => {
    if (handle !== 0) cancelAnimationFrame(handle);
    handle = 0;
  };
  return {
    request() {
      wanted = true;
      schedule();
    },
    pause(now) {
      paused = now;
      if (paused) cancel();
      else schedule();
    },
    dispose() {
      paused = true;
      cancel();
    },
  };
}
