/** Connects what a view asks with the kernel's side of a model. */
import { createInquiry, type Inquiry } from "../inquiry.ts";
import type { Model } from "./model.ts";

export function inquire(model: Model): Inquiry {
  const inquiry = createInquiry((request) => model.send(request));
  const onMessage = (content: unknown, buffers: readonly ArrayBufferView[] = []) =>
    inquiry.receive(content, buffers[0]);
  model.on("msg:custom", onMessage);
  return {
    ...inquiry,
    get state() {
      return inquiry.state;
    },
    dispose() {
      model.off("msg:custom", onMessage);
      inquiry.dispose();
    },
  };
}
