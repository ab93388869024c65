import { describe, expect, test } from "vitest";
import {
  type Colours,
  cutAt,
  forgetPaint,
  type Grid,
  newGrid,
  paintStates,
  settle,
  wrongCells,
} from "../../src/panel/charts/grid.ts";

const ROOM = { width: 400, height: 300 };
const COLOURS: Colours = { pixels: Uint32Array.of(1, 2, 3), wrong: Uint8Array.of(0, 0, 1) };
const never = () => false;

const told = (blocks: number[], dimensions: number, states: number[] = [], complete = true) => ({
  blocks: Int32Array.from(blocks),
  dimensions,
  count: blocks.length / dimensions,
  states: Uint8Array.from(states.length > 0 ? states : new Array(blocks.length / dimensions).fill(0)),
  complete,
});

/** All cells of `axes`, in order. */
function product(...axes: number[]): number[] {
  const total = axes.reduce((all, size) => all * size, 1);
  return Array.from({ length: total }, (_, place) => {
    let rest = place;
    return [...axes]
      .reverse()
      .map((size) => {
        const at = rest % size;
        rest = Math.floor(rest / size);
        return at;
      })
      .reverse();
  }).flat();
}

const settled = (study: ReturnType<typeof told>): Grid => {
  const grid = newGrid(study.dimensions);
  expect(settle(grid, study, ROOM, never)).toBe(true);
  return grid;
};

describe("the grid of a group", () => {
  test("has the shape that its blocks tell", () => {
    const grid = settled(told([0, 0, 0, 1, 1, 0, 1, 1, 2, 0], 2));
    expect(grid.sizes).toEqual([3, 2]);
    expect(grid.placed).toBe(5);
    expect(Array.from(grid.places)).toEqual([0, 1, 2, 3, 4, -1]);
  });

  test("paints a state's colour, and later only what has changed", () => {
    const study = told(product(3, 2), 2, [0, 0, 1, 1, 0, 0]);
    const grid = settled(study);
    expect(paintStates(grid, study, COLOURS)).toEqual({ from: 0, to: 3 });
    expect(Array.from(grid.pixels)).toEqual([1, 1, 2, 2, 1, 1]);
    expect(paintStates(grid, study, COLOURS)).toEqual({ from: 0, to: 0 });
    study.states[3] = 2;
    expect(paintStates(grid, study, COLOURS)).toEqual({ from: 1, to: 2 });
    expect(Array.from(grid.pixels)).toEqual([1, 1, 2, 3, 1, 1]);
    expect(Array.from(grid.counts.subarray(0, 3))).toEqual([4, 1, 1]);
    expect(wrongCells(grid, 10)).toEqual([3]);
    study.states[3] = 1;
    paintStates(grid, study, COLOURS);
    expect(wrongCells(grid, 10)).toEqual([]);
  });

  test("is painted again as a whole in other colours", () => {
    const study = told(product(2, 2), 2);
    const grid = settled(study);
    paintStates(grid, study, COLOURS);
    forgetPaint(grid);
    paintStates(grid, study, { ...COLOURS, pixels: Uint32Array.of(7, 8, 9) });
    expect(Array.from(grid.pixels)).toEqual([7, 7, 7, 7]);
    expect(grid.counts[0]).toBe(4);
  });

  test("of more than two axes shows one slice at a time", () => {
    const study = told(product(4, 2, 3), 3);
    const grid = settled(study);
    expect(grid.slice).toEqual({ rows: 1, columns: 2, others: [0], at: [0, 0, 0] });
    expect(Array.from(grid.places)).toEqual([0, 1, 2, 3, 4, 5]);
    cutAt(grid, [3, 0, 0], study, ROOM);
    settle(grid, study, ROOM, never);
    expect(Array.from(grid.places)).toEqual([18, 19, 20, 21, 22, 23]);
  });

  test("leaves out axes of one block", () => {
    expect(settled(told(product(5, 1, 1), 3)).wrapped).toMatchObject({ rows: 1, columns: 5 });
    expect(settled(told([0, 0], 2)).wrapped).toMatchObject({ rows: 1, columns: 1 });
  });

  test("is refused when hardly any of its blocks are there", () => {
    const { refusal, wrapped } = settled(told([0, 0, 9, 9], 2));
    expect(refusal).toEqual({ type: "sparse", fill: 0.02, sizes: [10, 10] });
    expect(wrapped).toBeNull();
  });

  test("is not refused for what has not been read yet", () => {
    const study = told([0, 0, 9, 9], 2, [], false);
    expect(settled(study).refusal).toBeNull();
  });

  test("is refused once all of it has been read", () => {
    const grid = settled(told([0, 0, 9, 9], 2, [], false));
    settle(grid, told([0, 0, 9, 9], 2), ROOM, never);
    expect(grid.refusal?.type).toBe("sparse");
  });

  test("is shown after all when more of it comes", () => {
    const grid = settled(told([0, 0, 9, 9], 2));
    const all = product(10, 10);
    settle(grid, told([0, 0, 9, 9, ...all.slice(2, -2)], 2), ROOM, never);
    expect(grid.refusal).toBeNull();
    expect(grid.placed).toBe(100);
  });

  test("is refused when it is larger than can be drawn", () => {
    const blocks = Array.from({ length: 500 }, (_, at) => [at * 20_000, at]).flat();
    expect(settled(told([...blocks, 1, 0], 2, [], false)).refusal?.type).toBe("too-large");
  });

  test("waits for blocks that have not been told", () => {
    const study = told([0, 0, 0, 1, -1, -1, -1, -1], 2);
    const grid = settled(study);
    expect(grid.placed).toBe(2);
    study.blocks.set([1, 0, 1, 1], 4);
    settle(grid, study, ROOM, never);
    expect(Array.from(grid.places)).toEqual([0, 1, 2, 3]);
  });

  test("leaves out tasks that have no place in it", () => {
    const grid = settled(told([0, 0, 0, 1, -1, -1, 1, 0, 1, 1], 2));
    expect(grid.placed).toBe(4);
    expect(grid.cells[2]).toBe(-2);
  });

  test("is taken in by portions, and comes out the same", () => {
    const study = told(product(100, 150), 2);
    const grid = newGrid(2);
    let portions = 1;
    while (!settle(grid, study, ROOM, () => true)) portions++;
    expect(portions).toBeGreaterThan(4);
    expect(grid.places).toEqual(settled(study).places);
  });

  test("grows with what is read, without being laid out anew for each piece", () => {
    const grid = newGrid(2);
    const all = product(40, 10);
    let layouts = 0;
    for (let rows = 1; rows <= 40; rows++) {
      const before = grid.laid;
      settle(grid, told(all.slice(0, rows * 20), 2, [], rows === 40), ROOM, never);
      if (grid.laid !== before) layouts++;
    }
    expect(grid.laid).toEqual([40, 10]);
    expect(layouts).toBeLessThan(20);
  });
});
