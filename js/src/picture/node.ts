/** What one card stands for: a group, or several. */
import { keyOf, type ReadableName } from "../names.ts";
import type { Group } from "../wire.ts";

export type NodeId = number;

export type NodeKind = "group" | "prefix" | "computation" | "chain" | "finished";

export interface GraphNode {
  /** The group's, or a negative number that stays for as long as the view. */
  readonly id: NodeId;
  readonly kind: NodeKind;
  /** What the lens opens and folds it by. */
  readonly key: string;
  /** Keys of the nodes that it would be part of if they were folded, the innermost first. */
  readonly within: readonly string[];
  readonly name: ReadableName;
  /** At least one; those of a chain from the first to the last. */
  readonly members: readonly Group[];
  /** Each once; its own id where a group depends on itself. */
  readonly dependencies: readonly NodeId[];
  /** Digits of the number of tasks: what the width of a card depends on besides the name. */
  readonly digits: number;
  /** How large its card is, from 0 to `STEPS - 1`. */
  readonly step: number;
}

/** Every group of it has been forgotten by the scheduler. */
export const isGone = ({ members }: GraphNode): boolean => members.every(({ outcome }) => outcome !== null);

/** A group's own name; of several, what they are called together. */
export function fullName({ members, name }: GraphNode): string {
  const [only, ...others] = members;
  return only && others.length === 0 ? keyOf(only) : `${name.prefix} (${name.token})`;
}

export const tasksOf = ({ states }: Group): number => states.reduce((sum, count) => sum + count, 0);

export const digitsOf = (members: readonly Group[]): number =>
  String(members.reduce((sum, group) => sum + tasksOf(group), 0)).length;
