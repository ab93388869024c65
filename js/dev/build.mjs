// Writes the development page to ../out/dev/index.html; open it as a file.
import { mkdir, writeFile } from "node:fs/promises";
import { build } from "esbuild";
import { alias, texts } from "../bundling.mjs";

const { outputFiles } = await build({
  entryPoints: ["dev/page.mjs"],
  bundle: true,
  format: "iife",
  target: "es2022",
  alias,
  plugins: [texts],
  write: false,
});
const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
await mkdir("../out/dev", { recursive: true });
await writeFile(
  "../out/dev/index.html",
  `<!doctype html><meta charset="utf-8"><title>tgwidget</title><style>body{margin:12px}</style><div id="cell"></div><script>${script}</script>\n`,
);
