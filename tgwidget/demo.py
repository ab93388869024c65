"""The demonstration: one notebook, opened in JupyterLab, or run here with its progress as text."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Callable

from dask.utils import format_bytes, format_time

from tgwidget import markup
from tgwidget.models import TaskGroup
from tgwidget.widget import TaskGroupWidget

_HERE = Path(__file__).resolve().parent
_BAR_CELLS = 24


class DemoError(Exception):
    """The demonstration cannot run; the message says why and what to do."""


def notebook_path() -> Path:
    """The quickstart notebook: in the wheel, or beside the package in a source tree."""
    for path in (
        _HERE / "examples" / "quickstart.ipynb",
        _HERE.parent / "examples" / "quickstart.ipynb",
    ):
        if path.exists():
            return path
    raise DemoError("examples/quickstart.ipynb is missing: install tgwidget again")


def code_cells(notebook: Path) -> Iterator[str]:
    """Source of the notebook's code cells."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            yield "".join(cell["source"])


def open_in_lab(directory: Path, *, browser: bool) -> int:
    """Open a copy of the notebook in JupyterLab; returns when that ends, with its exit code."""
    if find_spec("jupyterlab") is None:
        raise DemoError("JupyterLab is not installed here: pip install 'tgwidget[demo]'")
    directory.mkdir(parents=True, exist_ok=True)
    copy = directory / "quickstart.ipynb"
    copy.write_text(notebook_path().read_text(encoding="utf-8"), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.root_dir={directory.resolve()}",
        f"--LabApp.default_url=/lab/tree/{copy.name}",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.call(command)
    return 0


def run_headless(report: Path, echo: Callable[[str], None], *, every_seconds: float = 2.0) -> None:
    """Run the notebook's cells here, print how their groups get on, and write the final table to ``report``."""
    names: dict[str, Any] = {"__name__": "__main__", "display": lambda *_: None}
    ended = threading.Event()
    printer = threading.Thread(target=_print_progress, args=(names, ended, echo, every_seconds))
    printer.start()
    try:
        for number, source in enumerate(code_cells(notebook_path()), 1):
            exec(compile(source, f"<quickstart.ipynb, cell {number}>", "exec"), names)
        widget = _widget_in(names)
        _settle(widget)
        ended.set()
        printer.join()
        for line in final_table(widget.groups):
            echo(line)
        report.parent.mkdir(parents=True, exist_ok=True)
        report.write_text(report_page(widget.groups), encoding="utf-8")
        echo(f"Final state of all groups: {report}")
    finally:
        ended.set()
        printer.join()
        for name in ("w", "client", "cluster"):
            if name in names:
                names[name].close()


def _widget_in(names: Mapping[str, Any]) -> TaskGroupWidget:
    return next(value for value in list(names.values()) if isinstance(value, TaskGroupWidget))


def _settle(widget: TaskGroupWidget, seconds: float = 10.0) -> None:
    """Wait until the mirror says that nothing runs any more."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not all(group.done for group in widget.groups.values()):
        time.sleep(0.1)
    time.sleep(0.5)


def _print_progress(
    names: Mapping[str, Any], ended: threading.Event, echo: Callable[[str], None], seconds: float
) -> None:
    began = time.monotonic()
    shown: dict[str, str] = {}
    while not ended.wait(seconds):
        try:
            groups = _widget_in(names).groups
        except StopIteration:
            continue
        for key, group in groups.items():
            line = progress_line(group)
            if shown.get(key) != line:
                shown[key] = line
                echo(f"{time.monotonic() - began:5.0f} s  {line}")


def progress_line(group: TaskGroup) -> str:
    """One group's progress as a line of text."""
    at = group.progress
    filled = _BAR_CELLS * at.done // at.total if at.total else 0
    notes = [f"{count} {state}" for state, count in group.states.items() if count and state in _NOTED]
    if at.erred:
        notes.append(f"{at.erred} erred")
    if group.gone:
        notes.append("forgotten by the scheduler")
    bar = "█" * filled + "·" * (_BAR_CELLS - filled)
    return f"{group.prefix[:28]:28} {bar} {at.done:>5}/{at.total:<5} {', '.join(notes)}".rstrip()


_NOTED = ("processing", "queued", "waiting", "no-worker")


def _facts(group: TaskGroup) -> list[tuple[str, str]]:
    at = group.progress
    return [
        ("tasks", str(at.total)),
        ("done", str(at.done)),
        ("erred", str(at.erred)),
        ("runs", str(group.runs)),
        ("produced", format_bytes(int(group.nbytes_total))),
        ("time", format_time(group.duration)),
        ("state", "forgotten by the scheduler" if group.gone else "known to the scheduler"),
    ]


def final_table(groups: Mapping[str, TaskGroup]) -> list[str]:
    """The state of every group, as lines of text."""
    rows = [["group", *(label for label, _ in _facts(group))] for group in list(groups.values())[:1]]
    rows += [[key[:44], *(value for _, value in _facts(group))] for key, group in groups.items()]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in rows]


def report_page(groups: Mapping[str, TaskGroup]) -> str:
    """The same table as a page of its own."""
    table = markup.list_table("task group", [(key, _facts(g)) for key, g in groups.items()], len(groups))
    return (
        "<!doctype html><html lang='en'><meta charset='utf-8'><title>tgwidget demo</title>"
        "<meta name='color-scheme' content='light dark'>"
        f"<body style='font:14px system-ui,sans-serif;margin:2em'><h1>Task groups of the demo</h1>{table}</body></html>"
    )
