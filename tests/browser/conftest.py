"""Real JupyterLab and Notebook 7 in the system's Chromium, without a network.

A test takes ``lab`` (an empty notebook in JupyterLab), ``notebook7`` or ``open_notebook`` (any notebook, kernel,
number of tabs), and fails when a page asks for anything outside or raises in its own script.

Playwright keeps an asyncio loop running in the main thread for as long as these tests last. A distributed ``Client``
would take itself for asynchronous there: clusters belong into a cell of the notebook or a process of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, WebError, expect, sync_playwright

from . import chromium, dev
from .kernels import Kernels
from .lab import OUT, Lab, write_notebook
from .server import Server, running

WINDOW = {"width": 1280, "height": 900}
CALL_MS = 20_000
#: Notebook 7.6 raises while it loads its settings; what a widget raises comes from a blob's address.
NOTEBOOK_BUNDLE = "/static/notebook/"

OpenNotebook = Callable[..., Lab]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One for all tests."""
    with running(tmp_path_factory.mktemp("jupyter")) as server:
        yield server


# Not the session's: other tests need the main thread without Playwright's loop in it.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """The system's Chromium, else Playwright's."""
    expect.set_options(timeout=CALL_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.system_chromium(), args=list(chromium.ARGUMENTS)
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def dev_page() -> str:
    """The development page."""
    return dev.built_page()


@pytest.fixture
def outside_requests() -> list[str]:
    """What the pages asked for from anywhere but 127.0.0.1."""
    return []


@pytest.fixture
def page_errors() -> list[str]:
    """What no script on the pages caught."""
    return []


@pytest.fixture
def console_errors() -> list[str]:
    """What the pages wrote with console.error."""
    return []


@pytest.fixture
def context(
    browser: Browser, outside_requests: list[str], page_errors: list[str], console_errors: list[str]
) -> Iterator[BrowserContext]:
    """A fresh profile, watched."""
    context = browser.new_context(viewport=WINDOW, service_workers="block")
    context.set_default_timeout(CALL_MS)

    def note_url(url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about", "file") and parts.hostname != "127.0.0.1":
            outside_requests.append(url)

    def note_error(web_error: WebError) -> None:
        stack = getattr(web_error.error, "stack", None) or str(web_error.error)
        if NOTEBOOK_BUNDLE not in stack or "blob:" in stack:
            page_errors.append(stack)

    def watch(page: Page) -> None:
        page.on("websocket", lambda socket: note_url(socket.url))

    context.on("page", watch)
    context.on("request", lambda request: note_url(request.url))
    context.on("weberror", note_error)
    context.on(
        "console",
        lambda message: console_errors.append(message.text) if message.type == "error" else None,
    )
    yield context
    context.close()


@pytest.fixture(autouse=True)
def no_outside_requests(outside_requests: list[str]) -> Iterator[None]:
    """Nothing comes from a CDN."""
    yield
    assert outside_requests == []


@pytest.fixture(autouse=True)
def no_page_errors(page_errors: list[str]) -> Iterator[None]:
    """No script fails unnoticed; a test that expects one clears the list."""
    yield
    assert page_errors == []


@pytest.fixture
def kernels(server: Server) -> Kernels:
    """Other kernels to open a notebook with."""
    return Kernels(server.data)


@pytest.fixture
def open_notebook(
    server: Server, context: BrowserContext, request: pytest.FixtureRequest
) -> Iterator[OpenNotebook]:
    """``open_notebook(cells=[], kernel="python3", application="lab")``, or ``path=`` for one that is there.

    Each call opens a tab. The kernels end with the test; what the pages showed when it failed is in out/failures.
    """

    def opened(
        cells: list[str] | None = None,
        *,
        path: str | None = None,
        kernel: str = "python3",
        application: str = "lab",
    ) -> Lab:
        path = path or write_notebook(server.root, cells or [], kernel)
        return Lab(context.new_page(), server, path, application)

    yield opened
    if getattr(request.node, "failed", False):
        for number, page in enumerate(context.pages):
            page.screenshot(path=OUT / "failures" / f"{request.node.name}-{number}.png")
    for page in context.pages:
        page.close()
    server.end_kernels()


@pytest.fixture
def lab(open_notebook: OpenNotebook) -> Lab:
    """An empty notebook in JupyterLab."""
    return open_notebook()


@pytest.fixture
def notebook7(open_notebook: OpenNotebook) -> Lab:
    """An empty notebook in Notebook 7."""
    return open_notebook(application="notebooks")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Tell the fixtures whether their test failed."""
    report = yield
    if report.failed:
        item.failed = True
    return report
