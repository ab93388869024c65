/** The panel's part of the style sheet. */
import panel from "./panel.css";
import tasks from "./tasks/tasks.css";

export const panelStyle = [panel, tasks].join("\n");
