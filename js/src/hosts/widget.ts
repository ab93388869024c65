/** The anywidget entry. `initialize` must be quick and without side effects on the page: one store per model, shared by its views. */
import { createStore, type Store } from "../store.ts";
import { mount, type ViewOptions } from "../view.ts";
import { inquire } from "./inquire.ts";
import { type Line, link } from "./link.ts";
import type { Model } from "./model.ts";

interface Context {
  readonly model: Model;
  /** anywidget 0.11 and later; the returned clean-up serves all. */
  readonly signal?: AbortSignal;
}

interface RenderContext extends Context {
  readonly el: HTMLElement;
}

interface Shared {
  readonly store: Store;
  readonly line: Line;
}

const DEFAULT_HEIGHT = 400;

function once(run: () => void, signal: AbortSignal | undefined): () => void {
  let done = false;
  const cleanUp = () => {
    if (done) return;
    done = true;
    signal?.removeEventListener("abort", cleanUp);
    run();
  };
  signal?.addEventListener("abort", cleanUp);
  return cleanUp;
}

function optionsOf(model: Model): ViewOptions {
  const height = model.get("height");
  const theme = model.get("theme");
  return {
    height: typeof height === "number" && height > 0 ? height : DEFAULT_HEIGHT,
    theme: theme === "light" || theme === "dark" ? theme : "auto",
  };
}

function share(model: Model): Shared {
  const store = createStore();
  return { store, line: link(model, store) };
}

/**
 * One of these for each model: anywidget calls the default export once for each, while the model that it hands to
 * `initialize` and `render` is a new object every time.
 */
export default function widget() {
  let shared: Shared | null = null;
  return {
    initialize({ model, signal }: Context): () => void {
      const mine = share(model);
      shared = mine;
      return once(mine.line.dispose, signal);
    },
    render({ model, el, signal }: RenderContext): () => void {
      shared ??= share(model);
      const { store, line } = shared;
      const view = mount(el, store, optionsOf(model), inquire(model));
      const leave = line.attend();
      const onHeight = () => view.set({ height: optionsOf(model).height });
      const onTheme = () => view.set({ theme: optionsOf(model).theme });
      model.on("change:height", onHeight);
      model.on("change:theme", onTheme);
      return once(() => {
        model.off("change:height", onHeight);
        model.off("change:theme", onTheme);
        view.dispose();
        leave();
      }, signal);
    },
  };
}
