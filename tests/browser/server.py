"""One Jupyter server with JupyterLab and Notebook 7, which knows nothing of the user's own settings."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil

START_SECONDS = 60
STOP_SECONDS = 20
DIRECTORIES = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
    "DASK_CONFIG": "dask",
}
PAGE_CONFIG = {"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": True}}


class Server:
    """Where the server is, what it serves and how to ask it."""

    def __init__(self, url: str, token: str, home: Path) -> None:
        self.url = url.rstrip("/")
        self.token = token
        self.root = home / "root"
        self.data = home / DIRECTORIES["JUPYTER_DATA_DIR"]

    def ask(self, path: str, method: str = "GET") -> Any:
        """The REST API's answer."""
        request = urllib.request.Request(
            f"{self.url}/api/{path}", method=method, headers={"Authorization": f"token {self.token}"}
        )
        # A proxy in the environment is not for 127.0.0.1.
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request, timeout=10) as response:
            body = response.read()
        return json.loads(body) if body else None

    def end_kernels(self) -> None:
        """Shut down every kernel and forget its session."""
        for session in self.ask("sessions"):
            self.ask(f"sessions/{session['id']}", "DELETE")
        for kernel in self.ask("kernels"):
            self.ask(f"kernels/{kernel['id']}", "DELETE")


@contextmanager
def running(home: Path) -> Iterator[Server]:
    """A server for as long as the block lasts; afterwards none of its processes is left, kernels included."""
    environment = {**os.environ, **{name: str(home / folder) for name, folder in DIRECTORIES.items()}}
    # Holds the kernels' sockets, and the path of a socket is at most 104 characters long.
    runtime = Path(tempfile.mkdtemp(prefix="jupyter-", dir="/tmp" if Path("/tmp").is_dir() else None))
    environment["JUPYTER_RUNTIME_DIR"] = str(runtime)
    environment["JUPYTER_PREFER_ENV_PATH"] = "1"
    for folder in ("root", *DIRECTORIES.values()):
        (home / folder).mkdir(parents=True)
    page_config = home / "config" / "labconfig" / "page_config.json"
    page_config.parent.mkdir()
    page_config.write_text(json.dumps(PAGE_CONFIG))
    token = secrets.token_hex(16)
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options(home, token)],
            cwd=home,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        server = Server(address(process, home, runtime), token, home)
        answers(server)
        yield server
    finally:
        end(process)
        shutil.rmtree(runtime, ignore_errors=True)


def options(home: Path, token: str) -> list[str]:
    """What the command line says."""
    return [
        "--no-browser",
        "--expose-app-in-browser",
        "--JupyterNotebookApp.expose_app_in_browser=True",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.port=0",
        f"--ServerApp.root_dir={home / 'root'}",
        f"--IdentityProvider.token={token}",
        "--ServerApp.terminals_enabled=False",
        # A TCP port that the server picks for a kernel may be a Dask worker's by the time the kernel binds it.
        "--KernelManager.transport=ipc",
        "--LabApp.extension_manager=readonly",
    ]


def address(process: subprocess.Popen[bytes], home: Path, runtime: Path) -> str:
    """The port is the server's choice: it writes it down when it listens."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for file in runtime.glob("jpserver-*.json"):
            try:
                return str(json.loads(file.read_text())["url"])
            except ValueError:  # still being written
                continue
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"JupyterLab did not start:\n{(home / 'server.log').read_text()[-4000:]}")


def answers(server: Server) -> None:
    """Wait until the server answers."""
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            server.ask("status")
        except urllib.error.URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask, then insist. Kernels are sessions of their own and do not die with their server."""
    try:
        family = psutil.Process(process.pid).children(recursive=True)
    except psutil.NoSuchProcess:
        family = []
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    _, alive = psutil.wait_procs(family, timeout=STOP_SECONDS)
    for orphan in alive:
        orphan.kill()
