"""A notebook open in a browser, with cells to run: JupyterLab and Notebook 7 alike."""

from __future__ import annotations

import os
import re
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from playwright.sync_api import Page

from .server import Server

OUT = Path(__file__).parents[2] / "out"
DRIVER = Path(__file__).with_name("driver.js")
OPEN_SECONDS = 60
CELL_SECONDS = 60
CALL_SECONDS = 20


class CellError(Exception):
    """A cell raised."""


@dataclass(frozen=True)
class Cell:
    """A cell that has been started."""

    lab: Lab
    id: str

    @property
    def running(self) -> bool:
        """The kernel has not replied yet."""
        return bool(self.lab.drive("run", self.id) == "running")

    def wait(self, timeout: float = CELL_SECONDS) -> list[dict[str, Any]]:
        """The outputs, when the cell is over; ``CellError`` with the traceback if it raised."""
        self.lab.page.wait_for_function(
            "id => window.notebookDriver.run(id) !== 'running'", arg=self.id, timeout=timeout * 1000
        )
        state = self.lab.drive("run", self.id)
        outputs = self.outputs
        for output in outputs:
            if output["output_type"] == "error":
                raise CellError(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(output["traceback"])))
        if state != "done":
            raise CellError(state)
        return outputs

    @property
    def outputs(self) -> list[dict[str, Any]]:
        """What the cell shows by now, as nbformat has it."""
        outputs: list[dict[str, Any]] = self.lab.drive("outputs", self.lab.path, self.id)
        return outputs

    @property
    def text(self) -> str:
        """Printed text and the plain text of results by now."""
        parts = (
            output.get("text") or output.get("data", {}).get("text/plain", "") for output in self.outputs
        )
        return "".join("".join(part) for part in parts)


class Lab:
    """One notebook in one tab; ``page`` is Playwright's.

    ``application`` is "lab" or "notebooks" (Notebook 7). Every call has a time-out, also when the page hangs.
    """

    def __init__(self, page: Page, server: Server, path: str, application: str = "lab") -> None:
        self.page = page
        self.server = server
        self.path = path
        # Each tab gets a workspace of its own: Lab opens again what was open in the last one.
        prefix = f"lab/workspaces/{uuid.uuid4().hex}/tree" if application == "lab" else application
        page.add_init_script(path=DRIVER)
        page.goto(f"{server.url}/{prefix}/{path}?token={server.token}", wait_until="commit")
        self.wait_open()

    def drive(self, name: str, *arguments: Any, timeout: float = CALL_SECONDS) -> Any:
        """Call a function of ``driver.js``."""
        # Unlike evaluate, wait_for_function takes a time-out; the wrapping object is always true.
        handle = self.page.wait_for_function(
            "async ([name, ...rest]) => ({ value: await window.notebookDriver[name](...rest) })",
            arg=[name, *arguments],
            timeout=timeout * 1000,
        )
        return handle.json_value().get("value")

    def wait_open(self) -> None:
        """Wait until the notebook is shown and its kernel listens."""
        for name in ("opened", "connected"):
            self.page.wait_for_function(
                "([name, path]) => window.notebookDriver?.[name](path)",
                arg=[name, self.path],
                timeout=OPEN_SECONDS * 1000,
            )

    def run(self, *sources: str, timeout: float = CELL_SECONDS) -> list[dict[str, Any]]:
        """Append cells and run them one after the other; the outputs of the last."""
        outputs: list[dict[str, Any]] = []
        for source in sources:
            outputs = self.run_async(source).wait(timeout)
        return outputs

    def run_async(self, source: str) -> Cell:
        """Append a cell and start it, without waiting."""
        return self.start(self.drive("append", self.path, source))

    def run_all(self, timeout: float = CELL_SECONDS) -> None:
        """Run the cells that the notebook came with."""
        for cell_id in self.drive("codeCells", self.path):
            self.start(cell_id).wait(timeout)

    def start(self, cell_id: str) -> Cell:
        """Start a cell that is there."""
        self.drive("start", self.path, cell_id)
        return Cell(self, cell_id)

    def kernel_busy(self) -> bool:
        """The main thread runs a cell. With subshells the kernel itself may call that "idle"."""
        return bool(self.drive("running")) or self.drive("status", self.path) == "busy"

    def wait_idle(self, timeout: float = CELL_SECONDS) -> None:
        """Wait until no cell runs."""
        self.page.wait_for_function(
            "path => !window.notebookDriver.running() && window.notebookDriver.status(path) === 'idle'",
            arg=self.path,
            timeout=timeout * 1000,
        )

    def restart_kernel(self) -> None:
        """As the menu does, without its question."""
        self.drive("restart", self.path, timeout=OPEN_SECONDS)
        self.wait_idle()

    def save(self) -> nbformat.NotebookNode:
        """Save, and read what is on the disk."""
        self.drive("save", self.path)
        return nbformat.read(self.server.root / self.path, as_version=4)

    def reload(self) -> None:
        """Save and load the page again; the kernel goes on."""
        self.save()
        self.page.reload(wait_until="commit")
        self.wait_open()

    def command(self, name: str, **options: Any) -> None:
        """One of the application's own commands, such as "application:toggle-left-area"."""
        self.drive("command", name, options)

    def theme(self, name: str) -> None:
        """Switch to "JupyterLab Light", "JupyterLab Dark" or another theme that is installed."""
        self.command("apputils:change-theme", theme=name)
        self.page.wait_for_function(
            "name => document.body.dataset.jpThemeName === name", arg=name, timeout=CALL_SECONDS * 1000
        )

    def close(self) -> None:
        """Close the notebook's tab inside the application; its kernel goes on."""
        self.drive("close", self.path)

    def screenshot(self, name: str, selector: str | None = None) -> None:
        """Into out/screenshots, of one element or the page; only when TGWIDGET_SCREENSHOTS is 1."""
        if os.environ.get("TGWIDGET_SCREENSHOTS") == "1":
            target = self.page.locator(selector).first if selector else self.page
            target.screenshot(path=OUT / "screenshots" / f"{name}.png")


def write_notebook(root: Path, sources: list[str], kernel: str = "python3") -> str:
    """A new notebook file with these code cells; its path under ``root``."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources],
        metadata={"kernelspec": {"name": kernel, "display_name": kernel, "language": "python"}},
    )
    path = f"{uuid.uuid4().hex[:8]}.ipynb"
    nbformat.write(notebook, root / path)
    return path
