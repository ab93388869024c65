import { encode } from "@msgpack/msgpack";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createInquiry } from "../src/inquiry.ts";
import { texts } from "../src/texts.ts";
import type { StudyRequest } from "../src/wire-study.ts";

const WHOLE = {
  v: 1,
  since: 0,
  seq: 4,
  generation: 2,
  known: 2,
  held: 8,
  dimensions: null,
  chunks: [[0, { state: Uint8Array.of(0, 1) }]],
  timings: [[1, 1, 5, 6]],
  tables: [["processing", "memory"], ["tcp://a"], []],
  gone: false,
  complete: true,
  more: false,
  time: 50,
  prefix: { duration_average: 0.5, max_exec_time: 2, suspicious: 0 },
};

type Sent = StudyRequest & { nonce: string; request: number };

function inquiry() {
  const sent: Sent[] = [];
  const made = createInquiry((request) => void sent.push(request as Sent));
  const nonce = () => sent[0]?.nonce;
  return {
    made,
    sent,
    study: (raw: object, group = 7) =>
      made.receive({ type: "study", nonce: nonce(), group }, encode({ ...WHOLE, ...raw })),
    answer: (request: number, raw: object) =>
      made.receive({ type: "answer", nonce: nonce(), request }, encode({ v: 1, ...raw })),
  };
}

describe("an inquiry", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test("follows a group from its beginning", () => {
    const { made, sent, study } = inquiry();
    made.follow(7, ["state"]);
    expect(sent).toEqual([
      {
        type: "follow",
        nonce: expect.any(String),
        group: 7,
        columns: ["state"],
        cursor: 0,
        generation: -1,
        tables: [0, 0, 0],
      },
    ]);
    study({});
    expect(made.state.study).toMatchObject({ group: 7, seq: 4, count: 2, complete: true });
    expect(made.state.prefix?.durationAverage).toBe(0.5);
  });

  test("asks for more columns from the beginning, and never for fewer", () => {
    const { made, sent, study } = inquiry();
    made.follow(7, ["state"]);
    study({});
    made.follow(7, ["worker"]);
    made.follow(7, ["state"]);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toMatchObject({ columns: ["state", "worker"], cursor: 0 });
  });

  test("gives signs of life from where it is, and says when nobody looks any more", () => {
    const { made, sent, study } = inquiry();
    made.follow(7, ["state"]);
    study({});
    vi.advanceTimersByTime(20_000);
    expect(sent[1]).toMatchObject({ type: "follow", cursor: 4, generation: 2, tables: [2, 1, 0] });
    made.unfollow();
    expect(sent.at(-1)).toEqual({ type: "unfollow", nonce: sent[0]?.nonce });
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(3);
  });

  test("takes a gap up from what it has", () => {
    const { made, sent, study } = inquiry();
    made.follow(7, ["state"]);
    study({});
    study({ since: 6, seq: 8, tables: [[], [], []] });
    expect(made.state.study.seq).toBe(4);
    vi.advanceTimersByTime(1000);
    expect(sent[1]).toMatchObject({ type: "follow", cursor: 4 });
  });

  test("leaves alone what is for other views and other groups", () => {
    const { made, study } = inquiry();
    made.follow(7, ["state"]);
    study({}, 8);
    made.receive({ type: "study", nonce: "another", group: 7 }, encode(WHOLE));
    made.receive(null, encode(WHOLE));
    expect(made.state.study.generation).toBe(-1);
  });

  test("answers what was asked, whatever comes of it", async () => {
    const { made, sent, answer } = inquiry();
    const asked = [1, 2, 3].map((place) => made.ask(7, "task", { place, generation: 2 }));
    expect(sent[0]).toMatchObject({
      type: "ask",
      request: 1,
      cmd: "task",
      group: 7,
      place: 1,
      generation: 2,
    });
    answer(2, { stale: true });
    answer(1, { error: "The task is gone." });
    answer(3, { reference: 9, row: ["x", "memory", null, null, 4, "int", 0, 0], group: "x" });
    expect(await Promise.all(asked)).toMatchObject([
      { type: "refused", reason: "The task is gone." },
      { type: "stale" },
      { type: "told", told: { reference: 9, row: { reference: 9, key: "x", nbytes: 4 } } },
    ]);
  });

  test("leaves nobody waiting when nobody looks any more", async () => {
    const { made } = inquiry();
    made.follow(7, ["state"]);
    const answer = made.ask(7, "rows", { places: [0], generation: 2 });
    made.unfollow();
    expect(await answer).toEqual({ type: "stale" });
  });

  test("is busy when three seconds bring no answer, and asks again once there is one", async () => {
    const { made, sent, study, answer } = inquiry();
    made.follow(7, ["state"]);
    study({});
    void made.ask(7, "rows", { places: [0], generation: 2 });
    void made.ask(7, "rows", { places: [1], generation: 2 });
    vi.advanceTimersByTime(2900);
    expect(made.state.busy).toBe(false);
    vi.advanceTimersByTime(200);
    expect(made.state.busy).toBe(true);
    study({ since: 4, seq: 5, tables: [[], [], []] });
    expect(made.state.busy).toBe(true);
    answer(1, { rows: [] });
    expect(made.state.busy).toBe(false);
    vi.advanceTimersByTime(1000);
    expect(sent.slice(3)).toMatchObject([
      { type: "ask", request: 2 },
      { type: "follow", cursor: 5 },
    ]);
  });

  test("says when there is no kernel", async () => {
    const made = createInquiry(() => {
      throw new Error("Cannot send");
    });
    made.follow(7, ["state"]);
    expect(made.state.trouble).toBe(texts.panel.noKernel);
    expect(await made.ask(7, "rows", { places: [], generation: 1 })).toMatchObject({ type: "refused" });
  });

  test("says only once that there is no kernel, however often one asks", async () => {
    const made = createInquiry(() => {
      throw new Error("Cannot send");
    });
    const told = vi.fn();
    made.subscribe(told);
    for (let times = 0; times < 3; times++) {
      const answer = await made.ask(7, "rows", { places: [0], generation: 2 });
      expect(answer).toEqual({ type: "refused", reason: texts.panel.noKernel });
    }
    expect(told).toHaveBeenCalledTimes(1);
  });

  test("says in words what the scheduler could not tell", () => {
    const { made, study } = inquiry();
    made.follow(7, ["state"]);
    study({ error: "There is no such group." });
    expect(made.state.trouble).toBe("There is no such group.");
    made.receive({ type: "study", nonce: "x" }, Uint8Array.of(1));
    study({});
    expect(made.state.trouble).toBe("");
  });
});
