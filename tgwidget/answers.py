"""Answers to questions about single tasks, inside the scheduler, and the references by which readers name tasks.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Iterator, Sequence
from itertools import islice
from time import perf_counter
from typing import Any, Callable

from tgwidget.census import SLICE_SECONDS
from tgwidget.study import Study
from tgwidget.taskfacts import error_of, key_text, particulars_of, row_of, some
from tgwidget.values import text

ROWS = 500
FIRST_ROWS = 200
FOUND = 1_000
KEPT_REFERENCES = 20_000
FRAMES_LIMIT = 50_000
WHOLE_ERROR = 10_000_000
STACK_SECONDS = 10.0

_STALE: dict[str, Any] = {"stale": True}
_GONE: dict[str, Any] = {"error": "The scheduler has forgotten this task."}


class Answers:
    """What is asked about single tasks, by a reference to one or by its place in a study.

    ``studied`` finds the study of a group by its number and generation; ``run`` does work in slices.
    """

    def __init__(
        self,
        scheduler: Any,
        studied: Callable[[int, int], Study | None],
        run: Callable[[Iterator[None]], Awaitable[None]],
    ) -> None:
        self._scheduler = scheduler
        self._studied = studied
        self._run = run
        self._references: OrderedDict[int, Any] = OrderedDict()
        self._reference_of: dict[int, int] = {}
        self._referred = 0

    def clear(self) -> None:
        """Let go of all tasks."""
        self._references.clear()
        self._reference_of.clear()

    def first_rows(self, group: Any) -> list[list[Any]]:
        """Some tasks of a group at once: those that run, then those in memory, as far as two milliseconds go."""
        end = perf_counter() + SLICE_SECONDS
        tasks: list[Any] = []
        for held in ("processing", "has_what"):
            for worker in self._scheduler.workers.values():
                if perf_counter() > end or len(tasks) >= FIRST_ROWS:
                    break
                tasks += [task for task in islice(getattr(worker, held), 500) if task.group is group]
        return self._told(tasks[:FIRST_ROWS])

    async def rows(self, group: int, places: Sequence[int] = (), generation: int = -1) -> dict[str, Any]:
        """Facts of single tasks, by their places in the columns."""
        study = self._studied(group, generation)
        if study is None:
            return _STALE
        tasks = [study.members[place] for place in places[:ROWS] if 0 <= place < len(study.members)]
        return {"rows": self._told(tasks)}

    async def find(
        self, group: int, key: str = "", generation: int = -1, start: int = 0, limit: int = FOUND
    ) -> dict[str, Any]:
        """Places of tasks whose key contains a text, whatever the case, and where to go on (None: at the end)."""
        study = self._studied(group, generation)
        if study is None:
            return _STALE
        members = study.members
        wanted = key.casefold()
        found: list[int] = []
        ends: list[int] = []

        def steps() -> Iterator[None]:
            for first in range(max(0, start), len(members), 500):
                for place, task in enumerate(members[first : first + 500], first):
                    if wanted in key_text(task).casefold():
                        found.append(place)
                if len(found) >= limit:
                    ends.append(first + 500)
                    return
                yield

        await self._run(steps())
        if self._studied(group, generation) is not study:
            return _STALE
        return {"found": found, "next": ends[0] if ends else None}

    async def task(self, **address: Any) -> dict[str, Any]:
        """Everything about one task, with its neighbours."""
        task = self._addressed(**address)
        if task is None:
            return _GONE
        return {
            "reference": self._refer(task),
            **particulars_of(task),
            "uses": self._told(some(task.dependencies)),
            "used_by": self._told(some(task.dependents)),
        }

    async def error(self, **address: Any) -> dict[str, Any]:
        """The whole of an error's texts."""
        task = self._addressed(**address)
        return _GONE if task is None else {"error_of": error_of(task, WHOLE_ERROR, WHOLE_ERROR)}

    async def stack(self, **address: Any) -> dict[str, Any]:
        """The frames of a running task, asked of its worker."""
        task = self._addressed(**address)
        if task is None:
            return _GONE
        if task.processing_on is None:
            return {"error": "The task is not running."}
        # Not `wait_for`: a cancelled request would leave its comm between two messages.
        asked = asyncio.ensure_future(self._scheduler.get_call_stack(keys=[task.key]))
        asked.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.wait({asked}, timeout=STACK_SECONDS)
        if not asked.done():
            return {"error": "The worker does not answer."}
        try:
            stacks = asked.result()
        except Exception as error:
            return {"error": "The worker did not tell: " + text(str(error) or type(error).__name__, 500)}
        frames = [
            text(frame, FRAMES_LIMIT)
            for stack in (stacks or {}).values()
            for names in stack.values()
            for frame in names
        ]
        if not frames:
            return {"error": "The task waits for its turn on the worker."}
        return {"frames": frames}

    def _addressed(
        self, reference: int = 0, group: int = 0, place: int = -1, generation: int = -1, **_: Any
    ) -> Any:
        if reference:
            return self._references.get(reference)
        study = self._studied(group, generation)
        return study.members[place] if study is not None and 0 <= place < len(study.members) else None

    def _refer(self, task: Any) -> int:
        known = self._reference_of.get(id(task))
        if known is not None:
            self._references.move_to_end(known)
            return known
        self._referred += 1
        self._references[self._referred] = task
        self._reference_of[id(task)] = self._referred
        if len(self._references) > KEPT_REFERENCES:
            _, oldest = self._references.popitem(last=False)
            del self._reference_of[id(oldest)]
        return self._referred

    def _told(self, tasks: Sequence[Any]) -> list[list[Any]]:
        """Rows of tasks, each with a reference at its head."""
        return [[self._refer(task), *row_of(task)] for task in tasks]
