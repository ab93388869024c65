import { readFile, writeFile } from "node:fs/promises";
import { context } from "esbuild";
import { alias, shrunk, texts } from "./bundling.mjs";

const BUNDLE = "../tgwidget/static/widget.js";

const options = {
  entryPoints: ["src/hosts/widget.ts"],
  outfile: BUNDLE,
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
  await writeFile(BUNDLE, await shrunk(await readFile(BUNDLE, "utf8"), true));
}
