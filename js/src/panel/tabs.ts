/** The tabs of the panel, from left to right. */
import { errors } from "./errors.ts";
import { overview } from "./overview.ts";
import type { Tab } from "./tab.ts";
import { tasks } from "./tasks/tasks.ts";

export const TABS: readonly Tab[] = [overview, tasks, errors];
