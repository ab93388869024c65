import { defineConfig } from "vitest/config";
import { scriptText } from "./bundling.mjs";

const SUFFIX = ".ts?text";

export default defineConfig({
  plugins: [
    {
      name: "script-text",
      enforce: "pre",
      async load(id) {
        if (!id.endsWith(SUFFIX)) return undefined;
        return `export default ${JSON.stringify(await scriptText(id.replace(/\?text$/, "")))}`;
      },
    },
  ],
});
