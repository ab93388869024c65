/** Puts texts and pictures where they can be pasted, or into a file where that is refused. */

export type Outcome = "copied" | "saved" | "failed";

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyByCommand(text);
  }
}

/** Pages without TLS have no clipboard of their own. */
function copyByCommand(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.style.cssText = "position:fixed;opacity:0";
  const { activeElement } = document;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
  return done;
}

/** The blob is promised, as Safari wants to be asked before it is made. */
export async function copyPicture(blob: Promise<Blob>, fileName: string): Promise<Outcome> {
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": blob })]);
    return "copied";
  } catch {
    return blob.then(
      (made) => save(made, fileName),
      () => "failed",
    );
  }
}

export async function copyMarkup(markup: string, type: string, fileName: string): Promise<Outcome> {
  if (await copyText(markup)) return "copied";
  return save(new Blob([markup], { type }), fileName);
}

function save(blob: Blob, fileName: string): Outcome {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  Object.assign(link, { href: address, download: fileName });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
  return "saved";
}
