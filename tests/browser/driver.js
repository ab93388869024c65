// Drives notebooks through the application object that `jupyter lab --expose-app-in-browser` publishes; lab.py calls it.
window.notebookDriver = (() => {
  const runs = new Map();

  const find = (path) => {
    for (const widget of window.jupyterapp?.shell.widgets("main") ?? []) {
      if (widget.context?.path === path && widget.content?.model) return widget;
    }
  };

  const panel = (path) => {
    const found = find(path);
    if (!found) throw new Error(`no open notebook ${path}`);
    return found;
  };

  const cell = (path, id) => {
    for (const model of panel(path).content.model.cells) if (model.id === id) return model;
    throw new Error(`no cell ${id} in ${path}`);
  };

  const kernel = (path) => panel(path).sessionContext.session?.kernel;

  return {
    async opened(path) {
      if (!find(path)) return false;
      await panel(path).context.ready;
      await panel(path).revealed;
      return true;
    },
    connected: (path) => Boolean(find(path)) && kernel(path)?.connectionStatus === "connected",
    status: (path) => kernel(path)?.status ?? "none",
    kernelId: (path) => kernel(path)?.id ?? null,
    cells: (path) => [...panel(path).content.model.cells].map((model) => model.id),
    codeCells: (path) =>
      [...panel(path).content.model.cells].filter(({ type }) => type === "code").map((model) => model.id),
    append(path, source) {
      const shared = panel(path).content.model.sharedModel;
      const last = shared.cells.at(-1);
      if (last?.cell_type === "code" && last.getSource() === "") {
        last.setSource(source);
        return last.getId();
      }
      return shared.insertCell(shared.cells.length, { cell_type: "code", source }).getId();
    },
    start(path, id) {
      const { content } = panel(path);
      window.jupyterapp.shell.activateById(panel(path).id);
      content.deselectAll();
      content.activeCellIndex = [...content.model.cells].findIndex((model) => model.id === id);
      runs.set(id, "running");
      window.jupyterapp.commands.execute("notebook:run-cell").then(
        () => runs.set(id, "done"),
        (error) => runs.set(id, `failed: ${error}`),
      );
    },
    run: (id) => runs.get(id) ?? "unknown",
    running: () => [...runs.values()].includes("running"),
    outputs: (path, id) => cell(path, id).outputs.toJSON(),
    clear: (path, id) => cell(path, id).clearExecution(),
    save: (path) => panel(path).context.save(),
    restart: (path) => panel(path).sessionContext.restartKernel(),
    close: (path) => panel(path).dispose(),
    command: (name, options) => window.jupyterapp.commands.execute(name, options).then(() => null),
  };
})();
