/** What a scene is lit and coloured by: the same objects for as long as they say the same, which spares making cards anew. */
import { type Categories, hueOf } from "../picture/colouring.ts";
import type { Picture } from "../picture/index.ts";
import type { NodeId } from "../picture/node.ts";
import { type Paths, pathsThrough } from "../scene/paths.ts";
import type { SceneInput } from "../scene/scene.ts";

type Hue = NonNullable<SceneInput["hue"]>;

export interface Lights {
  paths(through: NodeId | null, picture: Picture): Paths | null;
  hue(categories: Categories | undefined): Hue | null;
}

export function createLights(): Lights {
  let lit: { readonly through: NodeId; readonly structure: number; readonly paths: Paths } | null = null;
  let hue: { readonly hues: Categories["hues"]; readonly of: Hue } | null = null;
  return {
    paths(through, picture) {
      if (through === null) return null;
      const { structure } = picture;
      if (lit?.through !== through || lit.structure !== structure)
        lit = { through, structure, paths: pathsThrough(through, picture) };
      return lit.paths;
    },
    hue(categories) {
      if (!categories || categories.colouring === "state") return null;
      if (hue?.hues !== categories.hues)
        hue = { hues: categories.hues, of: (node) => hueOf(node, categories) };
      return hue.of;
    },
  };
}
