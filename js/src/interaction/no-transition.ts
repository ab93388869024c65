/** Stands in for d3-transition and d3-interpolate in the bundle: d3-zoom needs them for transitions, and we start none. */
import { selection } from "d3-selection";

export const interrupt = (): void => {};

(selection.prototype as unknown as { interrupt: unknown }).interrupt = function (this: unknown) {
  return this;
};

/** From one view to another: at once. */
export const interpolateZoom = <View>(_from: View, to: View) => {
  return (): View => to;
};
