/** Runs what is made in steps a few milliseconds at a time. */

const SLICE_MS = 8;

/** Returns what stops it. */
export function inSlices<T>(steps: Generator<undefined, T>, onDone: (made: T) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slice = () => {
    const endMs = performance.now() + SLICE_MS;
    do {
      const step = steps.next();
      if (step.done) return onDone(step.value);
    } while (performance.now() < endMs);
    timer = setTimeout(slice);
  };
  timer = setTimeout(slice);
  return () => clearTimeout(timer);
}
