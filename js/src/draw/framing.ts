/** The camera and the size of a picture that is to be taken away. */
import { boundsOf, type Camera, type Size } from "../scene/camera.ts";
import type { Scene } from "../scene/scene.ts";

/** Of a state, or of a category. */
export type HeadingKey = { readonly text: string } & ({ readonly state: string } | { readonly hue: number });

export interface Framing {
  readonly camera: Camera;
  readonly size: Size;
  /** What stands above the scene, and where. */
  readonly heading?: {
    readonly line: string;
    readonly keys: readonly { readonly x: number; readonly y: number; readonly key: HeadingKey }[];
    readonly scale: number;
  };
}

/** Room for rings, badges and edges that turn round beside the outermost cards. */
export const MARGIN = 24;

/** The whole of a scene, at life size. */
export function framingOf({ cards, edges }: Scene): Framing {
  const points = edges.flatMap(({ points }) => points.map(({ x, y }) => ({ x, y, width: 0, height: 0 })));
  const bounds = boundsOf([...cards.map(({ box }) => box), ...points]) ?? {
    left: 0,
    top: 0,
    right: 0,
    bottom: 0,
  };
  return {
    camera: { x: MARGIN - bounds.left, y: MARGIN - bounds.top, k: 1 },
    size: {
      width: Math.ceil(bounds.right - bounds.left) + 2 * MARGIN,
      height: Math.ceil(bounds.bottom - bounds.top) + 2 * MARGIN,
    },
  };
}

export const shrunk = ({ camera, size, heading }: Framing, by: number): Framing => ({
  camera: { x: camera.x * by, y: camera.y * by, k: camera.k * by },
  size: { width: size.width * by, height: size.height * by },
  ...(heading && { heading: { ...heading, scale: heading.scale * by } }),
});
