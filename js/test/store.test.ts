import { expect, test, vi } from "vitest";
import { createStore } from "../src/store.ts";
import { texts } from "../src/texts.ts";
import { LIVE, named, update } from "./sample.ts";

const message = (change: Parameters<typeof update>[0]) => ({
  type: "update" as const,
  update: update(change),
});

test("listeners hear of news once, and no more after they have left", () => {
  const store = createStore();
  const listener = vi.fn();
  const leave = store.subscribe(listener);
  store.receive(message({ groups: [named(1, "x")] }), "me");
  expect(listener).toHaveBeenCalledTimes(1);
  leave();
  store.receive(message({ since: 1, seq: 2, removed: [1] }), "me");
  expect(listener).toHaveBeenCalledTimes(1);
});

test("the scheduler's clock is told from this page's", () => {
  const store = createStore(() => 1000);
  store.receive(message({ summary: { ...LIVE, now: 1003 } }), "me");
  expect(store.state.clockOffset).toBe(3);
});

test("a message of another version is said in words, and the last state stays", () => {
  const store = createStore();
  store.receive(message({ groups: [named(1, "x")] }), "me");
  store.receive({ type: "other-version", version: 7 }, "me");
  expect(store.state.trouble).toBe(texts.otherVersion("7"));
  expect(store.state.mirror.groups.size).toBe(1);
});

test("what cannot be read is said in words until something can", () => {
  const store = createStore();
  store.receive({ type: "unreadable", reason: "too short" }, "me");
  expect(store.state.trouble).toContain("too short");
  store.receive(message({}), "me");
  expect(store.state.trouble).toBe("");
});

test("a closed link stays closed and keeps the last state", () => {
  const store = createStore();
  store.receive(message({ groups: [named(1, "x")] }), "me");
  store.setLink("closed");
  store.setLink("lost");
  expect(store.state.link).toBe("closed");
  expect(store.state.mirror.groups.size).toBe(1);
});

test("a lost link is open again with the next message, even one that brings no news", () => {
  const store = createStore();
  store.receive(message({}), "me");
  store.setLink("lost");
  store.receive(message({ replyTo: "somebody else" }), "me");
  expect(store.state.link).toBe("open");
});

test("selecting the same again is no change", () => {
  const store = createStore();
  const listener = vi.fn();
  store.select(["x"]);
  store.subscribe(listener);
  store.select(["x"]);
  expect(listener).not.toHaveBeenCalled();
});
