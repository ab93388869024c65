/**
 * The layout as a script of its own. In a worker it answers orders, and remembers its last layout, so that the next
 * one can build on it; a page without workers imports it.
 */
import type { Layout, LayoutOptions } from "./graph.ts";
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

let last: Layout | undefined;

function obey({ data }: MessageEvent<LayoutOrder>): void {
  const { graph, options, previous } = data;
  const before = previous === "last" ? last : previous && unpackLayout(previous);
  last = layout(unpackGraph(graph), options, before ?? undefined);
  const packed = packLayout(last);
  postMessage(packed, { transfer: buffersOf(packed) });
}

if ("WorkerGlobalScope" in globalThis) self.onmessage = obey;

export { layout };
