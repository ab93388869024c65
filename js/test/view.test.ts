// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { createStore, type Store } from "../src/store.ts";
import { mount } from "../src/view.ts";
import { FLOW, LIVE, update } from "./sample.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

interface Registration {
  readonly target: EventTarget;
  readonly type: string;
  readonly listener: unknown;
  readonly signal: AbortSignal | undefined;
}

/** The page's own, which is not Node's. */
function eventTargetPrototype(): EventTarget {
  let prototype = Object.getPrototypeOf(document);
  while (!Object.hasOwn(prototype, "addEventListener")) prototype = Object.getPrototypeOf(prototype);
  return prototype;
}

/** Every event listener that is added and not taken away again. */
function watchListeners(): () => Registration[] {
  let registered: Registration[] = [];
  const prototype = eventTargetPrototype();
  const { addEventListener, removeEventListener } = prototype;
  vi.spyOn(prototype, "addEventListener").mockImplementation(function (
    this: EventTarget,
    type: string,
    listener: unknown,
    options?: unknown,
  ) {
    const { signal } = (typeof options === "object" && options ? options : {}) as AddEventListenerOptions;
    registered.push({ target: this, type, listener, signal });
    return Reflect.apply(addEventListener, this, [type, listener, options]);
  });
  vi.spyOn(prototype, "removeEventListener").mockImplementation(function (
    this: EventTarget,
    type: string,
    listener: unknown,
  ) {
    registered = registered.filter(
      (one) => one.target !== this || one.type !== type || one.listener !== listener,
    );
    return Reflect.apply(removeEventListener, this, [type, listener]);
  });
  return () => registered.filter(({ signal }) => !signal?.aborted);
}

function countObservers(): () => number {
  let live = 0;
  class Observer {
    constructor() {
      live++;
    }
    observe() {}
    disconnect() {
      live--;
    }
  }
  for (const name of ["ResizeObserver", "IntersectionObserver", "MutationObserver"])
    vi.stubGlobal(name, Observer);
  return () => live;
}

function countSubscribers(store: Store): { store: Store; count: () => number } {
  let count = 0;
  return {
    count: () => count,
    store: Object.create(store, {
      subscribe: {
        value: (listener: () => void) => {
          count++;
          const leave = store.subscribe(listener);
          return () => {
            count--;
            leave();
          };
        },
      },
    }),
  };
}

test("a view that is disposed of leaves no listener, no observer, no subscription, no timer and no element", () => {
  vi.useFakeTimers();
  // happy-dom's own query forgets the signal of a listener.
  vi.stubGlobal("matchMedia", () => Object.assign(document.createElement("i"), { matches: false }));
  const { store, count } = countSubscribers(createStore());
  store.receive({ type: "update", update: update({ groups: FLOW, summary: LIVE }) }, "me");
  const observers = countObservers();
  const listeners = watchListeners();
  const el = document.createElement("div");
  document.body.append(el);
  const before = listeners().length;

  const view = mount(el, store, { height: 400, theme: "auto" });
  const root = el.firstElementChild as HTMLElement;
  const canvas = root.querySelector("canvas");
  expect(observers()).toBe(5);
  expect(count()).toBe(1);
  expect(listeners().length).toBeGreaterThan(before);

  view.dispose();
  expect(observers()).toBe(0);
  expect(count()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  expect(el.childElementCount).toBe(0);
  const outside = listeners()
    .filter(({ type }) => type !== "abort")
    .filter(({ target }) => target === canvas || !root.contains(target as Node));
  expect(outside.map(({ type }) => type)).toEqual([]);
  vi.useRealTimers();
});
