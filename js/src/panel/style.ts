/** The panel's part of the style sheet. */
import charts from "./charts.css";
import panel from "./panel.css";
import tasks from "./tasks/tasks.css";

export const panelStyle = [panel, charts, tasks].join("\n");
