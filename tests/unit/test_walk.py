"""A walk over a dict of tasks that changes all the time hands out each of them once."""

from __future__ import annotations

import random

import pytest

from tgwidget import walk as walk_module
from tgwidget.walk import Walk


class FakeTask:
    def __init__(self, key: int) -> None:
        self.key = key


class Tasks:
    """The scheduler's dict, and how many it has forgotten."""

    def __init__(self, count: int) -> None:
        self.dict: dict[int, FakeTask] = {}
        self.made = self.forgotten = 0
        self.add(count)

    def add(self, count: int) -> None:
        for _ in range(count):
            self.dict[self.made] = FakeTask(self.made)
            self.made += 1

    def forget(self, keys: list[int]) -> None:
        for key in keys:
            if self.dict.pop(key, None) is not None:
                self.forgotten += 1


def all_of(walk: Walk, tasks: Tasks, chunk: int = 10) -> list[int]:
    found = []
    while not walk.is_at_end(tasks.forgotten):
        found += [task.key for task in walk.take(chunk, tasks.forgotten)]
    return found


def test_tasks_come_in_their_order() -> None:
    tasks = Tasks(95)
    assert all_of(Walk(tasks.dict), tasks) == list(range(95))


def test_those_that_come_later_follow() -> None:
    tasks = Tasks(30)
    walk = Walk(tasks.dict)
    all_of(walk, tasks)
    tasks.add(25)
    assert not walk.is_at_end(tasks.forgotten)
    assert all_of(walk, tasks) == list(range(30, 55))


def test_a_task_that_was_handed_out_and_forgotten_hides_no_other() -> None:
    tasks = Tasks(100)
    walk = Walk(tasks.dict)
    found = [task.key for task in walk.take(50, tasks.forgotten)]
    tasks.forget([3, 4, 49, 60])
    found += all_of(walk, tasks)
    assert found == [key for key in range(100) if key != 60]


def test_when_all_that_were_handed_out_are_forgotten_the_rest_follows() -> None:
    tasks = Tasks(40)
    walk = Walk(tasks.dict)
    walk.take(20, tasks.forgotten)
    tasks.forget(list(range(20)))
    assert all_of(walk, tasks) == list(range(20, 40))


@pytest.mark.parametrize("seed", range(40))
def test_whatever_changes_in_between_each_living_task_is_handed_out_once(seed: int) -> None:
    rng = random.Random(seed)
    tasks = Tasks(rng.randrange(300))
    walk = Walk(tasks.dict)
    found: list[int] = []
    for _ in range(60):
        found += [task.key for task in walk.take(rng.randrange(1, 20), tasks.forgotten)]
        if rng.random() < 0.5:
            tasks.add(rng.randrange(12))
        if rng.random() < 0.5:
            alive = list(tasks.dict)
            tasks.forget(rng.sample(alive, min(len(alive), rng.randrange(10))))
    found += all_of(walk, tasks)
    assert not walk.astray
    assert len(found) == len(set(found))
    assert set(tasks.dict) <= set(found)


def test_a_walk_that_knows_nobody_any_more_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk_module, "RECENT", 5)
    tasks = Tasks(40)
    walk = Walk(tasks.dict)
    walk.take(20, tasks.forgotten)
    tasks.forget(list(range(10, 20)))
    walk.take(1, tasks.forgotten)
    assert walk.astray


def test_a_walk_over_tasks_that_vanished_without_a_word_says_so() -> None:
    tasks = Tasks(40)
    walk = Walk(tasks.dict)
    walk.take(20, tasks.forgotten)
    tasks.dict.clear()
    walk.take(1, tasks.forgotten)
    assert walk.astray
