/** What one view follows of a group's tasks and asks about them, and what has come of it. */
import { applyStudy, EMPTY_STUDY, fitsStudy, type Study } from "./study.ts";
import { texts } from "./texts.ts";
import { type GroupId, newNonce } from "./wire.ts";
import {
  type Answer,
  COLUMNS,
  type Column,
  type PrefixFacts,
  type Questions,
  readAnswer,
  readStudy,
  type StudyRequest,
  type Subject,
} from "./wire-study.ts";

export interface InquiryState {
  readonly study: Study;
  readonly prefix: PrefixFacts | null;
  /** The kernel has left something unanswered: what is shown came by itself. */
  readonly busy: boolean;
  /** One sentence about what could not be told; empty when all is well. */
  readonly trouble: string;
}

export interface Inquiry {
  readonly state: InquiryState;
  /** Be told of one group's tasks. Columns that are followed already stay, as others may come back to them. */
  follow(group: GroupId, columns: readonly Column[]): void;
  unfollow(): void;
  /** Waits for as long as the kernel is busy. */
  ask<S extends Subject>(group: GroupId, subject: S, question: Questions[S]): Promise<Answer<S>>;
  /** Take in a message of the kernel. */
  receive(content: unknown, bytes: ArrayBufferView | undefined): void;
  subscribe(listener: () => void): () => void;
  dispose(): void;
}

interface Followed {
  readonly group: GroupId;
  readonly columns: readonly Column[];
}

interface Pending {
  readonly request: StudyRequest;
  readonly subject: Subject;
  readonly settle: (answer: Answer<Subject>) => void;
  sentMs: number;
}

/** Unanswered for so long, the kernel is busy. */
const SILENCE_MS = 3000;
/** After it answers again, it has so long for what it was asked before. */
const AGAIN_MS = 1000;
const LIFE_MS = 20_000;
/** Not more often than this do we ask for what is missing. */
const GAP_MS = 1000;

const START: InquiryState = { study: EMPTY_STUDY, prefix: null, busy: false, trouble: "" };

/** `send` may throw where there is no kernel. */
export function createInquiry(send: (request: StudyRequest) => void): Inquiry {
  const nonce = newNonce();
  const pending = new Map<number, Pending>();
  const listeners = new Set<() => void>();
  let state = START;
  let followed: Followed | null = null;
  /** When the kernel was asked to tell, while it has not. */
  let waitingMs: number | null = null;
  let requests = 0;
  let life: ReturnType<typeof setInterval> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let again: ReturnType<typeof setTimeout> | undefined;
  let gap: ReturnType<typeof setTimeout> | undefined;

  function set(change: Partial<InquiryState>) {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener();
  }

  function tell(request: StudyRequest): boolean {
    try {
      send(request);
    } catch {
      // Who hears of it may ask again at once.
      if (state.trouble !== texts.panel.noKernel) set({ trouble: texts.panel.noKernel });
      return false;
    }
    silence ??= setTimeout(listen, SILENCE_MS);
    return true;
  }

  /** Whether everything has been answered in time. */
  function listen() {
    silence = undefined;
    const sent = [...pending.values()].map(({ sentMs }) => sentMs);
    const oldest = Math.min(waitingMs ?? Number.POSITIVE_INFINITY, ...sent);
    if (oldest === Number.POSITIVE_INFINITY) return;
    const left = oldest + SILENCE_MS - Date.now();
    if (left > 0) silence = setTimeout(listen, left);
    else if (!state.busy) set({ busy: true });
  }

  function sendFollow(cursor: number) {
    if (!followed) return;
    const { generation, stateNames, workerNames, typeNames } = state.study;
    const known: StudyRequest & { type: "follow" } = {
      type: "follow",
      nonce,
      ...followed,
      cursor,
      generation,
      tables: [stateNames.length, workerNames.length, typeNames.length],
    };
    tell(cursor > 0 ? known : { ...known, tables: [0, 0, 0] });
  }
  const goOn = () => sendFollow(state.study.seq);

  function follow(group: GroupId, columns: readonly Column[]) {
    const before = followed?.group === group ? followed.columns : [];
    const wanted = COLUMNS.filter((name) => before.includes(name) || columns.includes(name));
    if (followed?.group === group && wanted.length === before.length) return;
    if (followed?.group !== group) set({ study: { ...EMPTY_STUDY, group }, prefix: null, trouble: "" });
    followed = { group, columns: wanted };
    waitingMs = Date.now();
    sendFollow(0);
    clearInterval(life);
    life = setInterval(goOn, LIFE_MS);
  }

  function unfollow() {
    if (!followed) return;
    followed = null;
    waitingMs = null;
    clearInterval(life);
    for (const { settle } of pending.values()) settle({ type: "stale" });
    pending.clear();
    state = START;
    tell({ type: "unfollow", nonce });
    clearTimeout(silence);
    silence = undefined;
  }

  function study(group: unknown, bytes: ArrayBufferView) {
    if (!followed || group !== followed.group) return;
    waitingMs = null;
    const told = readStudy(followed.group, bytes);
    const busy = state.busy && pending.size > 0;
    if (told.type === "trouble") set({ trouble: told.reason, busy });
    else if (fitsStudy(state.study, told.study) === "next") {
      const { prefix } = told.study;
      set({
        study: applyStudy(state.study, told.study),
        prefix: prefix ?? state.prefix,
        trouble: "",
        busy,
      });
    } else {
      gap ??= setTimeout(() => {
        gap = undefined;
        goOn();
      }, GAP_MS);
    }
  }

  function answer(request: unknown, bytes: ArrayBufferView) {
    const asked = pending.get(request as number);
    if (!asked) return;
    pending.delete(request as number);
    if (state.busy) {
      set({ busy: false });
      clearTimeout(again);
      again = setTimeout(sendAgain, AGAIN_MS);
    }
    asked.settle(readAnswer(asked.subject, bytes));
  }

  /** What was asked while the kernel was busy may be lost. */
  function sendAgain() {
    for (const each of pending.values()) {
      if (Date.now() - each.sentMs < SILENCE_MS) continue;
      each.sentMs = Date.now();
      tell(each.request);
    }
    goOn();
  }

  return {
    get state() {
      return state;
    },
    follow,
    unfollow,
    ask(group, subject, question) {
      requests += 1;
      const number = requests;
      const request = {
        type: "ask",
        nonce,
        request: number,
        cmd: subject,
        group,
        ...question,
      } as StudyRequest;
      return new Promise((resolve) => {
        if (!tell(request)) return resolve({ type: "refused", reason: texts.panel.noKernel });
        const settle = resolve as (answer: Answer<Subject>) => void;
        pending.set(number, { request, subject, settle, sentMs: Date.now() });
      });
    },
    receive(content, bytes) {
      const message = content as {
        type?: unknown;
        nonce?: unknown;
        group?: unknown;
        request?: unknown;
      } | null;
      if (message?.nonce !== nonce || !bytes) return;
      if (message.type === "study") study(message.group, bytes);
      else if (message.type === "answer") answer(message.request, bytes);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose() {
      listeners.clear();
      unfollow();
      for (const timer of [silence, again, gap]) clearTimeout(timer);
    },
  };
}
