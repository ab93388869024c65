/** The layout's code, which travels in the bundle as text: for a worker, or for the page where there are none. */
import type { LayoutReply, layOut } from "../layout/worker.ts";
import source from "../layout/worker.ts?text";

/** A classic one: from a file, Chromium starts no module workers. Null where workers are not allowed; `onFail` when that shows only later. */
export function startWorker(onReply: (reply: LayoutReply) => void, onFail: () => void): Worker | null {
  try {
    const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    const worker = new Worker(url);
    worker.onmessage = ({ data }: MessageEvent<LayoutReply>) => {
      URL.revokeObjectURL(url);
      onReply(data);
    };
    worker.onerror = onFail;
    return worker;
  } catch {
    return null;
  }
}

export async function importLayout(): Promise<typeof layOut> {
  const module = `${source}\nexport const { layOut } = code;`;
  const url = `data:text/javascript;charset=utf-8,${encodeURIComponent(module)}`;
  const code: { readonly layOut: typeof layOut } = await import(/* @vite-ignore */ url);
  return code.layOut;
}
