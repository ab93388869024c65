import { type Arc, roots } from "./arcs.ts";
import { at } from "./arrays.ts";
import type { Rect } from "./bounds.ts";
import { type Component, edgeOf } from "./components.ts";
import { strongComponents } from "./cycles.ts";
import type { Box, Layout, LayoutEdge, NodeId, Point, Route } from "./graph.ts";

/** The layout before, made ready for questions. */
export interface Previous {
  readonly boxes: ReadonlyMap<NodeId, Box>;
  readonly ranks: ReadonlyMap<NodeId, number>;
  readonly bands: ReadonlyMap<NodeId, number>;
  /** Which nodes were one component. */
  readonly component: ReadonlyMap<NodeId, number>;
  readonly route: (edge: LayoutEdge) => Route | undefined;
  readonly width: number;
  readonly height: number;
}

const memories = new WeakMap<Layout, Previous>();

export function remember(layout: Layout): Previous {
  const remembered = memories.get(layout);
  if (remembered) return remembered;
  const ids = [...layout.boxes.keys()].sort((a, b) => a - b);
  const index = new Map(ids.map((id, position) => [id, position]));
  const key = ({ source, target }: LayoutEdge) =>
    (index.get(source) ?? Number.NaN) * ids.length + (index.get(target) ?? Number.NaN);
  const known = layout.routes.filter((route) => key(route) >= 0);
  const routes = new Map(known.map((route) => [key(route), route]));
  const pairs = known.flatMap((route) => {
    const [from, to] = [index.get(route.source), index.get(route.target)] as [number, number];
    return route.loose ? [] : { from, to };
  });
  const root = roots(ids.length, pairs);
  const memory: Previous = {
    boxes: layout.boxes,
    ranks: layout.ranks ?? new Map(),
    bands: layout.bands ?? new Map(),
    width: layout.width,
    height: layout.height,
    component: new Map(ids.map((id, position) => [id, at(root, position)])),
    route: (edge) => routes.get(key(edge)),
  };
  memories.set(layout, memory);
  return memory;
}

/** The component was drawn before, whole or as part of a larger one, and its drawing is still right. */
export function isUnchanged(component: Component, previous: Previous): boolean {
  const { nodes, arcs, selfEdges } = component;
  const home = previous.component.get(at(nodes, 0).id);
  const sameNodes = nodes.every(({ id, width, height }) => {
    const box = previous.boxes.get(id);
    return (
      box !== undefined &&
      box.width === width &&
      box.height === height &&
      previous.ranks.has(id) &&
      previous.component.get(id) === home
    );
  });
  if (!sameNodes) return false;
  const known = (arc: Arc) => previous.route(edgeOf(component, arc));
  if (!selfEdges.every((node) => known({ from: node, to: node }))) return false;
  const routes = arcs.map(known);
  if (routes.some((route) => !route || route.loose)) return false;
  if (!routes.some((route) => route?.reversed)) return true;
  const strong = strongComponents(nodes.length, arcs);
  return arcs.every(({ from, to }, index) => !routes[index]?.reversed || at(strong, from) === at(strong, to));
}

/**
 * Height of a curve over `x`, exact on its straight pieces; undefined where it does not pass. Where it passes more
 * than once, the height nearest to `band`, else the first.
 */
export function heightAt(
  points: readonly Point[],
  x: number,
  band?: Pick<Rect, "y" | "height">,
): number | undefined {
  let best: number | undefined;
  let least = Infinity;
  for (let i = 3; i < points.length; i += 3) {
    const a = at(points, i - 3);
    const b = at(points, i);
    if (x < Math.min(a.x, b.x) || x > Math.max(a.x, b.x) || a.x === b.x) continue;
    const y = a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
    if (!band) return y;
    const distance = Math.max(0, band.y - y, y - band.y - band.height);
    if (distance >= least) continue;
    least = distance;
    best = y;
  }
  return best;
}
