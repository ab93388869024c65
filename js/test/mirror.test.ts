import { describe, expect, test } from "vitest";
import { apply, countsOf, EMPTY_MIRROR, fitOf, type Mirror } from "../src/mirror.ts";
import type { Update } from "../src/wire.ts";
import { counts, group, named, update } from "./sample.ts";

const ME = "my-nonce";

/** Takes in what fits, as the store does. */
const receive = (mirror: Mirror, ...updates: Update[]): Mirror =>
  updates.reduce((now, one) => (fitOf(now, one, ME) === "next" ? apply(now, one) : now), mirror);

const START = receive(
  EMPTY_MIRROR,
  update({ seq: 5, groups: [named(1, "x", { states: counts({ waiting: 3 }) }), named(2, "y")] }),
);

const step = (change: Partial<Update>) =>
  update({ since: 5, seq: 6, states: null, actions: null, ...change });

const computation = (id: number) => ({ id, start: 1, code: ["x.sum()"] });

describe("an update", () => {
  test("changes what it names and nothing else", () => {
    const next = receive(START, step({ groups: [{ id: 1, states: counts({ memory: 3 }) }] }));
    expect(countsOf(group(next, 1), next.states)).toMatchObject({ memory: 3, waiting: 0 });
    expect(group(next, 1).name).toBe("x");
    expect(next.groups.get(2)).toBe(START.groups.get(2));
    expect(next.seq).toBe(6);
  });

  test("that comes twice does no harm", () => {
    const once = receive(START, step({ removed: [2], groups: [named(3, "z")] }));
    expect(receive(once, step({ removed: [2], groups: [named(3, "z")] }))).toBe(once);
  });

  test("that is older than what we have does not turn the clock back", () => {
    const next = receive(START, step({ groups: [{ id: 1, nbytesTotal: 8 }] }));
    const old = update({ seq: 5, groups: [{ id: 1, nbytesTotal: 4 }] });
    expect(receive(next, old)).toBe(next);
  });

  test("with something missing in between is a gap", () => {
    expect(fitOf(START, update({ since: 7, seq: 8 }), ME)).toBe("gap");
    expect(fitOf(EMPTY_MIRROR, step({}), ME)).toBe("gap");
  });

  test("of another session is a gap unless it is a whole state, which replaces ours", () => {
    expect(fitOf(START, step({ session: "b" }), ME)).toBe("gap");
    const next = receive(START, update({ session: "b", groups: [named(1, "other")] }));
    expect([...next.groups.values()].map(({ name }) => name)).toEqual(["other"]);
  });

  test("drops groups", () => {
    expect([...receive(START, step({ removed: [1, 99] })).groups.keys()]).toEqual([2]);
  });

  test("drops computations, which share the numbering of groups", () => {
    const before = receive(START, step({ computations: [computation(3), computation(4)] }));
    const next = receive(before, step({ since: 6, seq: 7, removed: [1, 3] }));
    expect([...next.groups.keys()]).toEqual([2]);
    expect([...next.computations.keys()]).toEqual([4]);
  });

  test("copies only the table in which something changes", () => {
    const before = receive(START, step({ computations: [computation(3)] }));
    const busy = receive(before, step({ since: 6, seq: 7, groups: [{ id: 1, nbytesTotal: 8 }] }));
    expect(busy.groups).not.toBe(before.groups);
    expect(busy.computations).toBe(before.computations);
    const idle = receive(busy, step({ since: 7, seq: 8, removed: [99], summary: { now: 9 } }));
    expect(idle.groups).toBe(busy.groups);
    expect(idle.computations).toBe(busy.computations);
  });

  test("takes a key away as it gives one", () => {
    const typed = receive(START, step({ groups: [{ id: 1, key: "x <int>" }] }));
    expect(group(typed, 1).key).toBe("x <int>");
    const plain = receive(typed, step({ since: 6, seq: 7, groups: [{ id: 1, key: null }] }));
    expect(group(plain, 1).key).toBeNull();
  });

  test("with null for a number keeps the number", () => {
    const next = receive(
      START,
      step({ groups: [{ id: 1, start: null as unknown as number, outcome: null }] }),
    );
    expect(group(next, 1)).toMatchObject({ start: 0, outcome: null });
  });

  test("without the names of states keeps them, and an unknown state counts", () => {
    const states = [...START.states, "hibernating"];
    const next = receive(START, step({ states, groups: [{ id: 2, states: [...counts({}), 4] }] }));
    expect(countsOf(group(next, 2), next.states).hibernating).toBe(4);
  });
});

describe("a whole state", () => {
  test("asked for by another page is no news to one that is up to date", () => {
    expect(fitOf(START, update({ seq: 5, replyTo: "theirs" }), ME)).toBe("known");
    expect(fitOf(START, update({ seq: 5, replyTo: ME }), ME)).toBe("next");
    expect(fitOf(EMPTY_MIRROR, update({ seq: 5, replyTo: "theirs" }), ME)).toBe("next");
  });

  test("drops what it does not name", () => {
    expect([...receive(START, update({ seq: 9, groups: [named(2, "y")] })).groups.keys()]).toEqual([2]);
  });

  test("drops computations that it does not name", () => {
    const before = receive(START, step({ computations: [computation(3), computation(4)] }));
    const next = receive(before, update({ seq: 9, computations: [computation(4)] }));
    expect([...next.computations.keys()]).toEqual([4]);
    expect(next.groups.size).toBe(0);
  });

  test("that says what is known changes no table, no group and no list of names", () => {
    const whole = update({
      seq: 9,
      states: [...START.states],
      groups: [
        named(1, "x", { states: counts({ waiting: 3 }), outcome: { done: 1, erred: 0 } }),
        named(2, "y", { dependencies: [1] }),
      ],
      computations: [computation(3)],
    });
    const once = receive(START, whole);
    const twice = receive(once, structuredClone(whole));
    expect(twice.groups).toBe(once.groups);
    expect(twice.computations).toBe(once.computations);
    expect(twice.states).toBe(START.states);
  });

  test("in several messages drops what none of them names, at the last", () => {
    const reply = { replyTo: ME, states: null };
    const first = receive(START, update({ ...reply, seq: 7, more: true, groups: [named(3, "z")] }));
    expect([...first.groups.keys()]).toEqual([1, 2, 3]);
    const last = receive(first, update({ ...reply, since: 7, seq: 9, groups: [named(2, "y")] }));
    expect([...last.groups.keys()]).toEqual([2, 3]);
  });

  test("in several messages loses nothing when a change for all pages comes in between", () => {
    const reply = { replyTo: ME, states: null };
    const all = receive(
      START,
      update({ ...reply, seq: 7, more: true, groups: [named(3, "z")] }),
      step({ since: 5, seq: 9, groups: [named(4, "new")] }),
      update({ ...reply, since: 7, seq: 9, groups: [named(1, "x"), named(4, "new")] }),
    );
    expect([...all.groups.keys()].sort()).toEqual([1, 3, 4]);
  });
});
