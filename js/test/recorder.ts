/** A canvas context that writes down what is done to it. */
export type Call = readonly [name: string, ...args: unknown[]];

export interface Recorder {
  readonly ctx: CanvasRenderingContext2D;
  readonly calls: Call[];
  named(name: string): Call[];
}

const round = (value: unknown) => (typeof value === "number" ? Math.round(value * 10) / 10 : value);

export function recorder(): Recorder {
  const calls: Call[] = [];
  const ctx = new Proxy({} as Record<string, unknown>, {
    get: (_, name: string) => {
      if (name === "measureText") return (text: string) => ({ width: 7 * text.length });
      return (...args: unknown[]) => {
        calls.push([name, ...args.map(round)]);
      };
    },
    set: (_, name: string, value) => {
      calls.push([`${name} =`, round(value)]);
      return true;
    },
  }) as unknown as CanvasRenderingContext2D;
  return { ctx, calls, named: (name) => calls.filter(([called]) => called === name) };
}
