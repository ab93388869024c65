"""Reads the scheduler's TaskGroups, TaskPrefixes, Computations and WorkerStates into a ledger; no single tasks.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from operator import ne
from time import perf_counter
from typing import Any

from tgwidget.ledger import Ledger, Row

#: In the order in which they are shown. "queued" is absent before distributed 2022.9; absent means zero.
STATES = (
    "released",
    "memory",
    "processing",
    "queued",
    "waiting",
    "no-worker",
    "erred",
    "forgotten",
)
SLICE_SECONDS = 0.002
CHUNK = 512
KEPT_GONE = 10_000
TEXT_LIMIT = 65_536
CODE_LIMIT = 20_000


def text(value: Any, limit: int = TEXT_LIMIT) -> str:
    """Any name as text that every encoder accepts: lone surrogates escaped, a monstrous one cut."""
    raw: str = value if isinstance(value, str) else repr(value)
    clean = raw.encode("utf-8", "backslashreplace").decode()
    return clean if len(clean) <= limit else clean[:limit] + "…"


def whole(value: Any) -> float:
    """An integer that msgpack can carry; beyond 64 bits a float."""
    number = int(value)
    return number if -(2**63) <= number < 2**63 else float(number)


def duration(value: Any) -> float:
    """Seconds: an ``int`` of microseconds where that is exact (all newer schedulers), else a ``float``."""
    seconds = float(value)
    microseconds = round(seconds * 1e6)
    return microseconds if microseconds / 1e6 == seconds else seconds


def source_texts(code: Any) -> list[str]:
    """The source code of a submission, in whatever shape this release keeps it."""
    if hasattr(code, "code"):
        code = code.code
    elif hasattr(code, "data"):
        return source_texts(code.data)
    elif isinstance(code, (tuple, list)):
        return [source for item in code for source in source_texts(item)]
    return [text(code, CODE_LIMIT)]


def settled(old: tuple[int, int, int], new: tuple[int, int, int], entered: int) -> int:
    """How many of the tasks forgotten between two looks at a group had finished before.

    ``old`` and ``new`` are counts of finished, erred and forgotten tasks. ``entered`` bounds those that
    finished and were forgotten in between, unseen.
    """
    forgotten = max(0, new[2] - old[2])
    seen = min(forgotten, max(0, old[0] - new[0]))
    unseen = forgotten - seen - max(0, old[1] - new[1])
    return seen + min(max(0, unseen), max(0, entered))


_RELEASED, _MEMORY, _ERRED, _FORGOTTEN = map(STATES.index, ("released", "memory", "erred", "forgotten"))


def _finished(counts: list[int], ran: bool) -> tuple[int, int, int]:
    released = counts[_RELEASED] if ran else 0
    return counts[_MEMORY] + released, counts[_ERRED], counts[_FORGOTTEN]


class GroupRow(Row):
    """A TaskGroup's row, with what the census must remember to tell its end."""

    __slots__ = ("dependents", "done", "entered", "seen", "spent")

    def __init__(self, kind: str, fields: Sequence[str], ident: int, subject: Any) -> None:
        super().__init__(kind, fields, ident, subject)
        #: A copy of the group's ``states`` at the last look.
        self.seen: Any = None
        #: Forgotten tasks that had finished.
        self.done = 0
        #: Tasks of the prefix that had come into memory at the last look.
        self.entered = 0
        #: Seconds spent computing its tasks at the last look.
        self.spent = 0.0
        #: Living groups that depend on this one.
        self.dependents = 0


class Census:
    """Keeps the ledger equal to the scheduler, in slices of at most about two milliseconds."""

    def __init__(self, scheduler: Any) -> None:
        self.scheduler = scheduler
        self.ledger = Ledger()
        self.states = list(STATES)
        self._known = frozenset(STATES)
        self.states_seq = 0
        self.actions: dict[str, int] = {}
        self.actions_seq = 0
        self._groups: dict[int, GroupRow] = {}
        self._chunks: list[tuple[list[GroupRow], list[Any], list[Any]]] | None = None
        self._dead: dict[int, GroupRow] = {}
        self._gone: OrderedDict[int, Row] = OrderedDict()
        self._prefixes: dict[Any, Row] = {}
        self._computations: dict[int, Row] = {}
        #: Groups and pieces of code of a computation at the last look, by row.
        self._sizes: dict[int, tuple[int, int]] = {}
        self._workers: dict[str, Row] = {}

    def is_news(self, row: Row) -> bool:
        """A newcomer hears of what is gone only where something living depends on it."""
        return row.id not in self._gone or (isinstance(row, GroupRow) and row.dependents > 0)

    def admit(self) -> None:
        """Enter the groups that are new since the last look: they stand at the end of the scheduler's dict."""
        fresh = []
        for group in reversed(self.scheduler.task_groups.values()):
            if id(group) in self._groups:
                break
            fresh.append(group)
        if not fresh:
            return
        self._chunks = None
        for group in reversed(fresh):
            row = self.ledger.add("group", group, GroupRow)
            row.entered = self._entered(group) or 0
            self._groups[id(group)] = row

    def sweep(self, deep: bool) -> Iterator[None]:
        """Read what changed; ``deep``: read everything. Yields where a slice of work ends."""
        end = perf_counter() + SLICE_SECONDS
        for _ in self._steps(deep):
            if perf_counter() > end:
                yield
                end = perf_counter() + SLICE_SECONDS

    def _steps(self, deep: bool) -> Iterator[None]:
        self.admit()
        yield from self._bury()
        for rows, states, seen in self._chunked():
            if deep:
                suspects: Iterable[int] = range(len(rows))
            else:
                # Comparing dicts makes no objects: half the cost of comparing tuples of their values.
                suspects = list(compress(range(len(rows)), map(ne, states, seen)))
            for position in suspects:
                row = rows[position]
                row.seen = seen[position] = dict(states[position])
                self._read_group(row)
                yield
            yield
        yield from self._read_computations()
        if deep:
            yield from self._read_prefixes()
            yield from self._read_workers()

    def _chunked(self) -> list[tuple[list[GroupRow], list[Any], list[Any]]]:
        """Living groups' rows, their ``states`` dicts, which the scheduler edits in place, and copies as last seen."""
        if self._chunks is None:
            living = list(self._groups.values())
            self._chunks = []
            for first in range(0, len(living), CHUNK):
                rows = living[first : first + CHUNK]
                self._chunks.append((rows, [r.subject.states for r in rows], [r.seen for r in rows]))
        return self._chunks

    def _bury(self) -> Iterator[None]:
        task_groups = self.scheduler.task_groups
        if len(self._groups) == len(task_groups):
            return
        for row in list(self._groups.values()):
            group = row.subject
            if task_groups.get(group.name) is not group:
                del self._groups[id(group)]
                self._chunks = None
                self._end(row)
                for ident in row["dependencies"]:
                    other = self.ledger.get(ident)
                    if isinstance(other, GroupRow):
                        other.dependents -= 1
                yield
        for ident in list(self._gone)[: max(0, len(self._gone) - KEPT_GONE)]:
            oldest = self._gone[ident]
            if self.is_news(oldest):
                continue
            del self._gone[ident]
            self._dead.pop(id(oldest.subject), None)
            self.ledger.drop(oldest)
            yield

    def _end(self, row: GroupRow, follow: bool = True) -> None:
        erred = row["states"][_ERRED] if row["states"] else 0
        self._read_group(row, follow)
        self.ledger.set(row, "outcome", [row.done, erred])
        self._gone[row.id] = self._dead[id(row.subject)] = row

    def _entered(self, group: Any) -> int | None:
        # distributed 2022.10 and newer count every task of a prefix that comes into a state.
        counts = getattr(group.prefix, "state_counts", None)
        return None if counts is None else int(counts.get("memory", 0))

    def _read_group(self, row: GroupRow, follow: bool = True) -> None:
        group = row.subject
        states = group.states
        if not self._known.issuperset(states):
            self.states.extend(name for name in states if name not in self._known)
            self._known = frozenset(self.states)
            self.states_seq = self.ledger.seq + 1
        counts = [int(states.get(name, 0)) for name in self.states]
        nbytes_total = whole(group.nbytes_total)
        stop = float(group.stop)
        self._settle(row, counts, bool(stop or nbytes_total))
        old = row.values
        worker = group.last_worker
        types = old[7] or []
        if len(group.types) != len(types):
            types = sorted(text(name) for name in group.types)
        dependencies = old[8] or []
        if follow and len(group.dependencies) != len(dependencies):
            dependencies = self._depend(group, dependencies)
        span = getattr(group, "span_id", None)
        self.ledger.write(
            row,
            [
                counts,
                nbytes_total,
                self._durations(group),
                stop,
                float(group.start),
                None if worker is None else text(worker.address),
                int(group.last_worker_tasks_left),
                types,
                dependencies,
                old[9],
                old[10] or text(group.name),
                old[11] or type(group.name).__name__,
                old[12] or text(group.prefix.name),
                None if span is None else old[13] or text(span),
            ],
        )

    def _settle(self, row: GroupRow, counts: list[int], ran: bool) -> None:
        old = row.values
        group = row.subject
        entered = self._entered(group)
        spent = 0.0 if entered is not None else float(group.all_durations.get("compute", 0.0))
        last = old[0] or [0] * len(counts)
        if counts[_FORGOTTEN] > last[_FORGOTTEN]:
            before = _finished(last, bool(old[3] or old[1]))
            after = _finished(counts, ran)
            if entered is not None:
                bound = entered - row.entered
            else:
                # Older releases count nothing: as many as fit into the time spent since, at the group's mean.
                bound = sum(counts) if ran else 0
                if before[0] and row.spent:
                    fitting = (spent - row.spent) * before[0] / row.spent
                    unseen = after[2] - before[2] - before[0] - before[1]
                    bound = unseen if unseen <= 1.5 * fitting + 1 else round(fitting)
            row.done += settled(before, after, bound)
        row.entered = entered or 0
        row.spent = spent

    def _durations(self, owner: Any) -> list[float]:
        """``all_durations`` as a list in the order of ``actions``, zeros at its end left out."""
        spent = owner.all_durations
        durations: list[float] = [0] * len(self.actions)
        for action, value in spent.items():
            if action not in self.actions:
                self.actions[text(action)] = len(self.actions)
                self.actions_seq = self.ledger.seq + 1
                durations.append(0)
            durations[self.actions[action]] = duration(value)
        while durations and not durations[-1]:
            durations.pop()
        return durations

    def _depend(self, group: Any, old: list[int]) -> list[int]:
        idents = []
        for other in group.dependencies:
            row = self._groups.get(id(other)) or self._dead.get(id(other))
            if row is None:
                # Forgotten before the probe came; its own dependencies are not followed, lest the chain be long.
                row = self.ledger.add("group", other, GroupRow)
                self._end(row, follow=False)
            if row.id not in old:
                row.dependents += 1
                if row.dependents == 1 and row.id in self._gone:
                    # Who came since its end has not heard of it.
                    self.ledger.touch(row)
            idents.append(row.id)
        return sorted(idents)

    def _read_computations(self) -> Iterator[None]:
        known = self.scheduler.computations
        for computation in list(known):
            row = self._computations.get(id(computation))
            if row is None:
                row = self.ledger.add("computation", computation)
                self._computations[id(computation)] = row
            size = (len(computation.groups), len(computation.code))
            if self._sizes.get(row.id) == size:
                continue
            self._sizes[row.id] = size
            members = set(row["groups"] or ())
            for group in computation.groups:
                member = self._groups.get(id(group)) or self._dead.get(id(group))
                if member is not None:
                    members.add(member.id)
            name = getattr(computation, "id", None) or getattr(computation, "_id", "")
            code = [source for item in list(computation.code)[:8] for source in source_texts(item)]
            self.ledger.write(row, [str(name), float(computation.start), code, sorted(members)])
            yield
        if len(self._computations) > len(known):
            kept = {id(computation) for computation in known}
            for ident in [ident for ident in self._computations if ident not in kept]:
                row = self._computations.pop(ident)
                self._sizes.pop(row.id, None)
                self.ledger.drop(row, silently=True)

    def _read_prefixes(self) -> Iterator[None]:
        for name, prefix in list(self.scheduler.task_prefixes.items()):
            row = self._prefixes.get(name)
            if row is None:
                row = self._prefixes[name] = self.ledger.add("prefix", prefix)
            counts = getattr(prefix, "state_counts", None)
            self.ledger.write(
                row,
                [
                    text(prefix.name),
                    float(prefix.duration_average),
                    float(getattr(prefix, "max_exec_time", -1)),
                    int(prefix.suspicious),
                    self._durations(prefix),
                    None if counts is None else [int(counts.get(name, 0)) for name in self.states],
                ],
            )
            yield

    def _read_workers(self) -> Iterator[None]:
        present = self.scheduler.workers
        for address in [a for a, row in self._workers.items() if present.get(a) is not row.subject]:
            row = self._workers.pop(address)
            self.ledger.set(row, "gone", True)
            self._gone[row.id] = row
        for address, worker in list(present.items()):
            if address not in self._workers:
                self._workers[address] = self.ledger.add("worker", worker)
            metrics = worker.metrics
            self.ledger.write(
                self._workers[address],
                [
                    whole(metrics.get("memory") or 0),
                    float(metrics.get("cpu") or 0),
                    whole(worker.nbytes),
                    len(worker.processing),
                    len(worker.executing),
                    float(worker.occupancy),
                    worker.status.name,
                    int(worker.nthreads),
                    whole(worker.memory_limit or 0),
                    text(worker.address),
                    text(worker.name),
                    text(worker.host),
                    int(getattr(worker, "pid", 0) or 0),
                    False,
                ],
            )
            yield
