/** An element that is known to be there. */
export const at = <T>(array: ArrayLike<T>, index: number): T => array[index] as T;

/** The last element of an array that is not empty. */
export const last = <T>(array: ArrayLike<T>): T => array[array.length - 1] as T;

export const lists = <T>(count: number): T[][] => Array.from({ length: count }, () => []);

/** `at` for inner loops: they see one type of array only, which engines make a plain load. */
export const int = (array: Int32Array, index: number): number => array[index] as number;
export const float = (array: Float64Array, index: number): number => array[index] as number;

export const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
export const least = (values: Iterable<number>, start = Infinity): number => {
  for (const value of values) if (value < start) start = value;
  return start;
};
export const most = (values: Iterable<number>, start = -Infinity): number => {
  for (const value of values) if (value > start) start = value;
  return start;
};

/** How many elements come before the first for which `isAfter` holds, by bisection. */
export function countBefore<T>(values: ArrayLike<T>, isAfter: (value: T) => boolean): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isAfter(at(values, middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function grouped<T>(items: Iterable<T>, keyOf: (item: T) => number): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
