/** How large a card is by what it tells: few steps, so that cards seldom change while a computation runs. */
import type { Sizing } from "../lens.ts";
import type { Group } from "../wire.ts";
import { tasksOf } from "./node.ts";

export const STEPS = 5;

/** Each step from the second on begins at one of these. */
const FROM: Readonly<Record<Exclude<Sizing, "even">, readonly number[]>> = {
  tasks: [10, 100, 1_000, 10_000],
  bytes: [1e6, 1e8, 1e10, 1e12],
  /** Seconds. */
  duration: [1, 30, 600, 7_200],
  dependents: [2, 4, 8, 16],
};

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

export function stepOf(sizing: Sizing, members: readonly Group[], dependents: number): number {
  if (sizing === "even") return 0;
  const value = amountOf(sizing, members, dependents);
  return FROM[sizing].filter((from) => value >= from).length;
}

function amountOf(sizing: Exclude<Sizing, "even">, members: readonly Group[], dependents: number): number {
  switch (sizing) {
    case "tasks":
      return sum(members.map(tasksOf));
    case "bytes":
      return sum(members.map(({ nbytesTotal }) => nbytesTotal));
    case "duration":
      return sum(members.map(({ allDurations }) => sum(allDurations)));
    case "dependents":
      return dependents;
  }
}
