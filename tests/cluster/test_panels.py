"""Panels of pages against live clusters: what they follow, what they ask, and what is left when they close."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgpack
import pytest
from distributed import Client, Event

from tgwidget import TaskGroupWidget
from tgwidget.columns import Columns

from .helpers import eventually, follow_nobody, group_in, hold, inc, on_loop, probe_of, tasks_of


def roar(length: int) -> None:
    raise ValueError("a" * length)


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

    def opened(self, columns: Sequence[str] = ("state",)) -> PanelPage:
        """With all tasks in these columns."""
        self.say("follow", columns=list(columns))
        eventually(lambda: self.columns.complete)
        return self

    def ask(self, cmd: str, **arguments: Any) -> dict[str, Any]:
        number = len(self.answers)
        generation = self.columns.generation
        self.say("ask", request=number, cmd=cmd, generation=generation, **arguments)
        answer: dict[str, Any] = eventually(lambda: self.answers.get(number), f"no answer to {cmd}")
        return answer


def test_tasks_that_are_forgotten_under_study_are_none_of_the_group_any_more(
    client: Client, widget: Any, small: Any
) -> None:
    kept, let_go = client.map(inc, range(6), key="partly"), client.map(inc, range(10, 14), key="partly")
    client.gather([*kept, *let_go])
    group_in(widget, "partly")
    PanelPage(widget, "partly").opened()
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


def test_a_task_that_finishes_under_study_leaves_its_duration(client: Client, widget: Any) -> None:
    futures = client.map(hold, range(4), name="timed", key="timed")
    group = group_in(widget, "timed")
    PanelPage(widget, "timed").opened()
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
    page = PanelPage(widget, "paged").opened(["state", "worker", "nbytes"])
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
    page = PanelPage(widget, "stacked").opened()
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
    page = PanelPage(widget, "shut").opened()
    page.say("unfollow")
    eventually(lambda: on_loop(small, follow_nobody), "the inspector holds on to the tasks", 8)


def test_a_panel_on_a_group_that_vanishes_keeps_its_tasks(client: Client, widget: Any) -> None:
    futures = client.map(inc, range(12), key="vanishing")
    client.gather(futures)
    group_in(widget, "vanishing")
    page = PanelPage(widget, "vanishing").opened()
    del futures
    eventually(lambda: page.columns.gone, "the panel is not told that the group is gone")
    assert len(page.columns.columns["state"]) == 12
    assert len(page.ask("rows", places=[0, 11])["rows"]) == 2


def test_a_restarted_cluster_begins_a_new_list_of_tasks(cluster: Any) -> None:
    with Client(cluster) as client, TaskGroupWidget(client, interval="50ms") as widget:
        kept = client.map(inc, range(8), key="restarted")
        client.gather(kept)
        group_in(widget, "restarted")
        PanelPage(widget, "restarted").opened()
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
    PanelPage(theirs, "theirs").opened()
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
