/** The hover card over the graph: of which node, and beside what. */
import { factsOf } from "../facts.ts";
import type { Mirror } from "../mirror.ts";
import type { Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";
import { type Camera, edgesOnScreen } from "../scene/camera.ts";
import type { Card } from "../scene/scene.ts";
import type { ThemeName } from "../theme.ts";
import { hoverCard } from "./hover-card.ts";

export interface HoverFacts {
  readonly element: HTMLElement;
  /** Not above `ceiling` on the canvas. */
  show(
    card: Card,
    of: { readonly mirror: Mirror; readonly picture: Picture },
    camera: Camera,
    theme: ThemeName,
    ceiling?: number,
  ): void;
  hide(): void;
}

/** What a badge reaches above its card. */
const BADGE = 12;
/** Of so many neighbours of a card, the hover card tries not to cover any. */
const MOST_SPARED = 100;

export function hoverFacts(canvas: HTMLElement, cardOf: (id: NodeId) => Card | null): HoverFacts {
  const { element, show, hide } = hoverCard();
  return {
    element,
    hide,
    show({ id, box, facts }, { mirror, picture }, camera, theme, ceiling) {
      const node = picture.nodes.get(id);
      if (!node) return hide();
      const place = edgesOnScreen(camera, box);
      const badge = facts.badge ? BADGE * camera.k : 0;
      const neighbours = [...node.dependencies, ...(picture.dependents.get(id) ?? [])];
      const spared = neighbours.slice(0, MOST_SPARED).filter((other) => other !== id);
      show(
        factsOf(node, mirror, picture),
        { ...place, top: place.top - badge },
        spared.flatMap((other) => cardOf(other)?.box ?? []).map((each) => edgesOnScreen(camera, each)),
        canvas,
        theme,
        ceiling,
      );
    },
  };
}
