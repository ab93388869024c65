"""The public mirror: traitlets models under Dask's names. Users read and observe them; only the mirror sets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import traitlets as t
from dask.utils import format_bytes, format_time

from tgwidget import markup
from tgwidget.progress import Progress, progress


class _Model(t.HasTraits):
    """Base of the models: traits are read-only, and set only where the value is another."""

    name = t.Unicode(read_only=True, help="Name as text.")

    def _take(self, values: Mapping[str, Any]) -> None:
        for trait, value in values.items():
            if getattr(self, trait) != value:
                self.set_trait(trait, value)

    def facts(self) -> list[tuple[str, str]]:
        """What a person wants to read of it: labels and texts."""
        return [("name", self.name)]

    def __repr__(self) -> str:
        facts = ", ".join(f"{label} {value}" for label, value in self.facts() if value)
        return f"<{type(self).__name__} {self.name!r}: {facts}>"

    def _repr_html_(self) -> str:
        return markup.facts_table(type(self).__name__, self.name, self.facts())


class _Tasks(_Model):
    """What groups, prefixes and computations have in common."""

    states = t.Dict(read_only=True, help="Number of tasks by state; every state is a key.")

    def _counts(self) -> str:
        return ", ".join(f"{count} {state}" for state, count in self.states.items() if count)


class TaskGroup(_Tasks):
    """A ``distributed.scheduler.TaskGroup``: all tasks whose key's first part is the same.

    It stays when the scheduler forgets the group, with its last totals and ``gone = True``.
    """

    nbytes_total = t.Union([t.Int(), t.Float()], default_value=0, read_only=True)
    nbytes_total.help = "Bytes ever produced (not memory in use)."
    duration = t.Float(read_only=True, help="Seconds spent on all tasks, all actions together.")
    all_durations = t.Dict(read_only=True, help="Seconds by action: compute, transfer, …")
    types = t.Instance(frozenset, (), read_only=True, help="Names of the results' types.")
    dependencies = t.Instance(
        frozenset, (), read_only=True, help="Keys, in ``w.groups``, of the groups that it uses."
    )
    last_worker = t.Unicode(None, allow_none=True, read_only=True)
    last_worker.help = "Address of the worker that root-ish tasks go to now; None for other groups."
    last_worker_tasks_left = t.Int(read_only=True, help="Tasks that it is still meant to get.")
    start = t.Float(read_only=True, help="First start of a finished task, epoch seconds; 0: none.")
    stop = t.Float(read_only=True, help="Last end of a task, epoch seconds; 0: none.")
    prefix = t.Unicode(read_only=True, help="Key, in ``w.prefixes``, of the prefix.")
    span_id = t.Unicode(None, allow_none=True, read_only=True, help="distributed 2023.7 and newer.")
    computation = t.Unicode(None, allow_none=True, read_only=True)
    computation.help = "Key, in ``w.computations``, of the first computation that used it."
    gone = t.Bool(read_only=True, help="The scheduler has forgotten the group.")
    runs = t.Int(1, read_only=True, help="How often the scheduler has made a group of this name.")
    outcome = t.Tuple(default_value=None, allow_none=True, read_only=True)
    outcome.help = "Of a gone group: tasks known to have ended (done, erred); else None."

    @property
    def progress(self) -> Progress:
        """Numbers of tasks: total, done, erred, forgotten."""
        return progress(self.states, self.start, self.nbytes_total, self.outcome)

    @property
    def done(self) -> bool:
        """Whether all tasks have finished, as Dask's ``TaskGroup.done``; may turn False again."""
        finished = ("memory", "erred", "released", "forgotten")
        return all(not count or state in finished for state, count in self.states.items())

    def __len__(self) -> int:
        return sum(self.states.values())

    def __bool__(self) -> bool:
        return True

    def facts(self) -> list[tuple[str, str]]:
        at = self.progress
        return [
            ("tasks", f"{at.done}/{at.total} done" + (f", {at.erred} erred" if at.erred else "")),
            ("states", self._counts()),
            ("produced", format_bytes(int(self.nbytes_total))),
            ("time", format_time(self.duration) if self.duration else ""),
            ("types", ", ".join(sorted(self.types))),
            ("runs", str(self.runs) if self.runs > 1 else ""),
            ("", "forgotten by the scheduler" if self.gone else ""),
        ]


class TaskPrefix(_Tasks):
    """A ``distributed.scheduler.TaskPrefix``: the groups whose names differ in the token only.

    ``states``, ``nbytes_total``, ``duration`` and ``types`` are those of the groups that the scheduler knows now.
    """

    groups = t.Instance(frozenset, (), read_only=True, help="Keys of the groups, in ``w.groups``.")
    nbytes_total = t.Union([t.Int(), t.Float()], default_value=0, read_only=True)
    duration = t.Float(read_only=True)
    types = t.Instance(frozenset, (), read_only=True)
    all_durations = t.Dict(read_only=True, help="Seconds by action, of forgotten groups too.")
    duration_average = t.Float(-1.0, read_only=True, help="Moving average of a task, seconds; -1.")
    max_exec_time = t.Float(-1.0, read_only=True, help="Longest task seen, seconds; -1: none.")
    suspicious = t.Int(read_only=True, help="Tasks that were running when their worker died.")
    state_counts = t.Dict(read_only=True, help="Tasks ever come into a state; from 2022.10 on.")

    def facts(self) -> list[tuple[str, str]]:
        average = self.duration_average
        return [
            ("groups", str(len(self.groups))),
            ("states", self._counts()),
            ("produced", format_bytes(int(self.nbytes_total))),
            ("average task", format_time(average) if average >= 0 else ""),
            ("suspicious", str(self.suspicious) if self.suspicious else ""),
        ]


class Computation(_Tasks):
    """A ``distributed.scheduler.Computation``: what was submitted together, or while that still ran."""

    start = t.Float(read_only=True, help="Seconds since the epoch.")
    stop = t.Float(read_only=True, help="Last end of a task of its groups, epoch seconds; 0: none.")
    code = t.Tuple(read_only=True, help="Source code of the submissions, where Dask kept it.")
    groups = t.Instance(frozenset, (), read_only=True, help="Keys of the groups, in ``w.groups``.")

    def facts(self) -> list[tuple[str, str]]:
        return [
            ("groups", str(len(self.groups))),
            ("states", self._counts()),
            ("code", f"{len(self.code)} piece{'s' * (len(self.code) != 1)}" if self.code else ""),
        ]


class WorkerState(_Model):
    """A ``distributed.scheduler.WorkerState``. ``processing`` and ``executing`` are numbers of tasks."""

    address = t.Unicode(read_only=True)
    host = t.Unicode(read_only=True)
    pid = t.Int(read_only=True)
    status = t.Unicode(read_only=True, help='"running", "paused", "closing_gracefully", …')
    nthreads = t.Int(read_only=True)
    memory_limit = t.Int(read_only=True, help="Bytes; 0: no limit.")
    memory = t.Int(read_only=True, help="Bytes that the process uses, at its last heartbeat.")
    nbytes = t.Int(read_only=True, help="Bytes of the tasks' results that it holds.")
    cpu = t.Float(read_only=True, help="Percent of one core, at its last heartbeat.")
    processing = t.Int(read_only=True)
    executing = t.Int(read_only=True)
    occupancy = t.Float(read_only=True, help="Expected seconds of work assigned to it.")
    gone = t.Bool(read_only=True, help="The worker has left.")

    def facts(self) -> list[tuple[str, str]]:
        limit = f" of {format_bytes(self.memory_limit)}" if self.memory_limit else ""
        return [
            ("address", self.address),
            ("status", "gone" if self.gone else self.status),
            ("threads", str(self.nthreads)),
            ("memory", format_bytes(self.memory) + limit),
            ("processing", str(self.processing)),
        ]
