/** What all views of one model share. */
import { apply, EMPTY_MIRROR, type Fit, fitOf, type Mirror } from "./mirror.ts";
import { texts } from "./texts.ts";
import type { Message } from "./wire.ts";

/** The way to the kernel; what the kernel knows of the scheduler is `mirror.summary.status`. */
export type Link = "waiting" | "silent" | "open" | "lost" | "closed" | "none";

export interface State {
  readonly mirror: Mirror;
  readonly link: Link;
  /** One sentence about a message that could not be used; empty when all is well. */
  readonly trouble: string;
  /** Keys of the selected groups. */
  readonly selected: readonly string[];
  /** Scheduler's clock minus this page's, in seconds. */
  readonly clockOffset: number;
}

export interface Store {
  readonly state: State;
  /** Take in a message of the kernel. */
  receive(message: Message, nonce: string): Fit | "unusable";
  setLink(link: Link): void;
  select(keys: readonly string[]): void;
  subscribe(listener: () => void): () => void;
}

const START: State = { mirror: EMPTY_MIRROR, link: "waiting", trouble: "", selected: [], clockOffset: 0 };

const sameKeys = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((key, at) => key === b[at]);

/** `now` is this page's clock in seconds. */
export function createStore(now: () => number = () => Date.now() / 1000): Store {
  let state = START;
  const listeners = new Set<() => void>();

  const set = (change: Partial<State>) => {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  };

  return {
    get state() {
      return state;
    },
    receive(message, nonce) {
      if (message.type === "other-version") {
        set({ trouble: texts.otherVersion(String(message.version)), link: "open" });
        return "unusable";
      }
      if (message.type === "unreadable") {
        set({ trouble: texts.unreadable(message.reason) });
        return "unusable";
      }
      const { update } = message;
      const verdict = fitOf(state.mirror, update, nonce);
      if (verdict === "next") {
        const clock = update.summary.now;
        set({
          mirror: apply(state.mirror, update),
          link: "open",
          trouble: "",
          ...(clock ? { clockOffset: clock - now() } : {}),
        });
      } else if (state.link !== "open") {
        set({ link: "open" });
      }
      return verdict;
    },
    setLink(link) {
      if (link !== state.link && state.link !== "closed") set({ link });
    },
    select(keys) {
      if (!sameKeys(keys, state.selected)) set({ selected: [...keys] });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
