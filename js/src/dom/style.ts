/** The style sheet, for a <style> in the view's own root: one in the page's head would not reach into a shadow root. */
import controls from "./controls.css";
import graph from "./graph.css";
import overlays from "./overlays.css";
import root from "./root.css";
import summary from "./summary.css";

export const style = [root, summary, graph, controls, overlays].join("\n");
