/** Connects a store to the kernel's side of a model. */
import type { Store } from "../store.ts";
import { bye, hello, newNonce, readMessage } from "../wire.ts";
import type { Model } from "./model.ts";

/** Not more often than this do we ask for everything. */
const ASK_PAUSE_MS = 1000;
/** Unanswered for so long, the kernel is busy or not there. */
const SILENCE_MS = 3000;

export interface Line {
  /** For as long as there is a view. The kernel is told when the last one goes, and when one comes again. */
  attend(): () => void;
  dispose(): void;
}

export function link(model: Model, store: Store): Line {
  const nonce = newNonce();
  let askedAt = -Infinity;
  let again: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let views = 0;
  /** The kernel was told that nobody looks. */
  let away = false;

  /** What we heard of and do not have. */
  let missing: { readonly session: string; readonly seq: number } | null = null;

  const ask = () => {
    if (away) return;
    clearTimeout(again);
    again = undefined;
    missing = null;
    askedAt = Date.now();
    try {
      model.send(hello(nonce));
    } catch {
      store.setLink("none");
    }
  };
  const askAgain = () => {
    again = undefined;
    const { session, seq } = store.state.mirror;
    if (missing && (missing.session !== session || missing.seq > seq)) ask();
  };
  const askSoon = () => {
    again ??= setTimeout(askAgain, Math.max(0, askedAt + ASK_PAUSE_MS - Date.now()));
  };

  const onMessage = (content: unknown, buffers: readonly ArrayBufferView[] = []) => {
    const bytes = buffers[0];
    if ((content as { type?: unknown } | null)?.type !== "update" || !bytes) return;
    const message = readMessage(bytes);
    if (store.receive(message, nonce) !== "gap" || message.type !== "update") return;
    missing = message.update;
    askSoon();
  };
  const expectAnswer = () => {
    clearTimeout(silence);
    silence = setTimeout(() => {
      if (store.state.link === "waiting") store.setLink("silent");
    }, SILENCE_MS);
  };

  const leave = () => {
    views -= 1;
    if (views > 0 || store.state.link === "closed") return;
    away = true;
    try {
      model.send(bye(nonce));
    } catch {
      // Without a kernel nobody sends.
    }
  };
  const comeBack = () => {
    if (!away || store.state.link === "closed") return;
    away = false;
    if (store.state.link === "open") store.setLink("waiting");
    ask();
    expectAnswer();
  };

  const onClose = () => store.setLink("closed");
  const onLiveChange = () => {
    store.setLink("lost");
    ask();
  };
  const onSelected = () => store.select(selectedOf(model));

  model.on("msg:custom", onMessage);
  model.on("comm:close", onClose);
  model.on("destroy", onClose);
  model.on("comm_live_update", onLiveChange);
  model.on("change:selected", onSelected);
  onSelected();

  let sent = store.state.selected;
  const unsubscribe = store.subscribe(() => {
    const { selected } = store.state;
    if (selected === sent) return;
    sent = selected;
    tell(model, selected);
  });

  ask();
  expectAnswer();

  return {
    attend() {
      views += 1;
      comeBack();
      return leave;
    },
    dispose() {
      store.setLink("closed");
      clearTimeout(again);
      clearTimeout(silence);
      unsubscribe();
      model.off("msg:custom", onMessage);
      model.off("comm:close", onClose);
      model.off("destroy", onClose);
      model.off("comm_live_update", onLiveChange);
      model.off("change:selected", onSelected);
    },
  };
}

function selectedOf(model: Model): string[] {
  const value = model.get("selected");
  return Array.isArray(value) ? value.filter((key) => typeof key === "string") : [];
}

function tell(model: Model, selected: readonly string[]): void {
  const known = selectedOf(model);
  if (known.length === selected.length && known.every((key, at) => key === selected[at])) return;
  try {
    model.set("selected", [...selected]);
    model.save_changes();
  } catch {
    // Without a kernel the selection is this page's alone.
  }
}
