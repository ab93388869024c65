"""One stream however many widgets; nothing is left when the last is closed, the client ends or the scheduler dies."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import Any

import pytest
from distributed import Client, LocalCluster, Scheduler
from distributed.utils import sync

from tgwidget import TaskGroupWidget
from tgwidget import sync as sync_module
from tgwidget.shipment import operation
from tgwidget.sync import _streams

from .conftest import OPTIONS
from .helpers import assert_equal_once_quiet, eventually, hasten, inc, on_loop, probe_of, traces


def live(widget: TaskGroupWidget) -> TaskGroupWidget:
    eventually(lambda: widget.status == "live", f"{widget.status}: {widget.message}")
    return widget


def test_five_widgets_share_one_stream(client: Client, small: Any) -> None:
    widgets = [live(TaskGroupWidget(client)) for _ in range(5)]
    try:
        eventually(lambda: on_loop(small, lambda s: len(probe_of(s).waiters)) == 1)
        assert on_loop(small, lambda s: len(probe_of(s).watches)) == 1
        assert len(on_loop(small, traces)) == 2
        client.submit(inc, 1).result()
        eventually(lambda: all("inc" in widget.groups for widget in widgets))
        assert len({id(widget.groups["inc"]) for widget in widgets}) == 1
        for widget in widgets[:4]:
            widget.close()
        assert widgets[4].status == "live"
        assert len(on_loop(small, traces)) == 2
    finally:
        for widget in widgets:
            widget.close()
    eventually(lambda: not on_loop(small, traces), seconds=1)


def test_closing_the_last_widget_takes_the_probe_away_within_a_second(client: Client, small: Any) -> None:
    live(TaskGroupWidget(client, interval="60s")).close()
    eventually(lambda: not on_loop(small, traces), seconds=1)
    assert client.submit(inc, 1).result() == 2


def test_a_widget_closed_as_soon_as_it_is_made_leaves_nothing(client: Client, small: Any) -> None:
    for pause in (0, 0, 0.001, 0.003, 0.01, 0.03):
        widget = TaskGroupWidget(client)
        time.sleep(pause)
        widget.close()
    eventually(lambda: not on_loop(small, traces), f"{on_loop(small, traces)}", seconds=2)
    live(TaskGroupWidget(client)).close()
    eventually(lambda: not on_loop(small, traces), seconds=1)


def test_a_closed_widget_keeps_its_groups_and_says_that_it_is_closed(client: Client) -> None:
    widget = live(TaskGroupWidget(client))
    client.submit(inc, 1).result()
    eventually(lambda: "inc" in widget.groups)
    widget.close()
    widget.close()
    assert widget.status == "closed"
    assert "inc" in widget.groups


def test_a_client_that_closes_ends_its_stream_and_leaves_the_last_state(small: Any) -> None:
    client = Client(small)
    widget = live(TaskGroupWidget(client))
    future = client.submit(inc, 1)
    future.result()
    eventually(lambda: widget.groups.get("inc") and widget.groups["inc"].progress.done == 1)
    client.close()
    eventually(lambda: widget.status == "closed", seconds=2)
    assert "client" in widget.message
    assert widget.groups["inc"].progress.done == 1
    eventually(lambda: not on_loop(small, traces), seconds=2)
    assert client not in _streams
    widget.close()


def test_a_widget_on_a_closed_client_says_so(small: Any) -> None:
    client = Client(small)
    client.close()
    widget = TaskGroupWidget(client)
    eventually(lambda: widget.status == "closed", seconds=2)
    assert "closed" in widget.message
    widget.close()


def test_after_a_dropped_connection_the_widget_is_live_again_and_right(
    widget: TaskGroupWidget, client: Client, small: Any
) -> None:
    future = client.submit(inc, 1)
    future.result()
    eventually(lambda: "inc" in widget.groups)
    seq = widget._stream.mirror.cursor

    def drop(_: Any) -> None:
        for comm in [*client.rpc.occupied.values(), *client.rpc.available.values()]:
            for each in list(comm):
                each.abort()

    sync(client.loop, _run, drop, None)
    more = client.submit(inc, 2)
    more.result()
    eventually(lambda: widget._stream.mirror.cursor > seq and widget.status == "live")
    assert_equal_once_quiet(widget, small)


async def _run(function: Any, argument: Any) -> Any:
    return function(argument)


def test_a_probe_that_was_taken_away_is_put_back(widget: TaskGroupWidget, client: Client, small: Any) -> None:
    for number in range(3):
        on_loop(small, lambda s: probe_of(s).detach())
        future = client.submit(inc, number)
        future.result()
        eventually(lambda: "inc" in widget.groups and len(on_loop(small, traces)) == 2)
        hasten(small, widget)
        assert_equal_once_quiet(widget, small)


def test_no_thread_is_left() -> None:
    before = set(threading.enumerate())
    with LocalCluster(n_workers=1, processes=False, **OPTIONS) as cluster, Client(cluster) as client:
        known = set(threading.enumerate())
        with TaskGroupWidget(client) as widget:
            live(widget)
            client.submit(inc, 1).result()
            eventually(lambda: "inc" in widget.groups)
            ours = {thread.name for thread in set(threading.enumerate()) - known}
            assert not any("tgwidget" in name for name in ours)
    left = {thread for thread in set(threading.enumerate()) - before if not thread.daemon}
    eventually(lambda: not any(thread.is_alive() for thread in left))


def test_a_scheduler_that_does_not_answer_is_called_lost_until_it_does(
    small: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync_module, "WAIT_SECONDS", 0.2)
    monkeypatch.setattr(sync_module, "SILENCE_SECONDS", 0.3)
    with TaskGroupWidget(client) as widget:
        live(widget)
        handle = on_loop(small, lambda scheduler: scheduler.handlers[operation()])

        async def late(comm: Any = None, **request: Any) -> Any:
            await asyncio.sleep(1.5)
            return await handle(comm, **request)

        on_loop(small, lambda scheduler: scheduler.handlers.update({operation(): late}))
        eventually(lambda: widget.status == "lost" and "does not answer" in widget.message)
        on_loop(small, lambda scheduler: scheduler.handlers.update({operation(): handle}))
        live(widget)


def test_a_scheduler_that_dies_is_lost_and_one_at_its_address_is_live_again_and_right() -> None:
    with LocalCluster(n_workers=0, processes=False, protocol="tcp://", **OPTIONS) as host:
        first = sync(host.loop, start_scheduler)
        with Client(first.address, timeout=5) as client, TaskGroupWidget(client, interval="50ms") as widget:
            live(widget)
            future = client.submit(inc, 1, key="x-1")
            eventually(lambda: len(widget.groups) == 1)
            port = first.port
            sync(host.loop, stop_scheduler, first)
            eventually(lambda: widget.status == "lost", f"{widget.status}")
            assert f":{port}" in widget.message
            assert len(widget.groups) == 1
            second = sync(host.loop, start_scheduler, port)
            eventually(lambda: widget.status == "live" or client.status == "closed", seconds=20)
            if client.status != "closed":
                eventually(lambda: widget.status == "live" and len(widget.groups) >= 1)
                del future
                again = client.submit(inc, 1, key="y-1")
                eventually(lambda: "y" in str(list(widget.groups)))
                del again
            sync(host.loop, stop_scheduler, second)


async def start_scheduler(port: int = 0) -> Any:
    return await Scheduler(host="127.0.0.1", port=port, dashboard_address=":0")


async def stop_scheduler(scheduler: Any) -> None:
    await scheduler.close()


def test_a_cluster_that_closes_first_is_lost_and_its_last_state_stays() -> None:
    cluster = LocalCluster(n_workers=1, processes=False, protocol="tcp://", **OPTIONS)
    client = Client(cluster)
    widget = live(TaskGroupWidget(client))
    client.submit(inc, 1).result()
    eventually(lambda: "inc" in widget.groups)
    cluster.close()
    eventually(lambda: widget.status in ("lost", "closed"))
    assert widget.message
    assert "inc" in widget.groups
    client.close()
    eventually(lambda: widget.status == "closed")
    widget.close()
