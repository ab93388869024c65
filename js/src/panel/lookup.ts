/** Finds a task by its key, among those of the group that the panel shows. */
import type { TaskAddress } from "../wire-study.ts";
import type { TabHost } from "./tab.ts";

const MOST = 200;

/** Null: there is none, or not in what the scheduler found first. */
export async function addressOf(
  key: string,
  generation: number,
  { ask }: Pick<TabHost, "ask">,
): Promise<TaskAddress | null> {
  const found = await ask("find", { key, generation, start: 0, limit: MOST });
  if (found.type !== "told" || found.told.places.length === 0) return null;
  const { places } = found.told;
  const rows = await ask("rows", { places: places.slice(0, MOST), generation });
  if (rows.type !== "told") return null;
  const row = rows.told.find((each) => each.key === key);
  return row ? { reference: row.reference } : null;
}
