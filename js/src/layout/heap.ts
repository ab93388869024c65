import { at } from "./arrays.ts";

/** A binary heap, the least key first; what was pushed first comes first of equals. */
export function heap<T>() {
  const items: { key: number; order: number; value: T }[] = [];
  let pushed = 0;
  const isLess = (a: number, b: number) => {
    const [p, q] = [at(items, a), at(items, b)];
    return p.key < q.key || (p.key === q.key && p.order < q.order);
  };
  const swap = (a: number, b: number) => {
    [items[a], items[b]] = [at(items, b), at(items, a)];
  };
  return {
    push(key: number, value: T) {
      let place = items.push({ key, order: pushed++, value }) - 1;
      while (place && isLess(place, (place - 1) >> 1)) {
        swap(place, (place - 1) >> 1);
        place = (place - 1) >> 1;
      }
    },
    pop(): T | undefined {
      const first = items[0];
      const end = items.pop();
      if (!first || !end) return undefined;
      if (items.length) {
        items[0] = end;
        for (let place = 0; ; ) {
          let least = place;
          for (const child of [2 * place + 1, 2 * place + 2])
            if (child < items.length && isLess(child, least)) least = child;
          if (least === place) break;
          swap(least, place);
          place = least;
        }
      }
      return first.value;
    },
  };
}
