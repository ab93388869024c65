// All benchmarks of the front end, one after the other.
import { spawnSync } from "node:child_process";

for (const name of ["layout", "layout-growth", "frames", "extremes", "panel"]) {
  console.log(`\n${name}`);
  const { status } = spawnSync(process.execPath, [new URL(`${name}.mjs`, import.meta.url).pathname], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}
