import { expect, test } from "vitest";
import { framesOf, ownFrames } from "../../src/panel/traceback.ts";

const LIBRARY = '  File "/env/lib/python3.12/site-packages/dask/core.py", line 3, in call\n    return f()';
const MINE = '  File "/home/ada/load.py", line 41, in read\n    return decode(chunk)';
const CELL = '  File "<ipython-input-3>", line 1, in inc';

test("a traceback falls into frames, of which some are the user's", () => {
  const frames = framesOf([LIBRARY, MINE, CELL].join("\n"));
  expect(frames).toEqual([
    { text: LIBRARY, isLibrary: true },
    { text: MINE, isLibrary: false },
    { text: CELL, isLibrary: false },
  ]);
  expect(ownFrames(frames).map(({ text }) => text)).toEqual([MINE, CELL]);
});

test("nothing is told apart where all frames are of one kind", () => {
  expect(ownFrames(framesOf(LIBRARY))).toEqual([]);
  expect(ownFrames(framesOf(MINE))).toEqual([]);
  expect(framesOf("")).toEqual([]);
});

test.each([
  "/usr/lib/python3.9/threading.py",
  "C:\\env\\Lib\\site-packages\\numpy\\core.py",
  "/src/distributed/worker.py",
  "<frozen importlib._bootstrap>",
  "/usr/lib/python3/dist-packages/yaml.py",
  "/opt/concurrent/futures/thread.py",
])("%s is a library's", (file) => {
  expect(framesOf(`  File "${file}", line 1, in f`)[0]?.isLibrary).toBe(true);
});
