"""Which tasks each group has: the scheduler keeps no such list. There only while somebody asks.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tgwidget.walk import Walk

CHUNK = 2_000
#: Forgotten tasks that are held on to at least, before they are let go of.
PRUNE = 10_000


class Roster:
    """Every group's tasks in the order in which they came; ``steps`` keeps it so.

    Tasks only come at the end of a group's list, but for a change of ``generation``: then all places are others.
    """

    def __init__(self, scheduler: Any, generation: int) -> None:
        self._scheduler = scheduler
        self._walk = Walk(scheduler.tasks)
        self._members: dict[int, list[Any]] = {}
        self.generation = generation
        #: Tasks that the scheduler has forgotten since this began: to be counted by whoever hears of them.
        self.forgotten = 0
        self._pruned = 0

    def members(self, group: Any) -> list[Any]:
        """The tasks of a TaskGroup that are known so far: the same list for as long as the generation."""
        return self._members.setdefault(id(group), [])

    @property
    def complete(self) -> bool:
        """Whether every task is in."""
        return self._walk.is_at_end(self.forgotten)

    def reset(self) -> None:
        """Begin again: after a restart of the cluster, say."""
        self._walk = Walk(self._scheduler.tasks, self.forgotten)
        self._members = {}
        self.generation += 1

    def steps(self) -> Iterator[None]:
        """Take in what came; let go of what is long forgotten. Yields after every few tasks."""
        if self.forgotten - self._pruned > max(PRUNE, len(self._scheduler.tasks) // 2):
            yield from self._prune()
        while not self.complete:
            tasks = self._walk.take(CHUNK, self.forgotten)
            if self._walk.astray:
                self.reset()
                continue
            self._enter(tasks)
            yield

    def _enter(self, tasks: list[Any]) -> None:
        members = self._members
        for task in tasks:
            group = id(task.group)
            if group in members:
                members[group].append(task)
            else:
                members[group] = [task]

    def _prune(self) -> Iterator[None]:
        """All lists without their forgotten tasks, put in place at once."""
        forgotten = self.forgotten
        kept: dict[int, list[Any]] = {}
        for group, tasks in list(self._members.items()):
            alive: list[Any] = []
            for first in range(0, len(tasks), CHUNK):
                alive += [task for task in tasks[first : first + CHUNK] if task.state != "forgotten"]
                yield
            if alive:
                kept[group] = alive
        self._members = kept
        self._pruned = forgotten
        self.generation += 1
