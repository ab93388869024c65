"""However a program ends, it ends at once and says nothing."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

SECONDS = 15.0
PREAMBLE = """
import os, sys, threading, time
from pathlib import Path
import tgwidget.widget
tgwidget.widget.BUNDLE = Path(sys.argv[1])
from distributed import Client, LocalCluster
from tgwidget import TaskGroupWidget

def until(check):
    end = time.monotonic() + 20
    while not check():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.01)

def main():
    cluster = LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=":0", protocol="tcp://"
    )
    client = Client(cluster)
    widget = TaskGroupWidget(client, interval="50ms")
    client.submit(pow, 2, 5).result()
    until(lambda: widget.status == "live" and len(widget.groups) == 1)
"""
ENDS = {
    "nothing closed": "",
    "client closed first": "client.close(); cluster.close()",
    "cluster closed first": "cluster.close(); time.sleep(0.3)",
    "cluster closed, then the client": "cluster.close(); client.close(); widget.close()",
    "widget closed": "widget.close()",
    "widget closed last": "client.close(); cluster.close(); widget.close()",
    "widget deleted": "del widget",
    "closed at once": "TaskGroupWidget(client).close(); client.close(); cluster.close()",
    "in the middle of work": "futures = client.map(time.sleep, [0.05] * 50); client.close(); cluster.close()",
}
CALL = "\nif __name__ == '__main__':\n    main()\n    print('end')\n"


def run(tmp_path: Path, bundle: Path, body: str) -> subprocess.CompletedProcess[str]:
    script = tmp_path / "script.py"
    script.write_text(PREAMBLE + textwrap.indent(textwrap.dedent(body), "    ") + CALL, encoding="utf-8")
    return subprocess.run(
        [sys.executable, str(script), str(bundle)], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_a_program_ends_at_once_and_without_a_word(tmp_path: Path, bundle: Path, end: str) -> None:
    began = time.monotonic()
    done = run(tmp_path, bundle, end)
    assert (done.returncode, done.stdout.strip()) == (0, "end"), done.stderr
    assert complaints(done.stderr) == []
    assert time.monotonic() - began < SECONDS


def test_an_exception_at_the_end_is_the_only_thing_that_is_said(tmp_path: Path, bundle: Path) -> None:
    done = run(tmp_path, bundle, "raise SystemError('mine')")
    assert done.returncode == 1
    assert done.stderr.rstrip().endswith("SystemError: mine")
    assert done.stderr.count("Traceback") == 1


def test_a_forked_child_has_no_stream_and_the_parent_keeps_its_own(tmp_path: Path, bundle: Path) -> None:
    body = """
    child = os.fork()
    if not child:
        code = 1
        try:
            widget.close()
            code = 0 if widget.status == "closed" and widget.groups["pow"].name == "pow" else 2
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert widget.status == "live"
    client.submit(divmod, 7, 2).result()
    until(lambda: "divmod" in widget.groups)
    """
    done = run(tmp_path, bundle, body)
    assert (done.returncode, done.stdout.strip()) == (0, "end"), done.stderr
    assert complaints(done.stderr) == []


def test_no_thread_of_ours_and_no_task_is_left_when_all_is_closed(tmp_path: Path, bundle: Path) -> None:
    body = """
    import asyncio, gc
    widget.close(); client.close(); cluster.close()
    ours = [thread.name for thread in threading.enumerate() if "tgwidget" in thread.name.lower()]
    gc.collect()
    tasks = [o for o in gc.get_objects() if isinstance(o, asyncio.Task) and not o.done()]
    assert not [task for task in tasks if "tgwidget" in repr(task)], tasks
    assert not ours, ours
    """
    done = run(tmp_path, bundle, body)
    assert (done.returncode, done.stdout.strip()) == (0, "end"), done.stderr


def complaints(stderr: str) -> list[str]:
    """Lines that are not distributed's own: it says some things at exit without us, too."""
    known = (
        "Port ",
        "perhaps you already have a cluster",
        "Hosting the HTTP server",
        "warnings.warn(",
        "DeprecationWarning",
        "distributed.worker",
    )
    lines = [line for line in stderr.splitlines() if line.strip()]
    return [line for line in lines if not any(text in line for text in known)]
