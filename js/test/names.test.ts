import { describe, expect, test } from "vitest";
import { cutMiddle, cutToWidth, keysOf, readableName } from "../src/names.ts";
import { measure } from "./sample.ts";

describe("keys", () => {
  test("are the names", () => {
    expect(keysOf([{ id: 1, name: "x", kind: "str" }])).toEqual(new Map([[1, "x"]]));
  });

  test("of like names tell the later by its type", () => {
    const keys = keysOf([
      { id: 7, name: "1", kind: "int" },
      { id: 3, name: "1", kind: "str" },
    ]);
    expect(keys).toEqual(
      new Map([
        [7, "1 <int>"],
        [3, "1"],
      ]),
    );
  });
});

describe("readable names", () => {
  test("part the prefix from the token", () => {
    expect(readableName({ name: "sum-agg-a1b2", prefix: "sum-agg" })).toEqual({
      prefix: "sum-agg",
      token: "a1b2",
    });
  });

  test("have no token where the name is the prefix, or does not begin with it", () => {
    expect(readableName({ name: "inc", prefix: "inc" })).toEqual({ prefix: "inc", token: "" });
    expect(readableName({ name: "('a', 1)", prefix: "a" })).toEqual({ prefix: "('a', 1)", token: "" });
    expect(readableName({ name: "income", prefix: "inc" })).toEqual({ prefix: "income", token: "" });
  });
});

describe("cutting", () => {
  test("takes from the middle", () => {
    expect(cutMiddle("0123456789", 7)).toBe("012…789");
    expect(cutMiddle("0123456", 7)).toBe("0123456");
  });

  test("never splits what is read as one letter", () => {
    expect(cutMiddle("👩‍👩‍👧bcdefghij👩‍👩‍👧", 3)).toBe("👩‍👩‍👧…👩‍👩‍👧");
  });

  test("to a width uses what fits, and stays quick with 10 kB", () => {
    expect(cutToWidth("abcdefghij", 49, measure)).toBe("abc…hij");
    expect(cutToWidth("abc", 49, measure)).toBe("abc");
    expect(cutToWidth("ab".repeat(5000), 49, measure)).toBe("aba…bab");
    expect(cutToWidth("abc", 0, measure)).toBe("");
  });
});
