/** What a click on a node makes of the selection; `keys` are those of its groups. */
export function clicked(selected: readonly string[], keys: readonly string[], add: boolean): string[] {
  if (!add) return [...keys];
  const chosen = new Set(selected);
  const all = keys.every((key) => chosen.has(key));
  for (const key of keys) {
    if (all) chosen.delete(key);
    else chosen.add(key);
  }
  return [...chosen];
}
