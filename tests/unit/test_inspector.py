"""Who follows a group is told all of its tasks; whoever asks is answered; nothing stays when nobody follows."""

from __future__ import annotations

from typing import Any

import pytest

from tgwidget import inspector as inspector_module
from tgwidget.columns import Columns
from tgwidget.inspector import Inspector
from tgwidget.values import STATES

from .fakes import Clock, FakeGroup, FakeScheduler, FakeTask, Request


class FullScheduler(FakeScheduler):
    """One whose tasks are there."""

    def __init__(self) -> None:
        super().__init__()
        self.held: dict[Any, FakeTask] = {}

    @property
    def tasks(self) -> dict[Any, FakeTask]:
        return self.held


class Desk:
    """A scheduler, its inspector and a clock that is turned by hand."""

    def __init__(self, *names: str, count: int = 10) -> None:
        self.clock = Clock()
        self.scheduler = FullScheduler()
        self.groups: list[FakeGroup] = []
        self.hook: Any = None
        for name in names:
            self.add(name, count)
        real = inspector_module.asyncio.get_running_loop
        inspector_module.asyncio.get_running_loop = lambda: self.clock  # type: ignore[assignment,return-value]
        try:
            self.inspector = Inspector(self.scheduler, STATES, self.group, self.set_hook)
        finally:
            inspector_module.asyncio.get_running_loop = real

    def set_hook(self, told: Any) -> None:
        self.hook = told

    def group(self, number: int) -> Any:
        return self.groups[number] if 0 <= number < len(self.groups) else None

    def add(self, name: str, count: int) -> None:
        group = self.scheduler.add(name)
        self.groups.append(group)
        for number in range(count):
            self.scheduler.held[name, number] = FakeTask((name, number), group)
        self.scheduler.transition_counter += 1

    def start(self, cmd: str, **request: Any) -> Request:
        return Request(self.inspector.handle(cmd, **request))

    def ask(self, cmd: str, seconds: float = 5.0, **request: Any) -> dict[str, Any]:
        asked = self.start(cmd, **request)
        for _ in range(int(seconds / 0.01)):
            if asked.step() is not None:
                break
            self.clock.advance(0.01)
        assert asked.reply is not None, f"no reply to {cmd}"
        return asked.reply

    def read(self, group: int = 0, follower: str = "a", *wanted: str) -> Columns:
        """All of a group's tasks."""
        columns, seq = Columns(), 0
        while not columns.complete:
            reply = self.ask(
                "follow",
                follower=follower,
                client=follower,
                group=group,
                cursor=seq,
                generation=columns.generation,
                columns=["state", *wanted],
                tables=[len(columns.states), len(columns.workers), len(columns.types)],
            )
            assert "error" not in reply, reply
            columns.apply(reply)
            seq = reply["seq"]
        return columns


def test_everything_is_let_go_of_seconds_after_the_last_follower_fell_silent() -> None:
    desk = Desk("x", "y")
    columns = desk.read(0)
    desk.ask("rows", group=0, places=[1, 2], generation=columns.generation)
    assert desk.hook
    desk.clock.advance(inspector_module.EXPIRY_SECONDS + inspector_module.LINGER_SECONDS + 2)
    assert desk.hook is None
    assert not desk.clock.timers
    answers = desk.inspector._answers
    assert not any((desk.inspector._studies, answers._references, answers._reference_of))
    assert desk.ask("rows", group=0, places=[1], generation=columns.generation) == {"stale": True}


def test_places_stay_as_long_as_somebody_asks_about_them() -> None:
    desk = Desk("x")
    columns = desk.read()
    for _ in range(20):
        desk.clock.advance(2.0)
        reply = desk.ask("rows", group=0, places=[3], generation=columns.generation)
        assert [row[1] for row in reply["rows"]] == ["('x', 3)"]


def test_a_search_in_tasks_that_the_scheduler_lets_go_of_meanwhile_finds_nothing_false() -> None:
    desk = Desk("x", count=20_000)
    columns = desk.read()
    search = desk.start("find", group=0, key="no such key", generation=columns.generation)
    desk.scheduler.held.clear()
    desk.inspector.restart()
    desk.add("z", 3)
    desk.scheduler.task_groups["x"] = desk.groups[0]
    for _ in range(300):
        desk.clock.advance(0.01)
        if search.step() is not None:
            break
    assert search.reply == {"stale": True}


def test_references_to_tasks_do_not_outlive_a_restart() -> None:
    desk = Desk("x")
    columns = desk.read()
    (row,) = desk.ask("rows", group=0, places=[3], generation=columns.generation)["rows"]
    assert desk.ask("task", reference=row[0])["row"][0] == "('x', 3)"
    desk.inspector.restart()
    assert desk.ask("task", reference=row[0])["error"] == "The scheduler has forgotten this task."


@pytest.mark.parametrize("cmd", ["follow", "rows", "find", "task", "error", "stack", "leave", "poll", ""])
def test_a_request_without_sense_is_answered_by_a_sentence(
    cmd: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk("x")
    desk.read()
    for request in ({}, {"group": 99}, {"group": 0, "start": -7}, {"group": 0, "nonsense": 1}):
        reply = desk.ask(cmd, **request)
        assert reply.get("stale") or isinstance(reply["error"], str)
    assert not caplog.records


def test_a_task_whose_facts_cannot_be_told_is_answered_by_a_sentence() -> None:
    class Silent:
        def __repr__(self) -> str:
            raise RuntimeError("I say nothing")

    desk = Desk("x")
    desk.scheduler.held["x", 0].annotations = {"note": Silent()}
    columns = desk.read()
    reply = desk.ask("task", group=0, place=0, generation=columns.generation)
    assert reply == {"error": "This cannot be told: RuntimeError: I say nothing"}


def test_whoever_comes_second_is_read_for_at_once_though_the_scheduler_is_quiet() -> None:
    desk = Desk("x", "y")
    desk.read(0)
    desk.clock.advance(1.0)
    began = desk.clock.time()
    assert len(desk.read(1, "b", "block").columns["block"]) == 10
    desk.read(0, "c", "block")
    assert desk.clock.time() - began < 1.0


def test_a_task_that_is_cancelled_before_it_ran_is_told_of_twice_and_does_no_harm() -> None:
    """The scheduler goes from "processing" to "forgotten" by way of "released", and tells of both."""
    desk = Desk("x")
    desk.read()
    for number in range(3):
        gone = desk.scheduler.held.pop(("x", number))
        gone.state = "forgotten"
        for _ in range(2):
            desk.hook(gone.key, "released", "forgotten")
        desk.scheduler.transition_counter += 1
        desk.clock.advance(0.5)
    desk.add("y", 4)
    columns = desk.read()
    assert len(columns.columns["state"]) == 10
    assert list(map(columns.state_of, range(10))).count("forgotten") == 3
