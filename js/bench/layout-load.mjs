/** What the layout's benchmarks share: bundled modules, the sample graphs and measures of a picture. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const OPTIONS = { aspect: 2.4, rankGap: 56, nodeGap: 16 };

export async function loadModule(path) {
  const folder = mkdtempSync(join(tmpdir(), "layout-"));
  try {
    const outfile = join(folder, "module.mjs");
    await build({
      entryPoints: [here(path)],
      outfile,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "es2022",
    });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const { drawnCrossings, linesOf, meanMove, polyline } = await loadModule("./measures.ts");
const { grown } = await loadModule("../test/layout/families.ts");

/** A sample graph by name ("real50") or file, or one that is made ("grown10000"). Ids are the positions in the file. */
export function loadGraph(name) {
  const made = /^grown(\d+)$/.exec(name);
  if (made) return grown(Number(made[1]));
  const file = name.endsWith(".json") ? name : here(`../../tests/data/graphs/${name}.json`);
  const { nodes, edges } = JSON.parse(readFileSync(file, "utf8"));
  const index = new Map(nodes.map((node, id) => [node.id, id]));
  return {
    nodes: nodes.map(({ w, h, label }, id) => ({ id, width: w, height: h, label })),
    edges: edges.map((edge) => {
      const [source, target] = Array.isArray(edge)
        ? edge
        : [edge.source ?? edge.from, edge.target ?? edge.to];
      return { source: index.get(source), target: index.get(target) };
    }),
  };
}
