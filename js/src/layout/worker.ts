/**
 * The layout as a script of its own. In a worker it answers orders, and remembers its last layout, so that the next
 * one can build on it; a page without workers imports it.
 */
import type { Layout, LayoutGraph, LayoutOptions } from "./graph.ts";
import { layout } from "./index.ts";
import {
  buffersOf,
  type PackedGraph,
  type PackedLayout,
  packLayout,
  unpackGraph,
  unpackLayout,
} from "./transfer.ts";

export interface LayoutOrder {
  readonly graph: PackedGraph;
  readonly options: LayoutOptions;
  /** "last": what this worker laid out last. */
  readonly previous: PackedLayout | "last" | null;
}

/** Null: it could not be made. */
export type LayoutReply = PackedLayout | null;

let last: Layout | undefined;

/** What cannot build on the layout before is made afresh. */
export function layOut(
  graph: LayoutGraph,
  options: LayoutOptions,
  previous: () => Layout | undefined,
): Layout {
  try {
    return layout(graph, options, previous());
  } catch {
    return layout(graph, options);
  }
}

function obey({ graph, options, previous }: LayoutOrder): LayoutReply {
  try {
    const before = () => (previous === "last" ? last : previous ? unpackLayout(previous) : undefined);
    last = layOut(unpackGraph(graph), options, before);
    return packLayout(last);
  } catch (error) {
    console.warn(error);
    return null;
  }
}

function onOrder({ data }: MessageEvent<LayoutOrder>): void {
  const reply = obey(data);
  postMessage(reply, { transfer: reply ? buffersOf(reply) : [] });
}

if ("WorkerGlobalScope" in globalThis) self.onmessage = onOrder;
