/** What the layout's benchmarks share: the bundled module, the sample graphs and measures of a picture. */
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
    await build({ entryPoints: [here(path)], outfile, bundle: true, format: "esm", target: "es2022" });
    return await import(pathToFileURL(outfile));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A sample graph by name ("real50") or file. Ids are the positions in the file. */
export function loadGraph(name) {
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

/** A curve as straight pieces. */
export function polyline(points, pieces = 8) {
  const line = [points[0]];
  for (let i = 0; i + 3 < points.length; i += 3) {
    const [a, b, c, d] = points.slice(i, i + 4);
    const straight = a.y === d.y && b.y === a.y && c.y === a.y;
    for (let step = 1; step <= (straight ? 1 : pieces); step++) {
      const t = straight ? 1 : step / pieces;
      const u = 1 - t;
      const mix = (k) => u * u * u * a[k] + 3 * u * u * t * b[k] + 3 * u * t * t * c[k] + t * t * t * d[k];
      line.push({ x: mix("x"), y: mix("y") });
    }
  }
  return line;
}

/** Pairs of pieces of different edges without a common end that properly cross, by a sweep over x. */
export function drawnCrossings(lines) {
  const pieces = lines.flatMap(({ source, target, line }, edge) =>
    line.slice(1).map((b, i) => {
      const a = line[i];
      const [p, q] = a.x <= b.x ? [a, b] : [b, a];
      return { edge, source, target, p, q, low: Math.min(p.y, q.y), high: Math.max(p.y, q.y) };
    }),
  );
  pieces.sort((a, b) => a.p.x - b.p.x);
  const side = (p, q, r) => Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  const found = new Set();
  let active = [];
  let total = 0;
  for (const a of pieces) {
    active = active.filter((b) => b.q.x >= a.p.x);
    for (const b of active) {
      if (a.edge === b.edge || a.high < b.low || b.high < a.low) continue;
      if (a.source === b.source || a.target === b.target || a.source === b.target || a.target === b.source)
        continue;
      if (side(a.p, a.q, b.p) * side(a.p, a.q, b.q) >= 0 || side(b.p, b.q, a.p) * side(b.p, b.q, a.q) >= 0)
        continue;
      const key = `${Math.round(a.p.x)} ${Math.min(a.edge, b.edge)} ${Math.max(a.edge, b.edge)}`;
      if (found.has(key)) continue;
      found.add(key);
      total++;
    }
    active.push(a);
  }
  return total;
}

export const linesOf = (layout) =>
  layout.routes.map(({ source, target, points }) => ({ source, target, line: polyline(points) }));

/** Mean distance that the boxes of both layouts moved, as a share of the first one's diagonal. */
export function meanMove(before, after) {
  const diagonal = Math.hypot(before.width, before.height) || 1;
  let sum = 0;
  let count = 0;
  for (const [id, a] of before.boxes) {
    const b = after.boxes.get(id);
    if (!b) continue;
    sum += Math.hypot(a.x - b.x, a.y - b.y);
    count++;
  }
  return count ? sum / count / diagonal : 0;
}
