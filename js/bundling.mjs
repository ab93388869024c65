// What is imported as text: style sheets minified, and scripts with all that they import.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { build, transform } from "esbuild";

const STAND_IN = new URL("./src/interaction/no-transition.ts", import.meta.url).pathname;

// d3-zoom brings 25 kB for transitions, and none is ever started.
export const alias = { "d3-transition": STAND_IN, "d3-interpolate": STAND_IN };

/** The global that holds what the script exports. */
const EXPORTS = "exported";

/** A script and its imports as one, for a worker that is no module: pages opened as files may have no other. */
export async function scriptText(path) {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    format: "iife",
    globalName: EXPORTS,
    target: "es2022",
    minify: true,
    charset: "utf8",
    legalComments: "none",
    write: false,
  });
  return outputFiles[0].text;
}

export const texts = {
  name: "texts",
  setup(builder) {
    builder.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
    builder.onResolve({ filter: /\?text$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?text$/, "")),
      namespace: "script-text",
    }));
    builder.onLoad({ filter: /.*/, namespace: "script-text" }, async ({ path }) => ({
      contents: await scriptText(path),
      loader: "text",
      watchFiles: [path],
    }));
  },
};
