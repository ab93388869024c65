import { describe, expect, test } from "vitest";
import { cutMiddle, cutToWidth, keyOf, readableName } from "../src/names.ts";
import { measure } from "./sample.ts";

test("the key of a group is its name unless the kernel says otherwise", () => {
  expect(keyOf({ name: "1", key: null })).toBe("1");
  expect(keyOf({ name: "1", key: "1 <int>" })).toBe("1 <int>");
});

describe("readable names", () => {
  test("part the prefix from the token", () => {
    expect(readableName({ name: "sum-agg-a1b2", prefix: "sum-agg" })).toEqual({
      prefix: "sum-agg",
      token: "a1b2",
    });
  });

  test("leave out what Dask leaves out of a prefix", () => {
    expect(readableName({ name: "_sqrt-5c57", prefix: "sqrt" })).toEqual({ prefix: "sqrt", token: "5c57" });
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
