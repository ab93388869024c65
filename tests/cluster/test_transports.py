"""Every way in which a client reaches a scheduler."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster, wait, worker_client
from distributed.security import Security

from tgwidget import TaskGroupWidget

from .conftest import OPTIONS
from .helpers import assert_equal_once_quiet, eventually, hasten, inc, on_loop, probe_of, traces

SLEEPER = textwrap.dedent(
    """
    import sys, time
    import tgwidget.widget
    from pathlib import Path
    tgwidget.widget.BUNDLE = Path(sys.argv[2])
    from distributed import Client
    client = Client(sys.argv[1])
    widget = tgwidget.TaskGroupWidget(client, interval="50ms")
    while widget.status != "live":
        time.sleep(0.01)
    print("live", flush=True)
    while len(widget.groups) < 20_000:
        time.sleep(0.05)
    """
)


def test_an_inproc_cluster_shares_no_object_with_the_mirror() -> None:
    with LocalCluster(n_workers=1, processes=False, **OPTIONS) as cluster, Client(cluster) as client:
        assert client.scheduler.address.startswith("inproc")
        with TaskGroupWidget(client, interval="50ms") as widget:
            hasten(cluster, widget)
            futures = client.map(inc, range(10))
            wait(futures)
            assert_equal_once_quiet(widget, cluster)
            mirrored = widget._stream.mirror.groups["inc"].values
            kept = on_loop(cluster, lambda s: [r.values for r in probe_of(s).ledger._rows.values()])
            lists = {id(value) for values in kept for value in values if isinstance(value, list)}
            assert not any(id(value) in lists for value in mirrored)
        eventually(lambda: not on_loop(cluster, traces), seconds=1)


def test_a_cluster_with_tls() -> None:
    pytest.importorskip("cryptography")
    security = Security.temporary()
    with (
        LocalCluster(
            n_workers=1, processes=False, protocol="tls://", security=security, **OPTIONS
        ) as cluster,
        Client(cluster) as client,
        TaskGroupWidget(client, interval="50ms") as widget,
    ):
        assert client.scheduler.address.startswith("tls")
        hasten(cluster, widget)
        future = client.submit(inc, 1)
        wait(future)
        assert_equal_once_quiet(widget, cluster)


def test_an_asynchronous_client() -> None:
    async def story() -> None:
        async with (
            LocalCluster(
                n_workers=1, processes=False, protocol="tcp://", asynchronous=True, **OPTIONS
            ) as cluster,
            Client(cluster, asynchronous=True) as client,
        ):
            widget = TaskGroupWidget(client, interval="50ms")
            heard: list[Any] = []
            assert await client.submit(inc, 1, key="first-1") == 2
            while "first" not in "".join(widget.groups):
                await asyncio.sleep(0.02)
            (model,) = widget.groups.values()
            model.observe(heard.append)
            future = client.submit(inc, 2, key="second-2")
            await future
            while len(widget.groups) < 2 or not any(m.progress.done for m in widget.groups.values()):
                await asyncio.sleep(0.02)
            assert widget.status == "live"
            widget.close()
            while traces(cluster.scheduler):
                await asyncio.sleep(0.02)

    asyncio.run(asyncio.wait_for(story(), 30))


def from_a_task() -> list[str]:
    import tgwidget.widget as module

    module.BUNDLE = Path(__file__)
    with worker_client() as client, TaskGroupWidget(client, interval="50ms") as widget:
        client.submit(inc, 1, key="inside-1").result()
        eventually(lambda: any("inside" in key for key in widget.groups))
        return list(widget.groups)


def test_a_client_within_a_task(
    client: Client, small: Any, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The worker is in this process: what the task puts in the place of the bundle is put back.
    monkeypatch.setattr("tgwidget.widget.BUNDLE", bundle)
    assert any("inside" in key for key in client.submit(from_a_task, pure=False).result(timeout=30))


def test_two_clients_on_one_scheduler_see_the_same(
    widget: TaskGroupWidget, client: Client, small: Any
) -> None:
    with Client(small, set_as_default=False) as other, TaskGroupWidget(other, interval="50ms") as second:
        hasten(small, second)
        futures = [client.submit(inc, 1), other.submit(inc, 2, key="theirs-2")]
        wait(futures[:1])
        futures[1].result()
        assert_equal_once_quiet(widget, small)
        assert_equal_once_quiet(second, small)
        assert len(on_loop(small, lambda s: probe_of(s).watches)) == 2
        del futures
    eventually(lambda: len(on_loop(small, lambda s: probe_of(s).watches)) == 1)
    assert widget.status == "live"


def test_a_client_that_stands_still_piles_up_nothing_on_the_scheduler(
    client: Client, small: Any, bundle: Path
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", SLEEPER, client.scheduler.address, str(bundle)], stdout=subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"live"
        os.kill(process.pid, signal.SIGSTOP)
        watches = on_loop(small, lambda s: list(probe_of(s).watches))
        for burst in range(20):
            wait([client.submit(inc, burst, key=f"burst{burst}-{number}") for number in range(20)])

        def buffered(scheduler: Any) -> int:
            streams = [getattr(comm, "stream", None) for comm in scheduler._comms]
            return sum(len(stream._write_buffer) for stream in streams if stream is not None)

        eventually(lambda: not on_loop(small, lambda s: probe_of(s).waiters), seconds=5)
        assert on_loop(small, buffered) < 200_000
        assert on_loop(small, lambda s: list(probe_of(s).watches)) == watches
    finally:
        process.kill()
        process.wait()
    eventually(lambda: not on_loop(small, traces), seconds=10)


def test_a_scheduler_in_a_process_of_its_own_without_tgwidget(tmp_path: Path) -> None:
    """What travels is source text: the scheduler's Python cannot import the package."""
    script = textwrap.dedent(
        """
        import asyncio, sys
        sys.modules["tgwidget"] = None
        from distributed import Scheduler, Worker

        async def main():
            async with Scheduler(host="127.0.0.1", port=0, dashboard_address=":0") as scheduler:
                async with Worker(scheduler.address):
                    print(scheduler.address, flush=True)
                    await scheduler.finished()

        asyncio.run(main())
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().decode().strip()
        with Client(address, set_as_default=False) as client, TaskGroupWidget(client) as widget:
            eventually(lambda: widget.status == "live", widget.message)
            assert client.submit(pow, 2, 5).result() == 32
            eventually(lambda: "pow" in widget.groups and widget.groups["pow"].progress.done == 1)
            assert len(widget.workers) == 1
    finally:
        process.kill()
        process.wait()
