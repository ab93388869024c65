"""Reads the scheduler's TaskGroups, TaskPrefixes, Computations and WorkerStates into a ledger; no single tasks.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from itertools import compress, islice
from operator import ne
from time import perf_counter
from typing import Any

from tgwidget.glances import Glances
from tgwidget.ledger import Ledger, Row
from tgwidget.values import FORGOTTEN, STATES, duration, finished, settled, source_texts, text, whole

SLICE_SECONDS = 0.002
#: Of a sweep that looks at everything in turn, whether or not it seems changed.
DEEP_SLICE_SECONDS = 0.0005
#: Groups of one submission that are held on to at once; a larger one is not over before the next look.
NOTICED = 1_000
CHUNK = 512
KEPT_GONE = 10_000
CODE_PIECES = 100


class GroupRow(Row):
    """A TaskGroup's row, with what the census must remember to tell its end."""

    __slots__ = ("dependents", "done", "entered", "erred", "seen", "spent")

    def __init__(self, kind: str, fields: Sequence[str], ident: int, subject: Any) -> None:
        super().__init__(kind, fields, ident, subject)
        #: A copy of the group's ``states`` at the last look.
        self.seen: Any = None
        #: Forgotten tasks that had finished, and that had erred.
        self.done = 0
        self.erred = 0
        #: Tasks of the prefix that had come into memory, and that had erred, at the last look.
        self.entered = (0, 0)
        #: Seconds spent computing its tasks at the last look.
        self.spent = 0.0
        #: Living groups that depend on this one.
        self.dependents = 0


class Census:
    """Keeps the ledger equal to the scheduler, in slices of at most about two milliseconds."""

    def __init__(self, scheduler: Any) -> None:
        self.scheduler = scheduler
        self.ledger = Ledger()
        self._glances = Glances(scheduler, self.ledger)
        self.states = list(STATES)
        self._known = frozenset(STATES)
        self.states_seq = 0
        self.actions: dict[str, int] = {}
        self.actions_seq = 0
        self._groups: dict[int, GroupRow] = {}
        #: Groups of submissions since the last look, with their prefix's counters then.
        self._noticed: dict[int, tuple[Any, tuple[int, int] | None]] = {}
        self._everything: Iterator[None] | None = None
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

    def notice(self) -> None:
        """Hold on to the groups of a submission: some are gone before the next look. Bounded, and makes no rows."""
        for group in islice(reversed(self.scheduler.task_groups.values()), NOTICED):
            if id(group) in self._groups or id(group) in self._noticed:
                break
            self._noticed[id(group)] = (group, self._entered(group))

    def _admit(self) -> Iterator[None]:
        """Enter the groups that are new since the last look: they stand at the end of the scheduler's dict."""
        noticed, self._noticed = self._noticed, {}
        fresh = []
        for group in reversed(self.scheduler.task_groups.values()):
            if id(group) in self._groups:
                break
            if id(group) not in noticed:
                fresh.append((group, self._entered(group)))
        for group, entered in [*reversed(fresh), *reversed(list(noticed.values()))]:
            row = self.ledger.add("group", group, GroupRow)
            row.entered = entered or (0, 0)
            self._groups[id(group)] = row
            self._chunks = None
            yield

    def sweep(self, deep: bool) -> Iterator[None]:
        """Read what changed; ``deep``: also a part of everything else. Yields where a slice of work ends."""
        end = perf_counter() + SLICE_SECONDS
        for _ in self._steps(deep):
            if perf_counter() > end:
                yield
                end = perf_counter() + SLICE_SECONDS

    def _steps(self, deep: bool) -> Iterator[None]:
        yield from self._admit()
        yield from self._bury()
        for rows, states, seen in self._chunked():
            # Comparing dicts makes no objects: half the cost of comparing tuples of their values.
            for position in list(compress(range(len(rows)), map(ne, states, seen))):
                row = rows[position]
                counts = dict(states[position])
                self._read_group(row)
                self._glances.read_errors(row)
                row.seen = seen[position] = counts
                yield
            yield
        yield from self._read_computations(grown=False)
        if deep:
            yield from self._deepen()

    @property
    def deepening(self) -> bool:
        """Whether a reading of everything is under way."""
        return self._everything is not None

    def _deepen(self) -> Iterator[None]:
        if self._everything is None:
            self._everything = self._read_everything()
        end = perf_counter() + DEEP_SLICE_SECONDS
        try:
            for _ in self._everything:
                if perf_counter() > end:
                    return
                yield
        except Exception:
            self._everything = None
            raise
        self._everything = None

    def _read_everything(self) -> Iterator[None]:
        yield from self._read_workers()
        yield from self._glances.read_running(self._groups)
        yield from self._read_prefixes()
        yield from self._read_computations(grown=True)
        for row in list(self._groups.values()):
            if id(row.subject) in self._groups:
                self._read_group(row)
            yield
        yield from self._trim()

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
                self._dead[id(group)] = row
                self._chunks = None
                self._end(row)
                for ident in row["dependencies"]:
                    other = self.ledger.get(ident)
                    if isinstance(other, GroupRow):
                        other.dependents -= 1
                yield

    def _trim(self) -> Iterator[None]:
        for ident in list(self._gone)[: max(0, len(self._gone) - KEPT_GONE)]:
            oldest = self._gone[ident]
            if self.is_news(oldest):
                continue
            del self._gone[ident]
            if isinstance(oldest, GroupRow):
                self._dead.pop(id(oldest.subject), None)
            self.ledger.drop(oldest)
            yield

    def _end(self, row: GroupRow, follow: bool = True) -> None:
        self._read_group(row, follow)
        self._glances.forget(row)
        # After `Client.restart` the scheduler lets go of groups without forgetting their tasks.
        done, erred, _ = finished(row["states"], bool(row["stop"] or row["nbytes_total"]))
        self.ledger.set(row, "outcome", [row.done + done, row.erred + erred])
        self._gone[row.id] = self._dead[id(row.subject)] = row

    def _entered(self, group: Any) -> tuple[int, int] | None:
        # distributed 2022.10 and newer count every task of a prefix that comes into a state.
        counts = getattr(group.prefix, "state_counts", None)
        return None if counts is None else (int(counts.get("memory", 0)), int(counts.get("erred", 0)))

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
                old[14],
                old[15],
            ],
        )

    def _settle(self, row: GroupRow, counts: list[int], ran: bool) -> None:
        old = row.values
        group = row.subject
        entered = self._entered(group)
        spent = 0.0 if entered is not None else float(group.all_durations.get("compute", 0.0))
        last = old[0] or [0] * len(counts)
        if counts[FORGOTTEN] > last[FORGOTTEN]:
            before = finished(last, bool(old[3] or old[1]))
            after = finished(counts, ran)
            erred = 0
            if entered is not None:
                bound = entered[0] - row.entered[0]
                erred = entered[1] - row.entered[1]
            else:
                # Older releases count nothing: as many as fit into the time spent since, at the group's mean.
                bound = sum(counts) if ran else 0
                if before[0] and row.spent:
                    fitting = (spent - row.spent) * before[0] / row.spent
                    unseen = after[2] - before[2] - before[0] - before[1]
                    bound = unseen if unseen <= 1.5 * fitting + 1 else round(fitting)
            more_done, more_erred = settled(before, after, bound, erred)
            row.done += more_done
            row.erred += more_erred
        row.entered = entered or (0, 0)
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

    def _read_computations(self, grown: bool) -> Iterator[None]:
        """Computations that are new; ``grown``: also those that have grown."""
        known = self.scheduler.computations
        for computation in list(known):
            row = self._computations.get(id(computation))
            if row is None:
                row = self.ledger.add("computation", computation)
                self._computations[id(computation)] = row
            size = (len(computation.groups), len(computation.code))
            last = self._sizes.get(row.id)
            if last == size or (last is not None and not grown):
                continue
            members = set(row["groups"] or ())
            groups = list(computation.groups)
            for first in range(0, len(groups), CHUNK):
                for group in groups[first : first + CHUNK]:
                    member = self._groups.get(id(group)) or self._dead.get(id(group))
                    if member is not None:
                        members.add(member.id)
                yield
            self._sizes[row.id] = size
            name = getattr(computation, "id", None) or getattr(computation, "_id", "")
            code = [source for item in list(computation.code)[:CODE_PIECES] for source in source_texts(item)]
            if len(computation.code) > CODE_PIECES:
                code.append(f"# … and {len(computation.code) - CODE_PIECES} more pieces")
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
