import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { link } from "../src/hosts/link.ts";
import { createStore } from "../src/store.ts";
import type { Request } from "../src/wire.ts";
import { type FakeModel, fakeModel, wireMessage } from "./model.ts";

const UPDATE = { type: "update" };

function linked(model = fakeModel()) {
  const store = createStore();
  return { model, store, line: link(model, store) };
}

const types = ({ sent }: FakeModel) => sent.map((request) => (request as Request).type);

describe("the link to the kernel", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("asks for everything at once", () => {
    expect(linked().model.sent).toEqual([{ type: "hello", v: 1, nonce: expect.any(String) }]);
  });

  test("takes in what the kernel sends", () => {
    const { model, store } = linked();
    model.emit("msg:custom", UPDATE, wireMessage([{ id: 1, name: "x" }]));
    expect(store.state.mirror.groups.get(1)?.name).toBe("x");
    expect(store.state.link).toBe("open");
  });

  test("leaves messages alone that are not for it", () => {
    const { model, store } = linked();
    model.emit("msg:custom", { type: "details" }, wireMessage([{ id: 1, name: "x" }]));
    model.emit("msg:custom", null);
    model.emit("msg:custom", UPDATE);
    expect(store.state.mirror.groups.size).toBe(0);
  });

  test("asks again on a gap, not more than once a second", () => {
    const { model } = linked();
    for (const seq of [8, 9, 10])
      model.emit("msg:custom", UPDATE, wireMessage([], {}, { since: seq - 1, seq }));
    expect(model.sent).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(model.sent).toHaveLength(2);
  });

  test("does not ask again when the gap has closed by itself", () => {
    const { model } = linked();
    model.emit("msg:custom", UPDATE, wireMessage([], {}, { since: 7, seq: 8 }));
    model.emit("msg:custom", UPDATE, wireMessage([], {}, { seq: 8 }));
    vi.advanceTimersByTime(5000);
    expect(model.sent).toHaveLength(1);
  });

  test("says when there is no kernel, or none that answers", () => {
    const dead = fakeModel({}, () => {
      throw new Error("Cannot send");
    });
    expect(linked(dead).store.state.link).toBe("none");
    const { store } = linked();
    expect(store.state.link).toBe("waiting");
    vi.advanceTimersByTime(3000);
    expect(store.state.link).toBe("silent");
  });

  test("says when the kernel is gone, and keeps the last state", () => {
    const { model, store } = linked();
    model.emit("msg:custom", UPDATE, wireMessage([{ id: 1, name: "x" }]));
    model.emit("comm_live_update");
    expect(store.state.link).toBe("lost");
    model.emit("comm:close");
    expect(store.state.link).toBe("closed");
    expect(store.state.mirror.groups.size).toBe(1);
  });

  test("carries the selection both ways, without an echo", () => {
    const { model, store } = linked(fakeModel({ selected: ["x"] }));
    const save = vi.spyOn(model, "save_changes");
    expect(store.state.selected).toEqual(["x"]);
    store.select(["y"]);
    expect(model.traits.selected).toEqual(["y"]);
    expect(save).toHaveBeenCalledTimes(1);
    model.traits.selected = ["z"];
    model.emit("change:selected");
    expect(store.state.selected).toEqual(["z"]);
    expect(save).toHaveBeenCalledTimes(1);
  });

  test("leaves nothing behind", () => {
    const { model, line } = linked();
    line.dispose();
    expect(model.listeners()).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("says bye when the last view goes, and hello again when one comes back", () => {
    const { model, line } = linked();
    const leave = [line.attend(), line.attend()];
    leave[0]?.();
    expect(types(model)).toEqual(["hello"]);
    leave[1]?.();
    expect(types(model)).toEqual(["hello", "bye"]);
    line.attend();
    line.attend();
    expect(types(model)).toEqual(["hello", "bye", "hello"]);
    expect(new Set(model.sent.map((request) => (request as Request).nonce)).size).toBe(1);
  });

  test("asks for nothing while no view is there", () => {
    const { model, line } = linked();
    line.attend()();
    model.emit("msg:custom", UPDATE, wireMessage([], {}, { since: 7, seq: 8 }));
    model.emit("comm_live_update");
    vi.advanceTimersByTime(5000);
    expect(types(model)).toEqual(["hello", "bye"]);
  });

  test("says when the kernel does not answer a view that came back", () => {
    const { model, store, line } = linked();
    model.emit("msg:custom", UPDATE, wireMessage([{ id: 1, name: "x" }]));
    line.attend()();
    line.attend();
    expect(store.state.link).toBe("waiting");
    vi.advanceTimersByTime(3000);
    expect(store.state.link).toBe("silent");
    model.emit("msg:custom", UPDATE, wireMessage([{ id: 1, name: "x" }]));
    expect(store.state.link).toBe("open");
  });

  test.each(["comm:close", "destroy"])("says neither bye nor hello after %s", (event) => {
    const { model, line } = linked();
    const leave = line.attend();
    model.emit(event);
    leave();
    line.attend();
    expect(types(model)).toEqual(["hello"]);
  });

  test("says no bye after it has ended", () => {
    const { model, line } = linked();
    const leave = line.attend();
    line.dispose();
    leave();
    expect(types(model)).toEqual(["hello"]);
  });

  test("a bye that cannot be sent does no harm, and a view that comes back asks again", () => {
    let dead = false;
    const model = fakeModel({}, () => {
      if (dead) throw new Error("Cannot send");
    });
    const { store, line } = linked(model);
    const leave = line.attend();
    dead = true;
    expect(leave).not.toThrow();
    line.attend();
    expect(store.state.link).toBe("none");
  });
});
