"""The drill-down against live clusters: what it says of single tasks is what the scheduler knows of them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import pytest
from distributed import Client, Event, LocalCluster, worker_client

from tgwidget import TaskGroupWidget
from tgwidget.details import DetailsError, Task

from .conftest import OPTIONS
from .helpers import eventually, follow_nobody, group_in, hold, inc, on_loop, tasks_of, text, traces


def refuse(x: int) -> int:
    raise ValueError(f"no {x % 2} <script>")


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


def test_bytes_in_memory_are_exact_and_those_of_results_that_were_let_go_do_not_count(
    client: Client, widget: Any, small: Any
) -> None:
    kept = client.map(bytes, [20_000_000, 20_000_001], key="bulky", pure=False)
    client.gather(kept)
    group_in(widget, "bulky")

    def held(scheduler: Any) -> int:
        return sum(task.nbytes for task in scheduler.tasks.values() if text(task.group.name) == "bulky")

    assert widget.details("bulky").nbytes == on_loop(small, held)


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
    group_in(widget, "dependent")
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


def test_figures_are_made_of_the_details(client: Client, widget: Any) -> None:
    pytest.importorskip("bokeh")
    futures = client.map(inc, range(5), key="figured")
    client.gather(futures)
    group_in(widget, "figured")
    details = widget.details("figured")
    assert details.figure("workers").renderers
    assert details.figure("durations").renderers
    with pytest.raises(ValueError, match="no grid"):
        details.figure("grid")
    with pytest.raises(ValueError, match="durations, workers, grid"):
        details.figure("pie")


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
        with pytest.raises(Exception, match=r"no connection|closed|not running"):
            widget.details("closing")


def test_a_widget_that_is_closed_asks_the_scheduler_nothing_more(
    client: Client, small: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with TaskGroupWidget(client, interval="50ms") as widget:
        kept = client.map(inc, range(3), key="left")
        client.gather(kept)
        group_in(widget, "left")
        details = widget.details("left")
    eventually(lambda: not on_loop(small, traces), "the probe stays")
    for ask in (lambda: widget.details("left"), details.tasks):
        with pytest.raises(DetailsError, match="no connection"):
            ask()
    assert details.states == {"memory": 3}
    assert not [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")]


def test_an_observer_that_asks_for_details_is_refused_and_nothing_waits_for_itself(
    client: Client, widget: Any
) -> None:
    kept = client.map(inc, range(3), key="observed")
    client.gather(kept)
    group_in(widget, "observed")
    told: list[Any] = []

    def observe(*_: Any) -> None:
        with pytest.raises(DetailsError, match="in a cell or another thread"):
            widget.details("observed")
        told.append(True)

    widget._stream.call(observe)
    eventually(lambda: told, "the client's event loop stands still", 5)
    assert widget.details("observed").states == {"memory": 3}


def test_details_are_there_within_a_task(client: Client) -> None:
    def look() -> Any:
        with worker_client() as inner, TaskGroupWidget(inner, interval="50ms") as widget:
            group_in(widget, "within")
            return widget.details("within").states

    kept = client.map(inc, range(4), key="within")
    client.gather(kept)
    assert client.submit(look, pure=False).result(timeout=30) == {"memory": 4}


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
