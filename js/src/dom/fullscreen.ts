/** The widget as large as the screen. */

export interface Fullscreen {
  readonly isAvailable: boolean;
  readonly isOn: boolean;
  toggle(): void;
  dispose(): void;
}

export function fullscreen(root: HTMLElement, onChange: (on: boolean) => void): Fullscreen {
  const ended = new AbortController();
  let on = false;
  const shown = () => (root.getRootNode() as Document | ShadowRoot).fullscreenElement === root;
  const leave = () => void document.exitFullscreen().catch(() => {});
  document.addEventListener(
    "fullscreenchange",
    () => {
      if (on === shown()) return;
      on = !on;
      root.classList.toggle("tgw-full", on);
      onChange(on);
    },
    { signal: ended.signal },
  );
  return {
    isAvailable: document.fullscreenEnabled === true,
    get isOn() {
      return on;
    },
    toggle() {
      // Refused where the page does not allow it, such as in a frame.
      if (on) leave();
      else void root.requestFullscreen().catch(() => {});
    },
    dispose() {
      ended.abort();
      if (on) leave();
    },
  };
}
