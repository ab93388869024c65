/** Everything over the graph that is not the graph: where one is, search, buttons, menu, help. */
import { lensAfter, lensBack } from "../interaction/choices.ts";
import { copyMarkup, copyPicture, copyText, type Outcome } from "../interaction/clipboard.ts";
import type { Command } from "../interaction/commands.ts";
import type { Lens, LensChange } from "../lens.ts";
import type { Picture } from "../picture/index.ts";
import { fullName, type GraphNode } from "../picture/node.ts";
import type { Covered } from "../scene/camera.ts";
import { texts } from "../texts.ts";
import { breadcrumb, trailOf } from "./breadcrumb.ts";
import { element } from "./element.ts";
import { fullscreen } from "./fullscreen.ts";
import { helpSheet } from "./help.ts";
import { searchField } from "./search.ts";
import { toast } from "./toast.ts";
import { tools } from "./tools.ts";
import { viewMenu } from "./view-menu.ts";

export interface ControlsInput {
  readonly lens: Lens;
  readonly picture: Picture;
  /** Nodes that the search has found, and the place of the one that is looked at; -1: none is. */
  readonly matches: number;
  readonly current: number;
}

export interface Controls {
  /** To be put over the graph. */
  readonly elements: readonly HTMLElement[];
  /** What they cover of the graph for longer. */
  readonly covered: Covered;
  update(input: ControlsInput): void;
  /** Carries out a command that is not the graph's own; false when there was nothing to do. */
  run(command: Command): boolean;
  /** A few words over the graph. */
  hint(words: string): void;
  hideHint(): void;
  dispose(): void;
}

interface Options {
  /** Where the keyboard or the selection is at this moment. */
  readonly node: () => GraphNode | null;
  /** What fills the screen when asked to. */
  readonly root: HTMLElement;
  readonly focusGraph: () => void;
  /** One step back in the panel beside the graph; false when there is none to take. */
  readonly leavePanel: () => boolean;
  readonly onLens: (change: LensChange) => void;
  /** A command for the graph or for these controls. */
  readonly run: (command: Command) => void;
  readonly tell: (words: string) => void;
  readonly png: () => Promise<Blob>;
  readonly svg: () => string;
}

const FILE = "tgwidget";
/** The line that tells where one is, with its margins. */
const TRAIL_PX = 42;
const TOOLS_PX = 36;

export function controls(options: Options): Controls {
  const { root, focusGraph, onLens, run, tell, node } = options;
  const bar = tools(run);
  const menu = viewMenu({ opener: bar.menu, onLens, run });
  const help = helpSheet(bar.help);
  const words = toast();
  const trail = breadcrumb(onLens, focusGraph);
  const search = searchField({
    onQuery: (query) => onLens((lens) => ({ ...lens, query })),
    onStep: (step) => run({ type: "match", step }),
    onClose: leaveSearch,
  });
  let covered: Covered = { top: 0, bottom: TOOLS_PX };
  let goesOn = false;
  let focused = false;
  const screen = fullscreen(root, bar.showFullscreen);
  root.classList.toggle("tgw-no-full", !screen.isAvailable);

  function leaveSearch() {
    search.hide();
    onLens((lens) => ({ ...lens, query: "" }));
    focusGraph();
  }

  /** Whether there was anything to change. */
  function changed(change: (lens: Lens) => Lens | null): boolean {
    let any = false;
    onLens((lens) => {
      const next = change(lens);
      any = next !== null;
      return next ?? lens;
    });
    return any;
  }

  function back(): boolean {
    const open = [help, menu].find((sheet) => sheet.isOpen);
    if (open) open.toggle(false);
    else if (search.isOpen) leaveSearch();
    else return options.leavePanel() || changed(lensBack);
    return true;
  }

  async function copy(what: "name" | "png" | "svg") {
    const outcome = await outcomeOf(what);
    if (!outcome) return;
    say(texts.outcomes[outcome]);
  }

  function say(what: string) {
    words.show(what);
    tell(what);
  }

  async function outcomeOf(what: "name" | "png" | "svg"): Promise<Outcome | null> {
    if (what === "png") return copyPicture(options.png(), `${FILE}.png`);
    if (what === "svg") return copyMarkup(options.svg(), "image/svg+xml", `${FILE}.svg`);
    const named = node();
    if (!named) return null;
    return (await copyText(fullName(named))) ? "copied" : "failed";
  }

  return {
    elements: [
      element("div", { class: "tgw-top" }, trail.element, search.element),
      words.element,
      bar.element,
      menu.element,
      help.element,
    ],
    get covered() {
      return covered;
    },
    update({ lens, picture, matches, current }) {
      ({ goesOn } = picture);
      focused = lens.focus !== null;
      const crumbs = trailOf(lens, picture, search.isOpen);
      covered = { top: crumbs.length > 0 || search.isOpen ? TRAIL_PX : 0, bottom: TOOLS_PX };
      trail.update(crumbs);
      search.update({ query: lens.query, matches, current });
      menu.update(lens, node() !== null);
    },
    run(command) {
      switch (command.type) {
        case "search":
          search.open();
          return true;
        case "menu":
          menu.toggle();
          return true;
        case "help":
          help.toggle();
          return true;
        case "fullscreen":
          screen.toggle();
          return true;
        case "copy":
          void copy(command.what);
          return true;
        case "rearrange":
          say(command.back ? texts.arrangedBack : texts.rearranged);
          return true;
        case "back":
          return back();
        default:
          if (changed((lens) => lensAfter(command, lens, node(), goesOn))) return true;
          if (command.type === "widen" && focused) say(texts.trail[command.by > 0 ? "widest" : "narrowest"]);
          return false;
      }
    },
    hint: words.show,
    hideHint: words.hide,
    dispose() {
      menu.dispose();
      help.dispose();
      words.dispose();
      screen.dispose();
    },
  };
}
