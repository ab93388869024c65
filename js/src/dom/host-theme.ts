/** The theme of the page around us: JupyterLab's, VS Code's, another page's, else the system's. */
import type { ThemeName } from "../theme.ts";
import { FORCED_COLOURS } from "./ink.ts";

const WATCHED = [
  "data-jp-theme-light",
  "data-jp-theme-name",
  "data-vscode-theme-kind",
  "data-theme",
  "class",
];

export function hostTheme(): ThemeName {
  const { body, documentElement } = document;
  const jupyter = body.dataset.jpThemeLight;
  if (jupyter !== undefined) return jupyter === "false" ? "dark" : "light";
  const code = body.dataset.vscodeThemeKind ?? "";
  if (code) return /dark|high-contrast$/.test(code) ? "dark" : "light";
  for (const { classList, dataset } of [body, documentElement]) {
    if (classList.contains("dark") || dataset.theme === "dark") return "dark";
    if (classList.contains("light") || dataset.theme === "light") return "light";
  }
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

export function watchHostTheme(onChange: () => void): () => void {
  const ended = new AbortController();
  const attributes = new MutationObserver(onChange);
  for (const target of [document.body, document.documentElement]) {
    attributes.observe(target, { attributes: true, attributeFilter: WATCHED });
  }
  for (const query of ["(prefers-color-scheme: dark)", FORCED_COLOURS]) {
    matchMedia(query).addEventListener("change", onChange, { signal: ended.signal });
  }
  return () => {
    attributes.disconnect();
    ended.abort();
  };
}
