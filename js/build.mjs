import { context } from "esbuild";
import { alias, texts } from "./bundling.mjs";

const options = {
  entryPoints: { widget: "src/hosts/widget.ts" },
  outdir: "../tgwidget/static",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  alias,
  plugins: [texts],
  logLevel: "info",
};

const build = await context(options);
if (process.argv.includes("--watch")) {
  await build.watch();
} else {
  await build.rebuild();
  await build.dispose();
}
