/** An element that is known to be there. */
export const at = <T>(array: ArrayLike<T>, index: number): T => array[index] as T;

/** The last element of an array that is not empty. */
export const last = <T>(array: ArrayLike<T>): T => array[array.length - 1] as T;

export const lists = <T>(count: number): T[][] => Array.from({ length: count }, () => []);

/** `at` for inner loops: they see one type of array only, which engines make a plain load. */
export const int = (array: Int32Array, index: number): number => array[index] as number;
export const float = (array: Float64Array, index: number): number => array[index] as number;
