"""The notebooks that people open first run to their end, and look as the README shows them."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import expect

from .test_widget import Widget

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_the_quickstart_notebook_runs_and_its_picture_moves_in_every_cell(open_notebook, server):
    shutil.copy(EXAMPLES / "quickstart.ipynb", server.root / "quickstart.ipynb")
    lab = open_notebook(path="quickstart.ipynb")
    lab.command("application:toggle-left-area")
    start, picture, array, rechunk, functions, futures, again, read, details = lab.drive(
        "codeCells", lab.path
    )
    lab.start(start).wait()
    lab.start(picture).wait()
    widget = Widget(lab)
    widget.expect("No task groups yet")

    cell = lab.start(array)
    widget.wait_done_above(100)
    widget.bring_up()
    assert cell.running
    lab.screenshot("quickstart-running-light")
    lab.screenshot("widget-running-light", ".tgw-root")
    cell.wait()

    lab.theme("JupyterLab Dark")
    try:
        cell = lab.start(rechunk)
        widget.expect("processing")
        widget.bring_up()
        lab.screenshot("quickstart-running-dark")
        cell.wait()
    finally:
        lab.theme("JupyterLab Light")

    lab.start(functions).wait()
    lab.start(futures).wait()
    widget.expect_group("parse: 239 of 240")
    widget.bring_up()
    lab.screenshot("quickstart-failed-light")
    lab.start(again).wait()
    lab.start(read).wait()
    widget.bring_up()
    panel = widget.root.locator(".tgw-panel")
    panel.get_by_role("tab", name="Errors").click()
    expect(panel).to_contain_text("cannot parse record 13: <empty>")
    lab.screenshot("quickstart-finished-light")
    lab.start(details).wait()
    assert "cannot parse record 13" in str(lab.drive("outputs", lab.path, details))
    lab.run("w.close(); client.close(); cluster.close()")
