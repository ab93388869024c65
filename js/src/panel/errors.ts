/** The tab of what failed: each kind of failure once. */
import { refill } from "../dom/bar.ts";
import { element } from "../dom/element.ts";
import { count } from "../format.ts";
import { texts } from "../texts.ts";
import type { StudyError, TaskError } from "../wire.ts";
import { failure } from "./failure.ts";
import { addressOf } from "./lookup.ts";
import type { Tab, TabHost, TabState, TabView } from "./tab.ts";

const words = texts.panel.errors;

/** From the study once it has some; before, those that came by themselves. */
export function errorsOf({ group, study }: Pick<TabState, "group" | "study">): {
  readonly errors: readonly StudyError[];
  readonly more: number;
} {
  const errors = study.errors.length > 0 || study.complete ? study.errors : group.errors;
  return { errors: [...errors].sort((a, b) => b.count - a.count), more: study.errorsMore };
}

const identityOf = ({ exception, key }: TaskError): string => `${key}\n${exception}`;

function mount(host: TabHost): TabView {
  const root = element("div", { class: "tgw-failures" });
  const fill = refill(root);
  /** Texts that were cut, whole. */
  const whole = new Map<string, TaskError>();
  let now: TabState | null = null;

  async function openTask({ key, group }: TaskError) {
    if (!now) return;
    const { mirror, study } = now;
    const other = [...mirror.groups.values()].find(({ name }) => name === group);
    if (other && other.id !== now.group.id) return host.openGroup(other.id);
    const address = await addressOf(key, study.generation, host);
    if (address) host.openTask(address);
  }

  async function showAll(error: StudyError) {
    if (!now) return;
    const address = await addressOf(error.key, now.study.generation, host);
    const answer = address && (await host.ask("error", address));
    if (answer?.type !== "told") return;
    whole.set(identityOf(error), answer.told);
    host.refresh();
  }

  return {
    element: root,
    update(state) {
      now = state;
      const { errors, more } = errorsOf(state);
      const shown = errors.map((error) => whole.get(identityOf(error)) ?? error);
      const canAsk = state.study.generation >= 0;
      fill([shown, errors.map((error) => error.count), more, canAsk], () => {
        if (errors.length === 0) return [element("p", { class: "tgw-note" }, words.none)];
        const list = errors.map((error, at) =>
          failure(shown[at] ?? error, error.count, {
            copy: host.copy,
            onTask: canAsk ? () => void openTask(error) : undefined,
            onAll: canAsk && error.group === state.group.name ? () => void showAll(error) : undefined,
          }),
        );
        return more > 0 ? [...list, element("p", { class: "tgw-note" }, words.more(count(more)))] : list;
      });
    },
    dispose() {},
  };
}

export const errors: Tab = { id: "errors", label: texts.panel.tabs.errors, columns: ["state"], mount };
