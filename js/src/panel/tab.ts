/** What a tab of the panel is, and what it is given. */
import type { Ink } from "../draw/ink.ts";
import type { Mirror } from "../mirror.ts";
import type { Study } from "../study.ts";
import type { Group, GroupId } from "../wire.ts";
import type { Answer, Column, PrefixFacts, Questions, Subject, TaskAddress } from "../wire-study.ts";

/** All that is known of the group that the panel shows. */
export interface TabState {
  readonly group: Group;
  readonly mirror: Mirror;
  readonly study: Study;
  readonly prefix: PrefixFacts | null;
  /** The kernel does not answer at present: what is shown came by itself. */
  readonly busy: boolean;
  /** Why no more will be told; empty when there may be more. */
  readonly absent: string;
  /** The scheduler's clock, seconds since the epoch. */
  readonly now: number;
  readonly ink: Ink;
}

/** What a tab may have done. */
export interface TabHost {
  /** Call `update` again in the next frame. */
  refresh(): void;
  /** Ask about the group that the panel shows. Waits for as long as the kernel is busy. */
  ask<S extends Subject>(subject: S, question: Questions[S]): Promise<Answer<S>>;
  /** Show one task, with a way back. */
  openTask(address: TaskAddress): void;
  /** Select another group. */
  openGroup(id: GroupId): void;
  copy(text: string): void;
}

export interface TabView {
  readonly element: HTMLElement;
  /** In a frame: of the same group, or of another. */
  update(state: TabState): void;
  dispose(): void;
}

export interface Tab {
  readonly id: string;
  readonly label: string;
  /** What it needs to be told of every task. */
  readonly columns: readonly Column[];
  mount(host: TabHost): TabView;
}
