import { describe, expect, test, vi } from "vitest";
import { createFinder } from "../../src/panel/tasks/finder.ts";
import { createRows } from "../../src/panel/tasks/rows.ts";
import type { Answer, Questions, TaskRow } from "../../src/wire-study.ts";

const row = (key: string): TaskRow => ({
  ...{ reference: 1, key, state: "memory", worker: null, secondsRunning: null },
  ...{ nbytes: 1, type: "int", retries: 0, suspicious: 0 },
});

const NEVER = () => false;

function askedRows() {
  const asked: { question: Questions["rows"]; answer: (answer: Answer<"rows">) => void }[] = [];
  const onNews = vi.fn();
  const rows = createRows(
    (_, question) => new Promise((answer) => void asked.push({ question, answer })),
    onNews,
  );
  const told = async (at: number, keys: readonly string[]) => {
    asked[at]?.answer({ type: "told", told: keys.map(row) });
    await Promise.resolve();
  };
  return { asked, rows, told, onNews };
}

describe("rows", () => {
  test("are asked for once, and one question at a time", async () => {
    const { asked, rows, told, onNews } = askedRows();
    rows.want([3, 4], 1, 10, NEVER);
    rows.want([5], 1, 10, NEVER);
    expect(asked.map(({ question }) => question.places)).toEqual([[3, 4]]);
    await told(0, ["a", "b"]);
    expect(onNews).toHaveBeenCalledOnce();
    expect(rows.of(4)).toEqual({ row: row("b"), told: 10 });
    rows.want([3, 4, 5], 1, 11, NEVER);
    expect(asked[1]?.question).toEqual({ places: [5], generation: 1 });
  });

  test("are asked for again when they are stale", async () => {
    const { asked, rows, told } = askedRows();
    rows.want([3], 1, 10, NEVER);
    await told(0, ["a"]);
    rows.want([3], 1, 12, (known) => known.told < 12);
    expect(asked).toHaveLength(2);
  });

  test("of another generation or group are others, also when the answer comes late", async () => {
    const { asked, rows, told } = askedRows();
    rows.want([3], 1, 10, NEVER);
    rows.clear();
    rows.want([3], 1, 10, NEVER);
    await told(0, ["old"]);
    expect(rows.of(3)).toBeUndefined();
    await told(1, ["new"]);
    expect(rows.of(3)?.row.key).toBe("new");
    rows.want([3], 2, 10, NEVER);
    expect(rows.of(3)).toBeUndefined();
    expect(asked).toHaveLength(3);
  });
});

describe("a search", () => {
  test("goes on page by page, and stops when something else is looked for", async () => {
    const asked: Questions["find"][] = [];
    const pages = [
      { places: [1, 2], next: 1000 },
      { places: [1500], next: null },
    ];
    const finder = createFinder(
      async (_, question) => {
        asked.push(question);
        return { type: "told", told: pages[question.start > 0 ? 1 : 0] ?? { places: [], next: null } };
      },
      () => {},
    );
    finder.look("x", 1);
    expect(finder).toMatchObject({ found: [], searching: true });
    await vi.waitFor(() => expect(finder.searching).toBe(false));
    expect(finder.found).toEqual([1, 2, 1500]);
    expect(asked.map(({ start }) => start)).toEqual([0, 1000]);
    finder.look("x", 1);
    finder.look("x", 2);
    finder.look("", 2);
    expect(finder.found).toBeNull();
    expect(asked).toHaveLength(3);
  });
});
