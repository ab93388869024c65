/** The layout's code, which travels in the bundle as text: for a worker, or for the page where there are none. */
import type { layout } from "../layout/index.ts";
import type { PackedLayout } from "../layout/transfer.ts";
import source from "../layout/worker.ts?text";

/** A classic one: from a file, Chromium starts no module workers. Null where workers are not allowed; `onFail` when that shows only later. */
export function startWorker(onReply: (reply: PackedLayout) => void, onFail: () => void): Worker | null {
  try {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<PackedLayout>) => {
      URL.revokeObjectURL(url);
      onReply(data);
    };
    worker.onerror = onFail;
    return worker;
  } catch {
    return null;
  }
}

export async function importLayout(): Promise<typeof layout> {
  const module = `${source}\nexport const { layout } = code;`;
  const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(module)}`;
  return ((await import(/* @vite-ignore */ url)) as { readonly layout: typeof layout }).layout;
}
