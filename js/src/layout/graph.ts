/** What the layout takes and gives. Nodes are boxes, ids are the group's; any graph is allowed: cycles, self edges, parallel edges, edges to nobody. */
export type NodeId = number;

export interface LayoutNode {
  readonly id: NodeId;
  readonly width: number;
  readonly height: number;
}

/** An edge from a dependency to its dependent: data flows left to right. */
export interface LayoutEdge {
  readonly source: NodeId;
  readonly target: NodeId;
}

export interface LayoutGraph {
  readonly nodes: readonly LayoutNode[];
  readonly edges: readonly LayoutEdge[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A box by its centre. */
export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/**
 * A smooth curve from the middle of the source's right side to the middle of the target's left side, also when
 * reversed: then it turns round beside both boxes. Parallel edges have one route; edges to nobody have none.
 *
 * `points` are cubic Béziers in a row, `[start, c1, c2, end, c1, c2, end, …]`: one `moveTo`, then one
 * `bezierCurveTo` for each three. The curve arrives horizontally, from the left.
 *
 * From band to band it turns down beside the right end, runs back between the bands or down the left margin, and
 * enters from the left.
 */
export interface Route extends LayoutEdge {
  readonly points: readonly Point[];
  /** The edge was turned round to break a cycle, or is a self edge: it runs against the flow. */
  readonly reversed: boolean;
  /**
   * It came when both its ends stood where the flow had no room for it: neither has moved. It runs between the cards,
   * in any direction, until the picture is drawn afresh.
   */
  readonly loose?: true;
}

/** Everything lies in `left … left + width` by `top … top + height`. */
export interface Layout {
  readonly boxes: ReadonlyMap<NodeId, Box>;
  readonly routes: readonly Route[];
  readonly width: number;
  readonly height: number;
  /** At most 0, which it is when absent: what is new on the left or above moves nobody. */
  readonly left?: number;
  readonly top?: number;
  /** Column of each box in its component; the next layout keeps it. Without, only places are kept. */
  readonly ranks?: ReadonlyMap<NodeId, number>;
  /**
   * A wide component is folded like text into bands of ranks, each read from left to right, one below the other. The
   * band of each box in its component; the next layout keeps it. Without, nothing is folded.
   */
  readonly bands?: ReadonlyMap<NodeId, number>;
}

export interface LayoutOptions {
  /** Width over height of the view, that components are packed towards and folded for. */
  readonly aspect: number;
  /** Pixels at life size; 900 when absent. What can be read in it unfolded is not folded. */
  readonly viewWidth?: number;
  readonly rankGap: number;
  readonly nodeGap: number;
}
