/** At which place of each further axis a grid is cut. */
import { element, setChildren, setText } from "../dom/element.ts";
import { count } from "../format.ts";
import { texts } from "../texts.ts";
import type { Slice } from "./charts/grid.ts";

export interface Sliders {
  readonly element: HTMLElement;
  show(sizes: readonly number[], slice: Slice): void;
}

interface Slider {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly value: HTMLElement;
}

export function sliders(onChange: (at: readonly number[]) => void): Sliders {
  const root = element("div", { class: "tgw-sliders" });
  const known = new Map<number, Slider>();
  let places: readonly number[] = [];

  function sliderFor(axis: number): Slider {
    const old = known.get(axis);
    if (old) return old;
    const input = element("input", { type: "range", min: "0" });
    const value = element("output");
    const made = {
      element: element("label", {}, texts.charts.axis(count(axis)), input, value),
      input,
      value,
    };
    input.addEventListener("input", () => {
      onChange(places.map((place, each) => (each === axis ? Number(input.value) : place)));
    });
    input.addEventListener("keydown", (event) => event.stopPropagation());
    known.set(axis, made);
    return made;
  }

  return {
    element: root,
    show(sizes, { others, at }) {
      places = at;
      root.hidden = others.length === 0;
      setChildren(
        root,
        others.map((axis) => {
          const slider = sliderFor(axis);
          const last = (sizes[axis] ?? 1) - 1;
          const place = at[axis] ?? 0;
          if (slider.input.max !== String(last)) slider.input.max = String(last);
          if (slider.input.value !== String(place)) slider.input.value = String(place);
          setText(slider.value, texts.charts.placeOf(count(place), count(last)));
          return slider.element;
        }),
      );
    },
  };
}
