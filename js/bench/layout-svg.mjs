/** Draw a sample graph's layout as SVG: node bench/layout-svg.mjs real50 > picture.svg */
import { loadGraph, loadModule, OPTIONS } from "./layout-load.mjs";

const escaped = (text) => text.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
const round = (value) => Math.round(value * 10) / 10;

export function svg(layout, labels = new Map()) {
  const margin = 30;
  const path = ({ points: [start, ...rest] }) =>
    `M${round(start.x)} ${round(start.y)}C${rest.map(({ x, y }) => `${round(x)} ${round(y)}`).join(" ")}`;
  const edges = layout.routes.map(
    (route) =>
      `<path d="${path(route)}" fill="none" stroke="${route.reversed ? "#c60" : "#89a"}" marker-end="url(#a)"/>`,
  );
  const cards = [...layout.boxes].map(([id, { x, y, width, height }]) => {
    const [left, top] = [round(x - width / 2), round(y - height / 2)];
    return (
      `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="5" fill="#fff" stroke="#567"/>` +
      `<text x="${left + 8}" y="${top + 17}">${escaped(labels.get(id) ?? String(id))}</text>` +
      `<rect x="${left + 8}" y="${top + height - 13}" width="${Math.max(0, width - 16)}" height="5" rx="2.5" fill="#4a9"/>`
    );
  });
  const [width, height] = [layout.width + 2 * margin, layout.height + 2 * margin].map(Math.ceil);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" font-family="sans-serif" font-size="11">` +
    `<defs><marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 1L8 4L0 7z" fill="#89a"/></marker></defs>` +
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="#f7f8f9"/>${edges.join("")}${cards.join("")}</svg>`
  );
}

if (process.argv[1]?.endsWith("layout-svg.mjs")) {
  const { layout } = await loadModule("../src/layout/index.ts");
  const graph = loadGraph(process.argv[2] ?? "real50");
  const labels = new Map(graph.nodes.map(({ id, label }) => [id, label]));
  process.stdout.write(svg(layout(graph, OPTIONS), labels));
}
