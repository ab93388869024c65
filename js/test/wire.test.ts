import { readFileSync } from "node:fs";
import { encode } from "@msgpack/msgpack";
import { describe, expect, test } from "vitest";
import {
  bye,
  COMPUTATION_FIELDS,
  GROUP_FIELDS,
  hello,
  readMessage,
  SUMMARY_FIELDS,
  WIRE_VERSION,
} from "../src/wire.ts";

const folder = new URL("../../tests/data/wire/", import.meta.url);
const bytesOf = (name: string) => readFileSync(new URL(`${name}.msgpack`, folder));

type Json = Record<string, unknown>;
const expectationOf = (name: string): Json =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));

const camel = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
const renamed = (row: unknown): Json =>
  Object.fromEntries(Object.entries(row as Json).map(([name, value]) => [camel(name), value]));

function group(row: unknown): Json {
  const patch = renamed(row);
  if (Array.isArray(patch.outcome)) {
    const [done, erred] = patch.outcome;
    patch.outcome = { done, erred };
  }
  if (Array.isArray(patch.allDurations)) patch.allDurations = patch.allDurations.map((spent) => spent / 1e6);
  return patch;
}

const list = (value: unknown) => (value ?? []) as unknown[];

describe("messages of the kernel", () => {
  test.each(["whole", "change", "removal", "answer"])("%s reads as the kernel meant it", (name) => {
    const expected = expectationOf(name);
    expect(readMessage(bytesOf(name))).toEqual({
      type: "update",
      update: {
        session: expected.session,
        since: expected.since,
        seq: expected.seq,
        more: expected.more ?? false,
        replyTo: expected.reply_to ?? null,
        states: expected.states ?? null,
        actions: expected.actions ?? null,
        groups: list(expected.groups).map(group),
        computations: list(expected.computations).map(renamed),
        removed: list(expected.removed),
        summary: renamed(expected.summary ?? {}),
      },
    });
  });

  test("one of another version is told as such", () => {
    expect(readMessage(bytesOf("other-version"))).toEqual({ type: "other-version", version: 99 });
  });

  test("a view into a larger buffer reads the same", () => {
    const bytes = bytesOf("change");
    const larger = new Uint8Array(bytes.length + 7);
    larger.set(bytes, 7);
    expect(readMessage(new DataView(larger.buffer, 7))).toEqual(readMessage(bytes));
  });

  test.each([
    ["nothing", new Uint8Array()],
    ["half a message", bytesOf("whole").subarray(0, 40)],
    ["another format", new TextEncoder().encode("{}")],
    ["nil", encode(null)],
    ["rows that are none", encode({ v: WIRE_VERSION, session: "s", since: 0, seq: 1, groups: [7] })],
  ])("%s does not throw", (_, bytes) => {
    expect(["unreadable", "other-version"]).toContain(readMessage(bytes).type);
  });

  test("fields fit into the bits of a mask", () => {
    for (const fields of [GROUP_FIELDS, COMPUTATION_FIELDS, SUMMARY_FIELDS]) {
      expect(fields.length).toBeLessThan(31);
      expect(new Set(fields).size).toBe(fields.length);
    }
  });
});

test("hello says who asks and which version it speaks", () => {
  expect(hello("page-1")).toEqual({ type: "hello", v: WIRE_VERSION, nonce: "page-1" });
});

test("bye says who leaves", () => {
  expect(bye("page-1")).toEqual({ type: "bye", v: WIRE_VERSION, nonce: "page-1" });
});
