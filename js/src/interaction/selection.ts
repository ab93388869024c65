/** What a click on a group makes of the selection. */
export function clicked(selected: readonly string[], key: string, add: boolean): string[] {
  if (!add) return [key];
  return selected.includes(key) ? selected.filter((other) => other !== key) : [...selected, key];
}
