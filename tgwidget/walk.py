"""All tasks of the scheduler in the order in which they came, a few at a time, though they change in between.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

#: Tasks handed out last, to find one of them that is still there.
RECENT = 20_000
#: Once led a long way, an iterator hands out more: a task for so many that it has passed over.
PASSED = 20


class Walk:
    """Hands out every task once, those that come meanwhile at the end.

    An iterator over a dict dies when the dict's size changes. Then another is led to where the last one was, from
    the nearer end: 15 ns a task. No copy of a million tasks is made, which would block the loop for 20 to 30 ms.
    """

    def __init__(self, tasks: dict[Any, Any], forgotten: int = 0) -> None:
        """``forgotten``: how many tasks the scheduler has forgotten, counted from any time on."""
        self._tasks = tasks
        #: Tasks at the front of the dict that were handed out, at least.
        self.position = 0
        #: Whether it is no longer known who was handed out: start with a new one.
        self.astray = False
        self._recent: deque[Any] = deque(maxlen=RECENT)
        self._iterator: Iterator[Any] | None = None
        self._size = 0
        self._forgotten = forgotten
        #: A task that was handed out, at or after ``position``: what stands before it is not handed out again.
        self._marker: Any = None

    def is_at_end(self, forgotten: int) -> bool:
        """Whether every task has been handed out."""
        return self.position == len(self._tasks) and forgotten == self._forgotten and self._marker is None

    def take(self, count: int, forgotten: int) -> list[Any]:
        """About ``count`` tasks; fewer, or none, also where there are more."""
        if self._iterator is None or len(self._tasks) != self._size or forgotten != self._forgotten:
            self._find_back(forgotten)
            count = max(count, min(self.position, self._size - self.position) // PASSED)
        assert self._iterator is not None
        tasks = list(islice(self._iterator, count))
        self.position += len(tasks)
        if self._marker is not None:
            tasks = self._after_marker(tasks)
        self._recent.extend(tasks)
        return tasks

    def _find_back(self, forgotten: int) -> None:
        tasks = self._tasks
        lost = forgotten - self._forgotten
        arrived = len(tasks) - self._size + lost
        if self.position == self._size and self._marker is None:
            self.position = len(tasks) - arrived
        elif lost:
            self.position -= lost
        self._size, self._forgotten = len(tasks), forgotten
        if lost and self._recent:
            # Who was lost, and before or after here, is not known: the last one handed out stands here or further on.
            self._marker = next(
                (task for task in reversed(self._recent) if tasks.get(task.key) is task), None
            )
            self.position -= 1
            if self._marker is None:
                self.position = 0
                self.astray = len(self._recent) == self._recent.maxlen
        if arrived < 0:
            self.astray, self.position = True, 0
        self.position = max(0, self.position)
        rest = self._size - self.position
        if 1.5 * rest < self.position:
            newest = list(islice(reversed(tasks.values()), rest))
            newest.reverse()
            self._iterator = iter(newest)
        else:
            self._iterator = islice(tasks.values(), self.position, None)

    def _after_marker(self, tasks: list[Any]) -> list[Any]:
        for at, task in enumerate(tasks):
            if task is self._marker:
                self._marker = None
                return tasks[at + 1 :]
        return []
