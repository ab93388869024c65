import { readFile } from "node:fs/promises";
import { context, transform } from "esbuild";

const minifiedStyle = {
  name: "minified-style",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

const STAND_IN = "./src/interaction/no-transition.ts";

const options = {
  entryPoints: { widget: "src/hosts/widget.ts" },
  outdir: "../tgwidget/static",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  // d3-zoom brings 25 kB for transitions, and none is ever started.
  alias: { "d3-transition": STAND_IN, "d3-interpolate": STAND_IN },
  plugins: [minifiedStyle],
  logLevel: "info",
};

const build = await context(options);
if (process.argv.includes("--watch")) {
  await build.watch();
} else {
  await build.rebuild();
  await build.dispose();
}
