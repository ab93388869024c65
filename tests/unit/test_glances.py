"""What is told of every group without being asked: its longest running tasks and its last errors."""

from __future__ import annotations

from time import thread_time
from typing import Any

from tgwidget.census import GroupRow
from tgwidget.glances import Glances
from tgwidget.ledger import Ledger

from .fakes import FakeGroup, FakeScheduler, FakeTask, FakeWorker


class Desk:
    """Groups, and workers that run their tasks."""

    def __init__(self, *names: str) -> None:
        self.scheduler = FakeScheduler()
        self.ledger = Ledger()
        self.glances = Glances(self.scheduler, self.ledger)
        self.groups = [self.scheduler.add(name) for name in names]
        self.rows = {id(group): self.ledger.add("group", group, GroupRow) for group in self.groups}

    def run(self, address: str, group: FakeGroup, *seconds: float) -> None:
        worker = self.scheduler.workers.setdefault(address, FakeWorker(address))
        for each in seconds:
            worker.executing[FakeTask(f"{address} {each}", group)] = each

    def look(self) -> float:
        """Seconds of the longest step."""
        longest, steps = 0.0, self.glances.read_running(self.rows)  # type: ignore[arg-type]
        while True:
            began = thread_time()
            ended = next(steps, True)
            longest = max(longest, thread_time() - began)
            if ended:
                return longest

    def running(self, group: FakeGroup) -> Any:
        told = self.rows[id(group)]["running"]
        return told and [key for key, _, _ in told]


def test_the_longest_running_tasks_of_each_group_are_told_longest_first() -> None:
    desk = Desk("x", "y")
    x, y = desk.groups
    desk.run("a", x, 1, 9, 3)
    desk.run("b", x, 8, 2, 7)
    desk.run("b", y, 4)
    desk.look()
    assert desk.running(x) == ["a 9", "b 8", "b 7", "a 3", "b 2"]
    assert desk.running(y) == ["b 4"]
    desk.scheduler.workers.pop("a")
    desk.scheduler.workers["b"].executing.clear()
    desk.look()
    assert desk.running(x) is None


def test_a_hundred_thousand_running_tasks_are_looked_at_worker_by_worker() -> None:
    desk = Desk("x")
    (group,) = desk.groups
    for number in range(5_000):
        desk.run(f"w{number}", group, *range(number, number + 20))
    assert desk.look() < 0.005
    assert desk.running(group)[0] == "w4999 5018"
