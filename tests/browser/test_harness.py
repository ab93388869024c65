"""What all browser tests stand on: the harness does what it says, and the hosts still are as they were found to be."""

from __future__ import annotations

import psutil
import pytest
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect

from .lab import CellError
from .server import running

PROBE = '''
import contextvars, threading, time
import anywidget, traitlets

class Probe(anywidget.AnyWidget):
    """Counts the messages that arrive and those that are answered."""
    _model_module_version = _view_module_version = traitlets.Unicode("*").tag(sync=True)
    _esm = """
    export default { render({ model, el }) {
      const [arrived, answered] = [document.createElement("b"), document.createElement("i")];
      arrived.className = "arrived";
      answered.className = "answered";
      arrived.textContent = answered.textContent = "0";
      el.append(arrived, answered);
      model.on("msg:custom", (message) => {
        if (message.type === "answer") answered.textContent = String(Number(answered.textContent) + 1);
        if (message.type !== "tick") return;
        arrived.textContent = String(Number(arrived.textContent) + 1);
        model.send({ type: "question" });
      });
    } };
    """

    def __init__(self):
        super().__init__()
        self.on_msg(lambda widget, content, buffers: self.send({"type": "answer"}))

    def _tick(self):
        for _ in range(30):
            self.send({"type": "tick"})
            time.sleep(0.1)

    def start(self):
        """As a library's thread would, which no cell has started, with the context of its making."""
        threading.Thread(target=contextvars.copy_context().run, args=(self._tick,), daemon=True).start()

probe = Probe()
'''
BLOCKING = "probe.start(); time.sleep(4)"
DELIVERED = "() => Number(document.querySelector('.arrived').textContent) >= 10"
ANSWERED = "() => Number(document.querySelector('.answered').textContent) >= 10"


def show_probe(notebook):
    notebook.run(PROBE, "probe")
    expect(notebook.page.locator(".arrived")).to_have_text("0")


@pytest.mark.parametrize("application", ["lab", "notebooks"])
def test_messages_of_a_thread_arrive_while_a_cell_blocks(open_notebook, application):
    notebook = open_notebook(application=application)
    show_probe(notebook)
    blocking = notebook.run_async(BLOCKING)
    notebook.page.wait_for_function(DELIVERED)
    assert blocking.running
    assert notebook.kernel_busy()
    blocking.wait()
    notebook.wait_idle()
    assert not notebook.kernel_busy()


def test_ipykernel_7_0_delivers_messages_of_a_thread_that_has_a_context(open_notebook, kernels):
    notebook = open_notebook(kernel=kernels.ipykernel("7.0.1"))
    assert notebook.run("import ipykernel; print(ipykernel.__version__)")[0]["text"] == "7.0.1\n"
    show_probe(notebook)
    blocking = notebook.run_async(BLOCKING)
    notebook.page.wait_for_function(DELIVERED)
    assert blocking.running


def test_ipykernel_6_answers_the_page_only_when_the_cell_is_over(open_notebook, kernels):
    notebook = open_notebook(kernel=kernels.ipykernel("6.31.0"))
    show_probe(notebook)
    blocking = notebook.run_async(BLOCKING)
    notebook.page.wait_for_function(DELIVERED)
    expect(notebook.page.locator(".answered")).to_have_text("0")
    assert blocking.running
    blocking.wait()
    notebook.page.wait_for_function(ANSWERED)


def test_a_kernel_with_the_oldest_distributed_shows_a_widget(open_notebook, kernels):
    kernel = kernels.oldest()
    if kernel is None:
        pytest.skip("no Python 3.9 was found")
    notebook = open_notebook(kernel=kernel)
    assert notebook.run("import distributed; print(distributed.__version__)")[0]["text"] == "2021.10.0\n"
    show_probe(notebook)
    notebook.run_async(BLOCKING)
    notebook.page.wait_for_function(DELIVERED)


def test_an_error_in_a_cell_is_an_error_of_the_test(lab):
    with pytest.raises(CellError, match="ZeroDivisionError"):
        lab.run("1 / 0")
    assert lab.run("6 * 7")[0]["data"]["text/plain"] == "42"


def test_cells_that_came_with_the_notebook_run_and_are_saved(open_notebook):
    notebook = open_notebook(["answer = 6 * 7", "print(answer)"])
    notebook.run_all()
    assert notebook.save().cells[1].outputs[0].text == "42\n"


def test_a_reloaded_page_has_its_kernel_and_its_variables(lab):
    lab.run("answer = 42")
    lab.reload()
    assert lab.run("answer")[0]["data"]["text/plain"] == "42"


def test_a_restarted_kernel_has_forgotten_its_variables(lab):
    lab.run("answer = 42")
    lab.restart_kernel()
    with pytest.raises(CellError, match="NameError"):
        lab.run("answer")


def test_two_tabs_show_the_same_widget(open_notebook):
    first = open_notebook()
    show_probe(first)
    first.save()
    second = open_notebook(path=first.path)
    expect(second.page.locator(".arrived")).to_have_text("0")
    first.run("probe.send({'type': 'tick'})")
    for notebook in (first, second):
        expect(notebook.page.locator(".arrived")).to_have_text("1")


def test_the_theme_can_be_switched(lab):
    lab.theme("JupyterLab Dark")
    expect(lab.page.locator("body")).to_have_attribute("data-jp-theme-light", "false")


def test_a_page_that_hangs_does_not_hang_the_test(lab):
    lab.page.evaluate(
        "() => { setTimeout(() => { for (const end = Date.now() + 4000; Date.now() < end; ); }) }"
    )
    with pytest.raises(PlaywrightTimeout):
        lab.drive("status", lab.path, timeout=0.5)


def test_requests_to_the_outside_are_noticed_and_fail(lab, outside_requests, console_errors):
    reached = lab.page.evaluate("() => fetch('https://example.com/x.js').then(() => true, () => false)")
    assert not reached
    assert outside_requests == ["https://example.com/x.js"]
    assert any("ERR_NAME_NOT_RESOLVED" in error for error in console_errors)
    outside_requests.clear()


def test_errors_of_scripts_are_noticed(lab, page_errors):
    with lab.page.expect_event("pageerror"):
        lab.page.evaluate("() => { setTimeout(() => { throw new Error('by the test') }) }")
    assert len(page_errors) == 1
    page_errors.clear()


def test_pictures_are_taken_on_request_only(lab, tmp_path, monkeypatch):
    monkeypatch.setattr("browser.lab.OUT", tmp_path)
    monkeypatch.delenv("TGWIDGET_SCREENSHOTS", raising=False)
    lab.screenshot("notebook")
    assert not any(tmp_path.iterdir())
    monkeypatch.setenv("TGWIDGET_SCREENSHOTS", "1")
    lab.screenshot("notebook")
    assert (tmp_path / "screenshots" / "notebook.png").stat().st_size > 10_000


def test_nothing_is_left_of_a_server_and_its_kernels(tmp_path):
    ourselves = psutil.Process()
    before = set(ourselves.children(recursive=True))
    with running(tmp_path) as server:
        server.ask("kernels", "POST")
        started = set(ourselves.children(recursive=True)) - before
        assert len(started) >= 2
    assert not any(process.is_running() for process in started)
