import { at } from "./arrays.ts";
import { type Component, components } from "./components.ts";
import { bounds, type Drawing, draw, parts, redraw } from "./drawing.ts";
import type { Box, Layout, LayoutGraph, LayoutOptions, NodeId, Point, Route } from "./graph.ts";
import { type Item, pack } from "./packing.ts";
import { isUnchanged, type Previous, remember } from "./previous.ts";

function recall({ nodes, arcs, selfEdges }: Component, previous: Previous): Drawing {
  const boxes = nodes.map(({ id }) => [id, previous.boxes.get(id) as Box] as const);
  const ranks = nodes.map(({ id }) => [id, previous.ranks.get(id) as number] as const);
  const pairs = [...arcs, ...selfEdges.map((node) => ({ from: node, to: node }))];
  const routes = pairs.map(
    ({ from, to }) => previous.route({ source: at(nodes, from).id, target: at(nodes, to).id }) as Route,
  );
  return { boxes, ranks, routes, bounds: bounds(boxes, routes) };
}

function shifted(drawing: Drawing, x: number, y: number): Drawing {
  if (Math.abs(x) < 1e-6 && Math.abs(y) < 1e-6) return drawing;
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + x, y: point.y + y });
  return {
    ...drawing,
    boxes: drawing.boxes.map(([id, box]) => [id, move(box)] as const),
    routes: drawing.routes.map((route) => ({ ...route, points: route.points.map(move) })),
    bounds: move(drawing.bounds),
  };
}

const COMPONENT_GAP = 2.5;

interface Placeable {
  readonly drawing: Drawing;
  readonly item: Item;
}

function place(component: Component, previous: Previous | undefined, options: LayoutOptions): Placeable {
  const known = previous ? component.nodes.filter(({ id }) => previous.boxes.has(id)) : [];
  if (!previous || !known.length) {
    const drawing = draw(component, options);
    return { drawing, item: { bounds: drawing.bounds, unchanged: false, weight: 0 } };
  }
  if (isUnchanged(component, previous)) {
    const drawing = recall(component, previous);
    return {
      drawing,
      item: {
        bounds: drawing.bounds,
        parts: parts(drawing),
        wanted: drawing.bounds,
        unchanged: true,
        weight: known.length,
      },
    };
  }
  const ranked = known.filter(({ id }) => previous.ranks.has(id)).length;
  if (ranked * 2 >= component.nodes.length) {
    const drawing = redraw(component, previous, options);
    return {
      drawing,
      item: {
        bounds: drawing.bounds,
        parts: parts(drawing),
        wanted: drawing.bounds,
        unchanged: false,
        weight: known.length,
      },
    };
  }
  const drawing = draw(component, options);
  const wanted = bounds(
    known.map(({ id }) => [id, previous.boxes.get(id) as Box] as const),
    [],
  );
  return { drawing, item: { bounds: drawing.bounds, wanted, unchanged: false, weight: known.length } };
}

/**
 * Layered drawing, flow from left to right (Sugiyama). Each component goes through cycle removal, ranking, ordering,
 * coordinate assignment and routing; packing then puts the components together.
 *
 * With `previous`, an unchanged component is taken over as it is, one that has grown keeps its ranks, order and
 * places as far as it can (see `redraw`), and one of which more than half is new is drawn afresh, near its old place.
 */
export function layout(graph: LayoutGraph, options: LayoutOptions, previous?: Layout): Layout {
  const memory = previous && remember(previous);
  const placeables = components(graph).map((component) => place(component, memory, options));
  const places = pack(
    placeables.map(({ item }) => item),
    options.aspect,
    options.nodeGap * COMPONENT_GAP,
  );
  const boxes = new Map<NodeId, Box>();
  const ranks = new Map<NodeId, number>();
  const routes: Route[] = [];
  let width = 0;
  let height = 0;
  placeables.forEach(({ drawing, item }, index) => {
    const { x, y } = at(places, index);
    const placed = shifted(drawing, x - item.bounds.x, y - item.bounds.y);
    for (const [id, box] of placed.boxes) boxes.set(id, box);
    for (const [id, value] of placed.ranks) ranks.set(id, value);
    for (const route of placed.routes) routes.push(route);
    width = Math.max(width, placed.bounds.x + placed.bounds.width);
    height = Math.max(height, placed.bounds.y + placed.bounds.height);
  });
  return { boxes, routes, width, height, ranks };
}
