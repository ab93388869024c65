/** A model as anywidget hands it over, and the kernel behind it. */
import { encode } from "@msgpack/msgpack";
import type { Model } from "../src/hosts/model.ts";
import { GROUP_FIELDS, SUMMARY_FIELDS, WIRE_VERSION } from "../src/wire.ts";

type Listener = (...given: unknown[]) => void;

export interface FakeModel extends Model {
  readonly sent: unknown[];
  readonly traits: Record<string, unknown>;
  emit(event: string, ...given: unknown[]): void;
  listeners(): number;
}

export function fakeModel(traits: Record<string, unknown> = {}, send?: () => void): FakeModel {
  const all = new Map<string, Set<Listener>>();
  const of = (event: string) => {
    const known = all.get(event) ?? new Set<Listener>();
    all.set(event, known);
    return known;
  };
  const values: Record<string, unknown> = { selected: [], height: 400, theme: "auto", ...traits };
  const sent: unknown[] = [];
  return {
    sent,
    traits: values,
    get: (name) => values[name],
    set(name, value) {
      values[name] = value;
    },
    save_changes() {},
    send(content) {
      send?.();
      sent.push(content);
    },
    on: (event, listener) => void of(event).add(listener),
    off: (event, listener) => void of(event).delete(listener),
    emit(event, ...given) {
      for (const listener of [...of(event)]) listener(...given);
    },
    listeners: () => [...all.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

type Named = Readonly<Record<string, unknown>>;

function row(id: number, fields: readonly string[], values: Named): unknown[] {
  const present = fields.filter((field) => field in values);
  const mask = present.reduce((bits, field) => bits | (1 << fields.indexOf(field)), 0);
  return [id, mask, ...present.map((field) => values[field])];
}

/** The buffers of one message of the kernel, with its own names. */
export function wireMessage(
  groups: readonly ({ readonly id: number } & Named)[],
  summary: Named = {},
  envelope: Named = {},
): DataView[] {
  const bytes = encode({
    v: WIRE_VERSION,
    session: "a",
    since: 0,
    seq: 1,
    states: ["memory", "waiting", "erred"],
    actions: ["compute"],
    groups: groups.map(({ id, ...values }) => row(id, GROUP_FIELDS, values)),
    summary: row(0, SUMMARY_FIELDS, summary),
    ...envelope,
  });
  return [new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)];
}
