import { describe, expect, test } from "vitest";
import { applyStudy, EMPTY_STUDY, fitsStudy, KEPT_TIMINGS, SOMEBODY, UNTOLD } from "../src/study.ts";
import type { StudyMessage } from "../src/wire-study.ts";

const bytesOf = (column: Uint8Array | Uint16Array | Float32Array | Int32Array) =>
  new Uint8Array(column.buffer);

function message(change: Partial<StudyMessage> = {}): StudyMessage {
  return {
    group: 7,
    since: 0,
    seq: 1,
    generation: 3,
    known: 0,
    held: 0,
    dimensions: 0,
    chunks: [],
    timings: [],
    tables: [[], [], []],
    errors: null,
    errorsMore: 0,
    first: null,
    gone: false,
    complete: false,
    more: false,
    time: 100,
    prefix: null,
    ...change,
  };
}

const FIRST = message({
  known: 3,
  held: 40,
  chunks: [
    [
      0,
      {
        state: Uint8Array.of(0, 1, 1),
        worker: bytesOf(Uint16Array.of(0, 1, 2)),
        nbytes: bytesOf(Float32Array.of(-1, 8, 32)),
      },
    ],
  ],
  tables: [["processing", "memory"], ["tcp://a", "tcp://b"], []],
});

const numbers = (column: ArrayLike<number>, count: number) => Array.from(column).slice(0, count);

describe("a study", () => {
  test("starts with what the kernel tells", () => {
    const study = applyStudy(EMPTY_STUDY, FIRST);
    expect(study).toMatchObject({ group: 7, generation: 3, seq: 1, count: 3, held: 40, complete: false });
    expect(numbers(study.states, 3)).toEqual([0, 1, 1]);
    expect(numbers(study.workers, 3)).toEqual([0, 1, 2]);
    expect(numbers(study.nbytes, 3)).toEqual([-1, 8, 32]);
    expect(study.types).toHaveLength(0);
    expect(study.workerNames).toEqual(["tcp://a", "tcp://b"]);
  });

  test("takes changed chunks in where they belong, and new names at the end", () => {
    const study = applyStudy(
      applyStudy(EMPTY_STUDY, FIRST),
      message({
        since: 1,
        seq: 2,
        known: 5,
        chunks: [[2, { state: Uint8Array.of(2, 0, 0) }]],
        tables: [["erred"], [], []],
        complete: true,
      }),
    );
    expect(numbers(study.states, 5)).toEqual([0, 1, 2, 0, 0]);
    expect(study.stateNames).toEqual(["processing", "memory", "erred"]);
    expect(study.complete).toBe(true);
  });

  test("reads bytes that stand at an odd place in a message", () => {
    const padded = new Uint8Array(7);
    padded.set(bytesOf(Uint16Array.of(513, 2, 3)), 1);
    const study = applyStudy(
      EMPTY_STUDY,
      message({ known: 3, chunks: [[0, { worker: padded.subarray(1) }]] }),
    );
    expect(numbers(study.workers, 3)).toEqual([513, 2, 3]);
  });

  test("knows where tasks stand in a collection of several dimensions", () => {
    const study = applyStudy(
      EMPTY_STUDY,
      message({
        known: 2,
        dimensions: 2,
        chunks: [[1, { block: bytesOf(Int32Array.of(3, 4)), state: Uint8Array.of(0) }]],
      }),
    );
    expect(numbers(study.blocks, 4)).toEqual([-1, -1, 3, 4]);
    expect(study.dimensions).toBe(2);
  });

  test("does not take for told what is not", () => {
    const { states, workers, nbytes, dimensions } = applyStudy(
      EMPTY_STUDY,
      message({
        known: 3,
        dimensions: null,
        chunks: [
          [
            1,
            {
              state: Uint8Array.of(0),
              worker: bytesOf(Uint16Array.of(0)),
              nbytes: bytesOf(Float32Array.of(8)),
            },
          ],
        ],
      }),
    );
    expect(numbers(states, 3)).toEqual([UNTOLD, 0, UNTOLD]);
    expect(numbers(workers, 3)).toEqual([SOMEBODY, 0, SOMEBODY]);
    expect(numbers(nbytes, 3)).toEqual([-1, 8, -1]);
    expect(dimensions).toBeNull();
  });

  test("what is told for the first time has not changed", () => {
    const before = applyStudy(EMPTY_STUDY, message({ known: 2, chunks: [[0, { state: Uint8Array.of(1) }]] }));
    const chunk = { state: Uint8Array.of(2, 2) };
    const { changed } = applyStudy(before, message({ since: 1, seq: 2, time: 103, chunks: [[0, chunk]] }));
    expect(numbers(changed, 2)).toEqual([3, 0]);
  });

  test("tells a gap from what comes next, from another generation and from a new beginning", () => {
    const study = applyStudy(EMPTY_STUDY, message({ seq: 5 }));
    expect(fitsStudy(study, message({ since: 5, seq: 6 }))).toBe("next");
    expect(fitsStudy(study, message({ since: 6, seq: 7 }))).toBe("gap");
    expect(fitsStudy(study, message({ since: 4, seq: 6 }))).toBe("gap");
    expect(fitsStudy(study, message({ since: 6, seq: 7, generation: 4 }))).toBe("next");
    expect(fitsStudy(study, message({ since: 0, seq: 7 }))).toBe("next");
  });

  test("starts anew with another generation, and leaves the columns of before alone", () => {
    const before = applyStudy(EMPTY_STUDY, FIRST);
    const after = applyStudy(
      before,
      message({ generation: 4, known: 1, chunks: [[0, { state: Uint8Array.of(1) }]] }),
    );
    expect(after.count).toBe(1);
    expect(after.workerNames).toEqual([]);
    expect(after.workers).toHaveLength(0);
    expect(numbers(before.states, 3)).toEqual([0, 1, 1]);
  });

  test("told again from the start, keeps its columns and does not double its names", () => {
    const again = applyStudy(applyStudy(EMPTY_STUDY, FIRST), { ...FIRST, known: 1, chunks: [], seq: 4 });
    expect(again.count).toBe(3);
    expect(numbers(again.states, 3)).toEqual([0, 1, 1]);
    expect(again.stateNames).toEqual(["processing", "memory"]);
  });

  test("grows to a million tasks without copying them a thousand times", () => {
    const chunk = new Uint8Array(1000).fill(1);
    let study = EMPTY_STUDY;
    let copies = 0;
    for (let at = 0; at < 1000; at++) {
      const next = applyStudy(
        study,
        message({
          since: study.seq,
          seq: at + 1,
          known: 1000 * (at + 1),
          chunks: [[1000 * at, { state: chunk }]],
        }),
      );
      if (next.states !== study.states) copies++;
      study = next;
    }
    expect(study.count).toBe(1_000_000);
    expect(study.states[999_999]).toBe(1);
    expect(copies).toBeLessThan(12);
  });

  test("keeps the last timings, and errors until others are told", () => {
    const timings = Array.from({ length: KEPT_TIMINGS }, (_, place) => ({
      place,
      worker: 1,
      start: 0,
      stop: 1,
    }));
    const error = {
      count: 2,
      exception: "KeyError()",
      exceptionLength: 10,
      traceback: "",
      tracebackLength: 0,
      key: "x",
      group: "x",
      workers: [],
    };
    const before = applyStudy(EMPTY_STUDY, message({ timings, errors: [error] }));
    const after = applyStudy(
      before,
      message({ since: 1, seq: 2, timings: [{ place: 9, worker: 1, start: 5, stop: 6 }] }),
    );
    expect(after.timings).toHaveLength(KEPT_TIMINGS);
    expect(after.timings[0]?.place).toBe(1);
    expect(after.timings.at(-1)?.stop).toBe(6);
    expect(after.errors).toEqual([error]);
    expect(applyStudy(after, message({ since: 2, seq: 3, errors: [] })).errors).toEqual([]);
  });
});
