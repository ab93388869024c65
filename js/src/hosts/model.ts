/** What we use of anywidget's model, which differs between its versions. */
// biome-ignore lint/suspicious/noExplicitAny: listeners get what the event gives
type Listener = (...given: any[]) => void;

export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  send(content: unknown): void;
  on(event: string, listener: Listener): void;
  off(event: string, listener: Listener): void;
}
