/** Which of the keys pressed are commands. */
import { type Command, commandOf } from "./commands.ts";

const FIELDS = "input, select, textarea, [contenteditable]";
/** What a button does with these is its own. */
const PRESSES = new Set(["Enter", " "]);

function isTaken(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0] ?? event.target;
  if (event.defaultPrevented || event.isComposing || !(target instanceof Element)) return true;
  return target.closest(FIELDS) !== null || (PRESSES.has(event.key) && target.closest("button") !== null);
}

export function watchKeys(target: HTMLElement, run: (command: Command) => void): () => void {
  const ended = new AbortController();
  target.addEventListener(
    "keydown",
    (event) => {
      const command = isTaken(event) ? null : commandOf(event);
      if (!command) return;
      event.preventDefault();
      event.stopPropagation();
      run(command);
    },
    { signal: ended.signal },
  );
  return () => ended.abort();
}
