"""The first answers to "why?" for every group, read without being asked: the longest running tasks and the last errors.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from heapq import nsmallest
from itertools import islice
from operator import itemgetter
from time import time
from typing import Any

from tgwidget.ledger import Ledger, Row
from tgwidget.taskfacts import error_of, key_text, kind_of
from tgwidget.values import ERRED, text

#: Groups of which running tasks are told, and how many of each.
GROUPS = 100
TASKS = 5
ERRORS = 3
TRACEBACK_LIMIT = 8_000
#: Transitions that are looked through for the tasks that have erred since the last look.
TRANSITIONS = 2_000
#: A start is reckoned from heartbeats, and stays while it varies by less.
SAME_SECONDS = 1.0

_start = itemgetter(0)


class Glances:
    """Keeps the fields ``running`` and ``errors`` of the groups' rows.

    ``running``: ``[key, worker, start in seconds since the epoch]``, longest first. ``errors``: ``[count, exception,
    its length, traceback, its length, key, group, workers]``, newest first; of ``TRANSITIONS`` at most.
    """

    def __init__(self, scheduler: Any, ledger: Ledger) -> None:
        self._scheduler = scheduler
        self._ledger = ledger
        self._running: dict[int, Row] = {}
        #: Erred tasks of a group when its errors were read.
        self._erred: dict[int, int] = {}

    def read_running(self, rows: Mapping[int, Row]) -> Iterator[None]:
        """``rows`` by id of their TaskGroup. Costs as much as there are threads at work."""
        now = time()
        found: dict[int, list[tuple[float, Any, str]]] = {}
        for worker in list(self._scheduler.workers.values()):
            here: dict[int, list[tuple[float, Any, str]]] = {}
            for task, seconds in worker.executing.items():
                here.setdefault(id(task.group), []).append((now - float(seconds), task, worker.address))
            for group, tasks in here.items():
                if group in found or len(found) < GROUPS:
                    found[group] = nsmallest(TASKS, found.get(group, []) + tasks, key=_start)
            yield
        running = {}
        for group, tasks in found.items():
            row = rows.get(group)
            if row is not None:
                running[row.id] = row
                told = [[key_text(task), text(address), start] for start, task, address in tasks]
                self._ledger.set(row, "running", _steadied(row["running"] or [], told))
        for ident, row in self._running.items():
            if ident not in running:
                self._ledger.set(row, "running", None)
        self._running = running

    def read_errors(self, row: Row) -> None:
        """Look for the errors of a group, where tasks have erred or are tried again since the last time."""
        erred = row.values[0][ERRED]
        if erred == self._erred.get(row.id, 0):
            return
        if not erred:
            del self._erred[row.id]
            self._ledger.set(row, "errors", None)
            return
        self._erred[row.id] = erred
        kinds: dict[Any, list[Any]] = {}
        seen: set[Any] = set()
        for entry in islice(reversed(self._scheduler.transition_log), TRANSITIONS):
            if entry[2] != "erred" or entry[0] in seen:
                continue
            seen.add(entry[0])
            task = self._scheduler.tasks.get(entry[0])
            if task is None or task.group is not row.subject or task.state != "erred":
                continue
            kind = kind_of(task)
            if kind in kinds:
                kinds[kind][0] += 1
            elif len(kinds) < ERRORS:
                kinds[kind] = [1, *error_of(task, TRACEBACK_LIMIT)]
        if kinds:
            self._ledger.set(row, "errors", list(kinds.values()))

    def forget(self, row: Row) -> None:
        """The group is gone: its last errors stay, and nothing of it runs."""
        self._erred.pop(row.id, None)
        self._running.pop(row.id, None)
        self._ledger.set(row, "running", None)


def _steadied(old: list[list[Any]], new: list[list[Any]]) -> list[list[Any]]:
    starts = {(key, worker): start for key, worker, start in old}
    return [
        [key, worker, old_start if abs(old_start - start) < SAME_SECONDS else round(start, 3)]
        for key, worker, start in new
        for old_start in [starts.get((key, worker), 0.0)]
    ]
