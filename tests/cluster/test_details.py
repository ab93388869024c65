"""The drill-down against live clusters: what it says of single tasks is what the scheduler knows of them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import pytest
from distributed import Client, Event, LocalCluster

from tgwidget import TaskGroupWidget
from tgwidget.details import Task

from .conftest import OPTIONS
from .helpers import eventually, inc, on_loop, probe_of, text


def refuse(x: int) -> int:
    raise ValueError(f"no {x % 2} <script>")


def hold(x: int, name: str) -> int:
    Event(name).wait(30)
    return x


def group_in(widget: TaskGroupWidget, name: str) -> Any:
    return eventually(lambda: widget.groups.get(name), f"no group {name}")


def tasks_of(cluster: Any, name: str) -> dict[str, str]:
    """State by key, of a group in the scheduler."""

    def find(scheduler: Any) -> dict[str, str]:
        return {
            text(task.key): task.state
            for task in scheduler.tasks.values()
            if text(task.group.name) == name
        }

    found: dict[str, str] = on_loop(cluster, find)
    return found


def follow_nobody(scheduler: Any) -> bool:
    inspector = probe_of(scheduler).inspector
    return inspector._roster is None and "transition" not in vars(probe_of(scheduler))


def test_the_tasks_of_a_group_are_all_of_its_tasks(client: Client, widget: Any, small: Any) -> None:
    futures = client.map(inc, range(1500), key="listed")
    other = client.map(inc, range(10), key="other")
    client.gather([*futures, *other])
    group_in(widget, "listed")
    details = widget.details("listed")
    tasks = details.tasks(limit=None)
    assert {task.key: task.state for task in tasks} == tasks_of(small, "listed")
    assert len(tasks) == 1500
    assert details.states == {"memory": 1500}
    assert details.nbytes == sum(task.nbytes for task in tasks)
    assert {task.type for task in tasks} == {"int"}
    assert len(details.tasks(limit=7)) == 7
    assert details.tasks(state="erred") == []


def test_workers_and_grid_say_where_each_block_is(client: Client, widget: Any, small: Any) -> None:
    array = pytest.importorskip("dask.array")
    ones = client.persist(array.ones((40, 60), chunks=(10, 20)) + 1)
    (name,) = {key[0] for key in ones.__dask_keys__()[0]}
    group_in(widget, name)
    eventually(lambda: widget.details(name).states == {"memory": 12})
    details = widget.details(name)
    assert details.grid.shape == (4, 3)
    assert set(details.grid.states.values()) == {"memory"}
    assert sum(share.states["memory"] for share in details.workers.values()) == 12
    assert set(details.workers) == set(on_loop(small, lambda scheduler: list(scheduler.workers)))
    assert details.nbytes == 40 * 60 * 8


def test_failures_of_one_kind_are_one_error_with_its_traceback(client: Client, widget: Any) -> None:
    futures = client.map(refuse, range(6), key="refused")
    dependent = client.submit(inc, futures[0], key="dependent")
    eventually(lambda: all(future.status == "error" for future in [*futures, dependent]))
    group_in(widget, "refused")
    errors = widget.details("refused").errors
    assert sorted((error.occurrences, error.exception) for error in errors) == [
        (3, "ValueError('no 0 <script>')"),
        (3, "ValueError('no 1 <script>')"),
    ]
    assert "raise ValueError" in errors[0].traceback or "refuse" in errors[0].traceback
    blamed = widget.details("dependent").errors[0]
    assert blamed.group == "refused"
    assert blamed.key == text(futures[0].key)


def test_without_being_asked_every_group_tells_its_running_tasks_and_its_last_errors(
    client: Client, widget: Any, small: Any
) -> None:
    running = client.submit(hold, 1, "told", key="running")
    failed = client.submit(refuse, 1, key="failing")
    eventually(lambda: failed.status == "error")

    def told(name: str, field: str) -> Any:
        with widget._stream.lock:
            row = widget._stream.mirror.groups.get(name)
            return row is not None and row[field]

    (key, worker, start) = eventually(lambda: told("running", "running"))[0]
    assert (key, worker) == ("running", next(iter(small.scheduler.workers)))
    assert 0 <= time.time() - start < 60
    count, exception, *_ = eventually(lambda: told("failing", "errors"))[0]
    assert (count, exception) == (1, "ValueError('no 1 <script>')")
    Event("told", client=client).set()
    running.result()
    eventually(lambda: not told("running", "running"), "a finished task is still told as running")


def test_a_task_that_finishes_under_study_leaves_its_duration(client: Client, widget: Any) -> None:
    inbox: list[Any] = []
    widget._panels._send = lambda content, data: inbox.append((content, data))
    futures = client.map(hold, range(4), name="timed", key="timed")
    group = group_in(widget, "timed")
    with widget._stream.lock:
        ident = widget._stream.mirror.groups["timed"].id
    ask_page(widget, {"type": "follow", "nonce": "n", "group": ident, "columns": ["state"]})
    eventually(lambda: inbox)
    Event("timed", client=client).set()
    client.gather(futures)
    eventually(lambda: len(widget.details("timed").durations.seconds) == 4)
    durations = widget.details("timed").durations
    assert all(seconds >= 0 for seconds in durations.seconds)
    assert durations.median is not None and durations.p95 is not None
    assert sum(group.states.values()) == 4


def ask_page(widget: Any, content: dict[str, Any]) -> None:
    """As a message of a page."""
    widget._on_request(widget, content, [])


def test_the_hook_is_there_only_while_somebody_follows(client: Client, widget: Any, small: Any) -> None:
    futures = client.map(inc, range(10), key="hooked")
    client.gather(futures)
    group_in(widget, "hooked")
    eventually(lambda: on_loop(small, follow_nobody))
    widget.details("hooked")
    assert not on_loop(small, follow_nobody)
    eventually(lambda: on_loop(small, follow_nobody), "the inspector holds on to the tasks", 8)


def test_a_group_that_is_forgotten_keeps_its_last_facts(client: Client, widget: Any) -> None:
    futures = client.map(inc, range(20), key="fleeting")
    client.gather(futures)
    group_in(widget, "fleeting")
    assert widget.details("fleeting").states == {"memory": 20}
    del futures
    eventually(lambda: widget.groups["fleeting"].gone)
    details = widget.details("fleeting")
    assert details.gone
    assert "forgotten" in repr(details)


def test_an_unknown_group_is_named_with_one_of_a_similar_name(client: Client, widget: Any) -> None:
    client.gather(client.map(inc, range(3), key="similar-name"))
    group_in(widget, "similar-name")
    with pytest.raises(KeyError, match="did you mean 'similar-name'"):
        widget.details("similar-nam")
    with pytest.raises(KeyError, match="no task group 7"):
        widget.details(7)
    with pytest.raises(ValueError, match="unknown task state 'done'"):
        widget.details("similar-name").tasks(state="done")


def test_details_after_a_thousand_changes_count_every_task_once(
    client: Client, widget: Any, small: Any
) -> None:
    kept = client.map(inc, range(300), key="changing")
    group_in(widget, "changing")
    for round_ in range(10):
        brief = client.map(inc, range(50), key=f"brief-{round_}")
        client.gather(brief)
        kept += client.map(inc, range(1000 * round_, 1000 * round_ + 30), key="changing")
        del brief
        tasks: list[Task] = widget.details("changing").tasks(limit=None)
        assert max(Counter(task.key for task in tasks).values()) == 1
    client.gather(kept)
    assert {task.key for task in widget.details("changing").tasks(limit=None)} == set(
        tasks_of(small, "changing")
    )


def test_a_data_frame_has_a_row_for_every_task(client: Client, widget: Any) -> None:
    pytest.importorskip("pandas")
    futures = client.map(inc, range(5), key="framed")
    client.gather(futures)
    group_in(widget, "framed")
    frame = widget.details("framed").to_pandas()
    assert list(frame["state"]) == ["memory"] * 5
    assert frame.index.is_unique


def test_a_closed_client_says_so(small: Any) -> None:
    client = Client(small)
    with TaskGroupWidget(client, interval="50ms") as widget:
        client.gather(client.map(inc, range(5), key="closing"))
        group_in(widget, "closing")
        client.close()
        eventually(lambda: widget.status == "closed")
        with pytest.raises(Exception, match="no connection|closed|not running"):
            widget.details("closing")


def test_an_asynchronous_client_awaits_its_details() -> None:
    async def story() -> None:
        async with (
            LocalCluster(
                n_workers=1, processes=False, protocol="tcp://", asynchronous=True, **OPTIONS
            ) as cluster,
            Client(cluster, asynchronous=True) as client,
        ):
            with TaskGroupWidget(client, interval="50ms") as widget:
                futures = client.map(inc, range(5), key="awaited")
                await client.gather(futures)
                while "awaited" not in widget.groups:
                    await asyncio.sleep(0.05)
                details = await widget.details("awaited")
                assert details.states == {"memory": 5}
                assert len(await details.tasks()) == 5

    asyncio.run(story())
