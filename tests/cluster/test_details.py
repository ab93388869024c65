"""The drill-down against live clusters: what it says of single tasks is what the scheduler knows of them."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Any

import msgpack
import pytest
from distributed import Client, Event, LocalCluster, worker_client

from tgwidget import TaskGroupWidget
from tgwidget.columns import Columns
from tgwidget.details import DetailsError, Task

from .conftest import OPTIONS
from .helpers import eventually, inc, on_loop, probe_of, text, traces


def refuse(x: int) -> int:
    raise ValueError(f"no {x % 2} <script>")


def roar(length: int) -> None:
    raise ValueError("a" * length)


def hold(x: int, name: str) -> int:
    Event(name).wait(30)
    return x


class PanelPage:
    """A page with a panel open on one group."""

    def __init__(self, widget: Any, group: str) -> None:
        self.widget = widget
        self.columns = Columns()
        self.studies: list[dict[str, Any]] = []
        self.answers: dict[int, dict[str, Any]] = {}
        with widget._stream.lock:
            self.group = widget._stream.mirror.groups[group].id
        widget._panels._send = self.receive

    def receive(self, content: dict[str, Any], data: bytes) -> None:
        message = msgpack.unpackb(data)
        if content["type"] == "answer":
            self.answers[content["request"]] = message
            return
        self.studies.append(message)
        if "error" not in message:
            self.columns.apply(message)

    def say(self, kind: str, **content: Any) -> None:
        self.widget._on_request(self.widget, {"type": kind, "nonce": "n", "group": self.group, **content}, [])

    def ask(self, cmd: str, **arguments: Any) -> dict[str, Any]:
        number = len(self.answers)
        generation = self.columns.generation
        self.say("ask", request=number, cmd=cmd, generation=generation, **arguments)
        answer: dict[str, Any] = eventually(lambda: self.answers.get(number), f"no answer to {cmd}")
        return answer


def group_in(widget: TaskGroupWidget, name: str) -> Any:
    return eventually(lambda: widget.groups.get(name), f"no group {name}")


def tasks_of(cluster: Any, name: str) -> dict[str, str]:
    """State by key, of a group in the scheduler."""

    def find(scheduler: Any) -> dict[str, str]:
        return {
            text(task.key): task.state for task in scheduler.tasks.values() if text(task.group.name) == name
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


def test_tasks_that_are_forgotten_under_study_are_none_of_the_group_any_more(
    client: Client, widget: Any, small: Any
) -> None:
    kept, let_go = client.map(inc, range(6), key="partly"), client.map(inc, range(10, 14), key="partly")
    client.gather([*kept, *let_go])
    group_in(widget, "partly")
    page = PanelPage(widget, "partly")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    del let_go
    eventually(lambda: len(tasks_of(small, "partly")) == 6)
    details = eventually(
        lambda: (d := widget.details("partly")).states == {"memory": 6} and d, "forgotten tasks are counted"
    )
    assert {task.key for task in details.tasks()} == set(tasks_of(small, "partly"))


def test_the_grid_is_there_though_a_panel_that_needs_none_came_first(client: Client, widget: Any) -> None:
    array = pytest.importorskip("dask.array")
    ones = client.persist(array.ones((40, 60), chunks=(10, 20)) + 1)
    (name,) = {key[0] for key in ones.__dask_keys__()[0]}
    group_in(widget, name)
    page = PanelPage(widget, name)
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    del ones
    eventually(lambda: page.columns.gone, "the panel is not told that the group is gone")
    assert widget.details(name).grid.shape == (4, 3)


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


def test_a_task_that_finishes_under_study_leaves_its_duration(client: Client, widget: Any) -> None:
    futures = client.map(hold, range(4), name="timed", key="timed")
    group = group_in(widget, "timed")
    page = PanelPage(widget, "timed")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    Event("timed", client=client).set()
    client.gather(futures)
    eventually(lambda: len(widget.details("timed").durations.seconds) == 4)
    durations = widget.details("timed").durations
    assert all(seconds >= 0 for seconds in durations.seconds)
    assert durations.median is not None
    assert durations.p95 is not None
    assert sum(group.states.values()) == 4


def test_a_panel_sees_rows_finds_keys_and_opens_tasks(client: Client, widget: Any) -> None:
    futures = client.map(inc, range(30), key="paged")
    total = client.submit(sum, futures, key="total")
    total.result()
    group_in(widget, "paged")
    page = PanelPage(widget, "paged")
    page.say("follow", columns=["state", "worker", "nbytes"])
    eventually(lambda: page.columns.complete)
    assert len(page.columns.columns["state"]) == 30
    assert page.studies[-1]["prefix"]["suspicious"] == 0
    rows = page.ask("rows", places=[0, 29, 30, -1])["rows"]
    assert [row[2] for row in rows] == ["memory", "memory"]
    key = rows[1][1]
    assert page.ask("find", key=key[-12:].upper(), start=0, limit=5)["found"] == [29]
    task = page.ask("task", place=29)
    assert (task["row"][0], task["group"], task["dependents"]) == (key, "paged", 1)
    (dependent,) = task["used_by"]
    assert dependent[1] == "total"
    other = page.ask("task", reference=dependent[0])
    assert other["dependencies"] == 30
    assert page.ask("stack", place=29)["error"] == "The task is not running."
    assert page.ask("task", reference=10**6)["error"] == "The scheduler has forgotten this task."


def test_a_panel_shows_the_call_stack_of_a_running_task(client: Client, widget: Any) -> None:
    running = client.submit(hold, 1, "stacked", key="stacked")
    group_in(widget, "stacked")
    page = PanelPage(widget, "stacked")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    eventually(lambda: any("hold" in frame for frame in page.ask("stack", place=0).get("frames", [])))
    Event("stacked", client=client).set()
    running.result()


def test_a_panel_on_a_group_that_nobody_knows_is_told_so(client: Client, widget: Any) -> None:
    client.gather(client.map(inc, range(3), key="known"))
    group_in(widget, "known")
    page = PanelPage(widget, "known")
    page.group = 10**6
    page.say("follow", columns=["state"])
    assert eventually(lambda: page.studies)[0]["error"] == "There is no such group."
    assert page.ask("rows", places=[0])["error"] == "There is no such group."


def test_two_panels_on_two_groups_share_one_walk(client: Client, widget: Any, small: Any) -> None:
    futures = [*client.map(inc, range(40), key="first"), *client.map(inc, range(50), key="second")]
    client.gather(futures)
    group_in(widget, "second")
    first, second = PanelPage(widget, "first"), PanelPage(widget, "second")
    by_group = {first.group: first, second.group: second}
    widget._panels._send = lambda content, data: by_group[content["group"]].receive(content, data)
    first.say("follow", columns=["state"])
    second.say("follow", nonce="m", columns=["state"])
    eventually(lambda: first.columns.complete and second.columns.complete)
    inspector = on_loop(small, lambda scheduler: probe_of(scheduler).inspector)
    assert len(inspector._studies) == 2
    assert len(first.columns.columns["state"]) == 40
    assert len(second.columns.columns["state"]) == 50


def test_a_closed_panel_is_followed_no_longer(client: Client, widget: Any, small: Any) -> None:
    client.gather(client.map(inc, range(3), key="shut"))
    group_in(widget, "shut")
    page = PanelPage(widget, "shut")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    page.say("unfollow")
    eventually(lambda: on_loop(small, follow_nobody), "the inspector holds on to the tasks", 8)


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


def test_a_panel_on_a_group_that_vanishes_keeps_its_tasks(client: Client, widget: Any) -> None:
    futures = client.map(inc, range(12), key="vanishing")
    client.gather(futures)
    group_in(widget, "vanishing")
    page = PanelPage(widget, "vanishing")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    del futures
    eventually(lambda: page.columns.gone, "the panel is not told that the group is gone")
    assert len(page.columns.columns["state"]) == 12
    assert len(page.ask("rows", places=[0, 11])["rows"]) == 2


def test_a_restarted_cluster_begins_a_new_list_of_tasks(cluster: Any) -> None:
    with Client(cluster) as client, TaskGroupWidget(client, interval="50ms") as widget:
        kept = client.map(inc, range(8), key="restarted")
        client.gather(kept)
        group_in(widget, "restarted")
        page = PanelPage(widget, "restarted")
        page.say("follow", columns=["state"])
        eventually(lambda: page.columns.complete)
        client.restart()
        again = client.map(inc, range(5), key="after")
        client.gather(again)
        group_in(widget, "after")
        assert widget.details("after").states == {"memory": 5}


def test_a_client_that_vanishes_takes_its_panels_with_it(small: Any, widget: Any) -> None:
    other = Client(small)
    theirs = TaskGroupWidget(other, interval="50ms")
    futures = other.map(inc, range(5), key="theirs")
    other.gather(futures)
    group_in(theirs, "theirs")
    page = PanelPage(theirs, "theirs")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.complete)
    other.close()
    eventually(lambda: on_loop(small, follow_nobody), "the inspector holds on to the tasks", 8)
    theirs.close()


def test_an_enormous_exception_is_cut_and_told_in_full_when_asked(client: Client, widget: Any) -> None:
    failed = client.submit(roar, 300_000, key="roaring")
    eventually(lambda: failed.status == "error")
    group_in(widget, "roaring")
    page = PanelPage(widget, "roaring")
    page.say("follow", columns=["state"])
    eventually(lambda: page.columns.errors)
    count, exception, length, *_ = page.columns.errors[0]
    assert count == 1
    assert len(exception) < 2_100
    assert length > 2_000
    assert len(page.ask("error", place=0)["error_of"][0]) == length


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
