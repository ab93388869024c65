"""The widget where people use it: a real cluster, a real kernel, a real JupyterLab and Notebook 7."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

CLUSTER = """
import time, distributed, dask, dask.array as da, tgwidget
from distributed import Client, LocalCluster
cluster = LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=":0")
client = Client(cluster)
w = tgwidget.TaskGroupWidget(client)
"""
SLOW_ARRAY = """
def slow(block):
    time.sleep(0.25)
    return block

x = da.random.random((800, 800), chunks=(100, 100)).map_blocks(slow)
float((x + x.T - x.mean(axis=0)).sum().compute())
"""
SHORT = """
def double(n):
    return 2 * n

futures = client.map(double, range(20))
distributed.wait(futures);
"""
FAILING = """
def parse(n):
    if n == 3:
        raise ValueError("cannot parse <b>3</b>")
    return n

failing = client.map(parse, range(10))
distributed.wait(failing);
"""


class Widget:
    """The first view of a widget on the page."""

    def __init__(self, lab, position: int = 0) -> None:
        self.lab = lab
        self.root = lab.page.locator(".tgw-root").nth(position)

    @property
    def done(self) -> int:
        """Tasks done, as the summary line says."""
        text = self.root.locator(".tgw-line").first.inner_text()
        found = re.search(r"([\d,]+)/[\d,]+\s*tasks", text)
        return int(found[1].replace(",", "")) if found else 0

    def focus(self) -> None:
        """Click where there is no card; JupyterLab moves the focus about for a while after a cell has run."""
        canvas = self.root.locator(".tgw-canvas")
        canvas.click(position={"x": 5, "y": 5})
        expect(canvas).to_be_focused()

    def bring_up(self) -> None:
        """Scroll it to the top of the page, for a picture."""
        self.root.evaluate("root => root.scrollIntoView({ block: 'start' })")
        self.lab.page.wait_for_timeout(500)

    def expect(self, text: str | re.Pattern[str], *, seconds: float = 20) -> None:
        expect(self.root).to_contain_text(text, timeout=1000 * seconds)

    def expect_group(self, sentence: str | re.Pattern[str]) -> None:
        self.root.scroll_into_view_if_needed()
        expect(self.root.locator("li").filter(has_text=sentence)).to_have_count(1)

    def wait_done_above(self, number: int) -> int:
        for _ in range(100):
            if self.done > number:
                return self.done
            self.lab.page.wait_for_timeout(100)
        raise AssertionError(f"{self.done} tasks done, no more than {number}")


def show(lab) -> Widget:
    lab.run(CLUSTER, "w")
    expect(lab.page.locator(".tgw-root")).to_be_visible()
    return Widget(lab)


@pytest.mark.parametrize("application", ["lab", "notebooks"])
def test_the_picture_moves_while_the_cell_blocks(open_notebook, application):
    lab = open_notebook(application=application)
    widget = show(lab)
    widget.expect("No task groups yet")
    lab.screenshot(f"{application}-empty-light")
    cell = lab.run_async(SLOW_ARRAY)
    first = widget.wait_done_above(0)
    second = widget.wait_done_above(first)
    lab.screenshot(f"{application}-running-light")
    widget.wait_done_above(second)
    assert cell.running
    cell.wait()
    widget.expect("Finished")
    widget.expect("10 of 10 groups")
    lab.screenshot(f"{application}-finished-light")


def test_it_moves_when_the_widget_and_the_computation_share_one_cell(lab):
    cell = lab.run_async(CLUSTER + "display(w)\n" + SLOW_ARRAY)
    expect(lab.page.locator(".tgw-root")).to_be_visible(timeout=40_000)
    first = Widget(lab).wait_done_above(0)
    Widget(lab).wait_done_above(first)
    assert cell.running
    cell.wait()


@pytest.mark.parametrize("version", ["6.31.0", "7.0.1"])
def test_it_moves_with_other_ipykernels(open_notebook, kernels, version):
    lab = open_notebook(kernel=kernels.ipykernel(version))
    widget = show(lab)
    assert lab.run("import ipykernel; ipykernel.__version__")[-1]["data"]["text/plain"] == repr(version)
    cell = lab.run_async(SLOW_ARRAY)
    widget.wait_done_above(widget.wait_done_above(0))
    assert cell.running
    cell.wait()


def test_a_late_view_a_second_view_and_a_reloaded_page_show_everything(lab):
    lab.run(CLUSTER, SHORT)
    lab.run("w", "w")
    for position in (0, 1):
        Widget(lab, position).expect_group(re.compile(r"double.*20 of 20"))
    lab.reload()
    expect(lab.page.locator(".tgw-root")).to_have_count(2)
    for position in (0, 1):
        Widget(lab, position).expect_group(re.compile(r"double.*20 of 20"))


def test_a_page_that_comes_while_the_cell_blocks_follows_when_the_cell_ends(lab):
    show(lab)
    lab.save()
    cell = lab.run_async(SLOW_ARRAY)
    Widget(lab).wait_done_above(0)
    lab.page.reload(wait_until="commit")
    lab.wait_open()
    expect(lab.page.locator(".tgw-root")).to_be_visible(timeout=40_000)
    Widget(lab).expect("10 of 10 groups", seconds=40)
    assert cell is not None


def test_the_selection_is_the_same_in_the_picture_and_in_python(lab):
    widget = show(lab)
    lab.run(SHORT)
    widget.expect_group(re.compile("double"))
    widget.focus()
    lab.page.keyboard.press("ArrowRight")
    lab.page.keyboard.press("Enter")
    assert lab.run("time.sleep(0.5)", "w.selected")[-1]["data"]["text/plain"] == "['double']"
    widget.focus()
    lab.page.keyboard.press("Escape")
    assert lab.run("time.sleep(0.5)", "w.selected")[-1]["data"]["text/plain"] == "[]"


def test_failures_are_named_and_their_text_is_only_text(lab):
    widget = show(lab)
    lab.run(FAILING)
    widget.expect("Finished with errors")
    widget.expect_group(re.compile(r"parse: 9 of 10.*1.*erred"))
    lab.screenshot("lab-failed-light")


def test_names_from_the_scheduler_are_only_text(lab):
    widget = show(lab)
    lab.run('f = client.submit(abs, -1, key=("<img src=x onerror=window.pwned=1>", 0)); distributed.wait(f)')
    widget.expect_group(re.compile("<img src=x"))
    widget.focus()
    lab.page.keyboard.press("ArrowRight")
    expect(widget.root.locator(".tgw-hover")).to_contain_text("<img src=x")
    assert lab.page.evaluate("window.pwned") is None


@pytest.fixture
def dark(lab):
    """JupyterLab in the dark; the setting is the server's, and goes back."""
    lab.theme("JupyterLab Dark")
    yield lab
    lab.theme("JupyterLab Light")


def test_it_follows_the_theme_of_jupyterlab(lab):
    widget = show(lab)
    lab.run(SHORT)
    light = widget.root.locator(".tgw-canvas").screenshot()
    lab.theme("JupyterLab Dark")
    expect(widget.root).to_have_class(re.compile("tgw-dark"))
    for _ in range(50):
        lab.page.wait_for_timeout(200)
        if widget.root.locator(".tgw-canvas").screenshot() != light:
            break
    else:
        raise AssertionError("the picture is as light as before")
    lab.theme("JupyterLab Light")
    expect(widget.root).not_to_have_class(re.compile("tgw-dark"))


def test_closing_the_widget_takes_its_picture_and_its_probe_away(lab):
    widget = show(lab)
    lab.run(SHORT)
    widget.expect_group(re.compile("double"))
    lab.run("w.close()", "time.sleep(1)")
    expect(lab.page.locator(".tgw-root")).to_have_count(0)
    left = "[name for name in [*cluster.scheduler.handlers, *cluster.scheduler.plugins] if 'tgwidget' in str(name)]"
    assert lab.run(left)[-1]["data"]["text/plain"] == "[]"


def test_closing_the_client_says_so_and_keeps_the_picture(lab):
    widget = show(lab)
    lab.run(SHORT)
    widget.expect_group(re.compile(r"double.*20 of 20"))
    lab.run("client.close()")
    widget.expect("The client is closed")
    widget.expect_group(re.compile(r"double"))
    assert lab.run("w.status")[-1]["data"]["text/plain"] == "'closed'"


def test_a_dead_scheduler_is_shown_as_lost_and_keeps_the_picture(lab):
    widget = show(lab)
    lab.run(SHORT)
    widget.expect_group(re.compile(r"double.*20 of 20"))
    lab.run("cluster.close()")
    widget.expect(re.compile("lost|closed"))
    widget.expect_group(re.compile("double"))
    lab.screenshot("lab-lost-light")


def test_a_restarted_kernel_leaves_the_last_picture_with_a_sentence(lab):
    widget = show(lab)
    lab.run(SHORT)
    widget.expect_group(re.compile(r"double.*20 of 20"))
    lab.restart_kernel()
    widget.expect(re.compile("Run the cell again"))


def test_it_reads_in_the_dark_and_in_a_narrow_page(dark):
    lab = dark
    widget = show(lab)
    cell = lab.run_async(SLOW_ARRAY)
    widget.wait_done_above(widget.wait_done_above(20))
    lab.screenshot("lab-running-dark")
    lab.screenshot("widget-running-dark", ".tgw-root")
    lab.page.set_viewport_size({"width": 560, "height": 900})
    lab.command("application:toggle-left-area")
    widget.wait_done_above(widget.done)
    lab.screenshot("lab-running-narrow-dark")
    overflow = widget.root.evaluate("root => root.scrollWidth - root.clientWidth")
    assert overflow <= 0
    cell.wait()


def test_jupyterlabs_shortcuts_do_not_reach_the_cell_through_the_picture(lab):
    widget = show(lab)
    cells = len(lab.drive("cells", lab.path))
    widget.focus()
    for _ in range(2):
        lab.page.keyboard.press("d")
    widget.root.locator(".tgw-tools button").first.focus()
    for _ in range(2):
        lab.page.keyboard.press("d")
    assert len(lab.drive("cells", lab.path)) == cells


def test_a_hidden_picture_draws_when_it_is_shown_again(lab):
    widget = show(lab)
    lab.page.evaluate("document.querySelector('.tgw-root').parentElement.style.display = 'none'")
    lab.run(SHORT)
    lab.page.evaluate("document.querySelector('.tgw-root').parentElement.style.display = ''")
    widget.expect_group(re.compile(r"double.*20 of 20"))
    lab.page.wait_for_timeout(500)
    inked = lab.page.evaluate(
        """() => {
          const canvas = document.querySelector(".tgw-root canvas");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return new Set(new Uint32Array(data.buffer)).size;
        }"""
    )
    assert inked > 5


def test_a_widget_that_no_page_shows_is_sent_nothing_until_one_does(lab):
    lab.run(CLUSTER, "w2 = tgwidget.TaskGroupWidget(client)")
    shown = lab.run_async("w2")
    shown.wait()
    Widget(lab).expect("No task groups yet")
    lab.run("w2._stream.call(lambda: None)", "time.sleep(0.5)")
    lab.drive("clear", lab.path, shown.id)
    expect(lab.page.locator(".tgw-root")).to_have_count(0)
    assert lab.run("time.sleep(1)", "len(w2._pages)")[-1]["data"]["text/plain"] == "0"
    lab.run(SHORT)
    assert lab.run("time.sleep(1)", "w2._has_news()")[-1]["data"]["text/plain"] == "False"
    lab.run("w2")
    Widget(lab).expect_group(re.compile(r"double.*20 of 20"))


def test_a_run_that_was_cancelled_is_not_called_finished(lab):
    widget = show(lab)
    lab.run(
        "many = client.map(time.sleep, [0.5] * 40, pure=False)",
        "time.sleep(1.5)",
        "client.cancel(many); del many",
    )
    widget.expect("Ended, not all done")


def test_a_compute_that_fails_is_called_failed(lab):
    widget = show(lab)
    lab.run(
        "def fail(): raise ValueError('no')",
        "try:\n    dask.delayed(fail)().compute()\nexcept ValueError as error:\n    print('as expected')",
    )
    widget.expect("Finished with errors")


def test_two_hundred_widgets_in_one_notebook(lab):
    lab.run(CLUSTER)
    lab.run(
        "import ipywidgets\n"
        "many = [tgwidget.TaskGroupWidget(client, height=120) for _ in range(200)]\n"
        "ipywidgets.VBox(many[:40])",
        timeout=90,
    )
    expect(lab.page.locator(".tgw-root")).to_have_count(40, timeout=60_000)
    lab.run(SHORT)
    for position in (0, 39):
        Widget(lab, position).expect_group(re.compile(r"double.*20 of 20"))
    handlers = "[op for op in cluster.scheduler.handlers if 'tgwidget' in op]"
    assert len(eval(lab.run(handlers)[-1]["data"]["text/plain"])) == 1
    lab.run("for each in [*many, w]: each.close()")
    lab.run("time.sleep(1)")
    assert lab.run(handlers)[-1]["data"]["text/plain"] == "[]"
