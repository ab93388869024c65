"""The columns of a group's tasks are what the scheduler knows of them, pass after pass."""

from __future__ import annotations

from typing import Any

import pytest

from tgwidget import study as study_module
from tgwidget.study import Study, Tables
from tgwidget.values import STATES

from .fakes import FakeGroup, FakePrefix, FakeTask, FakeWorker


class Desk:
    """A study of one group, and its tasks."""

    def __init__(self, count: int, **facts: Any) -> None:
        self.group = FakeGroup("x", FakePrefix("x"))
        self.tasks = [FakeTask(("x", number), self.group, **facts) for number in range(count)]
        self.study = Study(self.group, Tables(STATES), 1)
        self.read()

    def read(self, deep: bool = False) -> None:
        for _ in self.study.steps(self.tasks, 1, deep):
            pass
        self.study.passes += 1

    def errors(self) -> tuple[dict[str, int], int]:
        """Number of tasks by their exception, and those whose exception is not kept."""
        reply, _ = self.study.since(0, ["state"], 100)
        return {error[1]: error[0] for error in reply.get("errors", ())}, reply.get("errors_more", 0)


def test_a_task_that_is_tried_again_and_fails_otherwise_is_counted_for_its_last_error() -> None:
    desk = Desk(3, state="erred", exception_text="first")
    assert desk.errors() == ({"first": 3}, 0)
    desk.tasks[1].exception_text = "second"
    desk.read(deep=True)
    assert desk.errors() == ({"first": 2, "second": 1}, 0)


def test_errors_of_which_no_task_is_any_more_make_room_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(study_module, "KEPT_ERRORS", 3)
    desk = Desk(5, state="erred")
    for name in ("a", "b", "c"):
        for number, task in enumerate(desk.tasks):
            task.exception_text = f"{name}{number}"
        desk.read(deep=True)
        desk.read(deep=True)
        assert desk.errors() == ({f"{name}{number}": 1 for number in range(3)}, 2)


def test_tasks_that_are_forgotten_unread_do_not_keep_others_from_the_timeline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(study_module, "KEPT_TIMINGS", 10)
    desk = Desk(2)
    for number in range(20):
        desk.study.note(FakeTask(("x", 100 + number), desk.group), "tcp://a", 1.0, 2.0)
    desk.study.note(desk.tasks[1], "tcp://a", 3.0, 5.0)
    desk.tasks[1].state = "memory"
    desk.read()
    assert desk.study.since(0, ["state"], 100)[0]["timings"] == [(1, 1, 3.0, 5.0)]


def test_only_results_that_are_somewhere_are_held() -> None:
    worker = FakeWorker("tcp://a")
    desk = Desk(4, state="memory", nbytes=100, who_has={worker})
    assert desk.study.held == 400
    desk.tasks[0].state, desk.tasks[0].who_has = "released", set()
    desk.read()
    assert desk.study.held == 300


def test_blocks_are_complete_only_when_they_are_read_also_for_whoever_asks_late() -> None:
    desk = Desk(3)
    assert desk.study.is_complete(["state"])
    assert not desk.study.is_complete(["state", "block"])
    desk.study.wants_blocks = True
    assert desk.study.is_unread
    desk.read()
    assert desk.study.is_complete(["state", "block"])
    assert not desk.study.is_unread


def test_a_reader_who_goes_on_from_reply_to_reply_gets_every_chunk_and_timing_once() -> None:
    desk = Desk(9_500)
    for number, task in enumerate(desk.tasks):
        task.state = "memory"
        desk.study.note(task, "tcp://a", float(number), number + 1.0)
    desk.read()
    chunks: list[int] = []
    timings: list[int] = []
    cursor, more, replies = 0, True, 0
    while more:
        reply, more = desk.study.since(cursor, ["state"], 6)
        cursor, replies = reply["seq"], replies + 1
        chunks += [first for first, _ in reply["chunks"]]
        timings += [place for place, *_ in reply["timings"]]
        assert len(reply["timings"]) <= study_module.TIMINGS
    assert sorted(chunks) == list(range(0, 9_500, study_module.CHUNK))
    assert timings == list(range(9_500))
    assert replies >= 3
