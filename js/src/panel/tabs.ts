/** The tabs of the panel, from left to right. */
import { chunks } from "./chunks.ts";
import { errors } from "./errors.ts";
import { overview } from "./overview.ts";
import type { Tab } from "./tab.ts";
import { tasks } from "./tasks/tasks.ts";
import { timeline } from "./timeline.ts";
import { workers } from "./workers.ts";

export const TABS: readonly Tab[] = [overview, tasks, chunks, workers, timeline, errors];
