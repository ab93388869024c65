/** Keys of tasks that are known by their place: asked for when they are looked at. */
import type { TabHost } from "./tab.ts";

const REMEMBERED = 1000;
/** A pointer that rests for so long wants to know. */
const REST_MS = 120;

export interface Keys {
  /** Null: not yet. */
  of(place: number, generation: number): string | null;
}

export function keysOf(host: TabHost): Keys {
  const known = new Map<string, string>();
  let wanted = "";
  let timer: ReturnType<typeof setTimeout> | undefined;

  function ask(place: number, generation: number, id: string) {
    void host.ask("rows", { places: [place], generation }).then((answer) => {
      const [row] = answer.type === "told" ? answer.told : [];
      if (!row) return;
      if (known.size >= REMEMBERED) known.clear();
      known.set(id, row.key);
      if (wanted === id) host.refresh();
    });
  }

  return {
    of(place, generation) {
      const id = `${generation} ${place}`;
      const key = known.get(id);
      if (key !== undefined || wanted === id) return key ?? null;
      wanted = id;
      clearTimeout(timer);
      timer = setTimeout(ask, REST_MS, place, generation, id);
      return null;
    },
  };
}
