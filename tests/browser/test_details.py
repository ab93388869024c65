"""The drill-down where people use it: opened while the cell blocks, in JupyterLab and Notebook 7."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from .test_widget import FAILING, Widget, show

STRAGGLING = """
def crawl(n):
    time.sleep(30 if n == 7 else 0.2)
    return n

def fail(n):
    raise ValueError(f"no good: {n}")

failures = client.map(fail, range(3), key="failing", retries=0)
crawling = client.map(crawl, range(40), key="crawling")
distributed.wait(crawling, timeout=25, return_when="FIRST_COMPLETED")
end = time.time() + 12
while time.time() < end:
    time.sleep(0.05)
client.cancel(crawling)
"""


class Panel:
    """The open panel of a widget."""

    def __init__(self, widget: Widget) -> None:
        self.widget = widget
        self.root: Locator = widget.root.locator(".tgw-panel")

    def tab(self, name: str) -> None:
        self.root.get_by_role("tab", name=name).click()

    def expect(self, text: str | re.Pattern[str], *, seconds: float = 10) -> None:
        expect(self.root).to_contain_text(text, timeout=1000 * seconds)


def select(widget: Widget, name: str) -> Panel:
    """With the keyboard alone: search, Enter, and Enter again to open."""
    page = widget.lab.page
    widget.focus()
    page.keyboard.press("/")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    panel = Panel(widget)
    expect(panel.root).to_be_visible()
    return panel


FILLING = """
def slow(block):
    time.sleep(0.15)
    return block

grid = da.ones((600, 800), chunks=(100, 100)).map_blocks(slow, name="filling-0").persist()
distributed.wait(grid);
"""


@pytest.mark.parametrize("application", ["lab", "notebooks"])
def test_a_panel_answers_while_the_cell_blocks(open_notebook, application):
    lab = open_notebook(application=application)
    widget = show(lab)
    cell = lab.run_async(STRAGGLING)
    widget.expect_group(re.compile(r"crawling"))
    panel = select(widget, "crawling")
    panel.tab("Tasks")
    row = panel.root.get_by_role("row").filter(has_text="processing").first
    expect(row).to_contain_text(re.compile(r"-[0-9a-f]{6}"))
    lab.screenshot(f"{application}-panel-tasks")
    panel.tab("Timeline")
    panel.expect(re.compile(r"1 running for longer than"))
    lab.screenshot(f"{application}-panel-timeline")
    panel = select(widget, "failing")
    panel.tab("Errors")
    panel.expect("no good: 1")
    panel.expect("in fail")
    lab.screenshot(f"{application}-panel-errors")
    assert cell.running
    lab.page.keyboard.press("Escape")
    expect(panel.root).to_be_hidden()
    cell.wait()


def test_a_grid_fills_while_the_cell_blocks(lab):
    widget = show(lab)
    cell = lab.run_async(FILLING)
    widget.expect_group(re.compile(r"filling"))
    panel = select(widget, "filling")
    panel.tab("Chunks")
    panel.expect("6 × 8")
    lab.screenshot("lab-panel-chunks")
    assert cell.running
    cell.wait()


def test_where_the_kernel_hears_nothing_while_a_cell_runs_the_panel_shows_what_was_pushed(
    open_notebook, kernels
):
    lab = open_notebook(kernel=kernels.ipykernel("6.31.0"))
    widget = show(lab)
    lab.run(FAILING)
    cell = lab.run_async(STRAGGLING)
    widget.expect_group(re.compile(r"crawling"))
    panel = select(widget, "crawling")
    panel.expect("The kernel is busy")
    panel.expect("Longest running")
    panel.expect(re.compile(r"crawling-[0-9a-f]"))
    lab.screenshot("lab-panel-busy")
    panel = select(widget, "failing")
    panel.tab("Errors")
    panel.expect("no good")
    assert cell.running
    cell.wait()
    panel = select(widget, "parse")
    panel.tab("Tasks")
    expect(panel.root.get_by_role("row").filter(has_text="erred")).to_have_count(1)
    panel.expect(re.compile(r"parse-[0-9a-f]|…-[0-9a-f]"))
