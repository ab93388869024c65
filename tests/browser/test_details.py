"""The drill-down where people use it: opened while the cell blocks, in JupyterLab and Notebook 7."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from .test_widget import Widget, show

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


TABS = ["Overview", "Tasks", "Chunks", "Workers", "Timeline", "Errors"]


@pytest.mark.parametrize("application", ["lab", "notebooks"])
def test_a_panel_opens_on_a_running_group_while_the_cell_blocks(open_notebook, application):
    lab = open_notebook(application=application)
    widget = show(lab)
    cell = lab.run_async(STRAGGLING)
    widget.expect_group(re.compile(r"crawling"))
    panel = select(widget, "crawling")
    panel.expect("crawling")
    for name in TABS:
        panel.tab(name)
        lab.page.wait_for_timeout(900)
        lab.screenshot(f"{application}-panel-{name.lower()}")
    assert cell.running
    cell.wait()
