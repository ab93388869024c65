/** Makes elements. Text is always text: nothing is ever parsed as HTML. */
export type Child = Node | string;

type Attributes = Readonly<Record<string, string>>;

const FOCUSABLE = new Set(["a", "button", "input", "select", "textarea"]);

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  // Lab looks for shortcuts from the focused element outwards: on the root alone this would not keep "d d" from
  // deleting the cell.
  if (FOCUSABLE.has(tag) || "tabindex" in attributes) made.setAttribute("data-lm-suppress-shortcuts", "true");
  made.append(...children);
  return made;
}

/** Sets a text only when it differs, so that nothing is laid out or read aloud again for no reason. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

export function setAttribute(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** Makes these the children; those that stay are not touched, and keep the focus. */
export function setChildren(target: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...target.children]) if (!wanted.has(child)) child.remove();
  let next = target.firstElementChild;
  for (const child of children) {
    if (child === next) next = next.nextElementSibling;
    else target.insertBefore(child, next);
  }
}
