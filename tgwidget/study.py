"""The tasks of one group in columns, a thousand to a chunk, read again and again; readers get the chunks that changed.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from operator import attrgetter
from typing import Any

from tgwidget.taskfacts import block_of, error_of, kind_of, worker_of
from tgwidget.values import text

CHUNK = 1_000
KEPT_TIMINGS = 20_000
#: Of these, in one reply.
TIMINGS = 4_000
KEPT_ERRORS = 100
#: Their texts may be long.
ERRORS_AT_ONCE = 200
#: Number of all errors that are not kept.
OTHER_ERROR = 0
#: Every so many passes, everything is read, and not only where a state changed.
DEEP_EVERY = 8
#: In the columns of workers and types: none, and one too many to be told apart.
NOBODY, SOMEBODY = 0, 65_535
#: Dimensions of a collection that are worth a grid.
DIMENSIONS = 8

_state_of = attrgetter("state")
_nbytes_of = attrgetter("nbytes")


class Codes(dict):  # type: ignore[type-arg]  # Python 3.8 has no dict[str, int]
    """Numbers for names, given out as they come; ``names`` in that order."""

    def __init__(self, names: Sequence[str] = (), first: int = 0, most: int = SOMEBODY) -> None:
        super().__init__((name, first + at) for at, name in enumerate(names))
        self.names = list(names)
        self._first = first
        self._most = most

    def __missing__(self, name: str) -> int:
        code = self._first + len(self.names)
        if code >= self._most:
            return self._most
        self[name] = code
        self.names.append(text(name))
        return code


class Tables:
    """What the numbers in the columns stand for, the same for all groups."""

    def __init__(self, states: Sequence[str]) -> None:
        self.states = Codes(states, most=255)
        self.workers = Codes(first=1)
        self.types = Codes(first=1)


class Chunk:
    """Columns of a thousand tasks, as bytes: little-endian."""

    __slots__ = ("blocks", "columns", "errors", "held", "seq")

    def __init__(self) -> None:
        self.columns: dict[str, bytes] = {}
        #: Where the tasks stand in their collection; None: not read yet.
        self.blocks: bytes | None = None
        #: Erred tasks by number of their error.
        self.errors: Counter[int] = Counter()
        #: Bytes of the results in memory.
        self.held = 0
        self.seq = 0


def _bytes_of(column: array[Any]) -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


class Study:
    """One group under study. ``seq`` counts what changed, as in a ledger."""

    def __init__(self, group: Any, tables: Tables, generation: int) -> None:
        self.group = group
        self.tables = tables
        self.seq = 0
        self.generation = generation
        self.members: list[Any] = []
        #: Whether somebody wants to know where the tasks stand in their collection.
        self.wants_blocks = False
        self.blocks_read = False
        #: How often all of its tasks were read.
        self.passes = 0
        #: When somebody last followed it, by the event loop's clock.
        self.followed_at = 0.0
        #: Tasks that have been read at least once.
        self.known = 0
        self.held = 0
        #: ``[number, exception, its length, traceback, its length, task, group, workers]``, and how many erred so.
        self.errors: dict[Any, list[Any]] = {}
        self.counts: Counter[int] = Counter()
        self.errors_seq = 0
        self._kinds = OTHER_ERROR
        #: ``(seq, place, worker, start, stop)`` of tasks that finished under study.
        self.timings: deque[tuple[int, int, int, float, float]] = deque(maxlen=KEPT_TIMINGS)
        self._finished: dict[int, tuple[Any, int, float, float]] = {}
        self._chunks: list[Chunk] = []
        self._dimensions: int | None = None

    def note(self, task: Any, worker: str, start: float, stop: float) -> None:
        """A task has finished: between ``start`` and ``stop``, in seconds since the epoch."""
        finished = self._finished
        if len(finished) >= KEPT_TIMINGS:
            # Forgotten before it was ever read: most likely, for longer than any other.
            del finished[next(iter(finished))]
        finished[id(task)] = (task, self.tables.workers[worker], start, stop)

    def steps(self, members: list[Any], generation: int, deep: bool) -> Iterator[None]:
        """One pass over the group's tasks; ``deep``: not only where a state changed. Yields after each chunk."""
        if members is not self.members:
            self._begin(members, generation)
        deep = deep or self.passes % DEEP_EVERY == DEEP_EVERY - 1
        for first in range(0, len(members), CHUNK):
            yield from self._read(first // CHUNK, first, members[first : first + CHUNK], deep)
            yield
        yield from self.read_blocks()
        self._drop_errors()

    def _begin(self, members: list[Any], generation: int) -> None:
        self.generation = generation
        self.members = members
        self.passes = self.known = self.held = 0
        self.blocks_read = False
        self._chunks = []
        self.counts = Counter()
        self.timings.clear()

    def _read(self, at: int, first: int, tasks: list[Any], deep: bool) -> Iterator[None]:
        if at == len(self._chunks):
            self._chunks.append(Chunk())
        chunk = self._chunks[at]
        states = bytes(map(self.tables.states.__getitem__, map(_state_of, tasks)))
        if not deep and states == chunk.columns.get("state"):
            return
        workers = self.tables.workers
        types = self.tables.types
        columns = {
            "state": states,
            "worker": _bytes_of(array("H", [_worker_code(task, workers) for task in tasks])),
            "nbytes": _bytes_of(array("f", map(_nbytes_of, tasks))),
            "type": _bytes_of(array("H", [types[task.type] if task.type else NOBODY for task in tasks])),
            "suspicious": bytes([min(255, task.suspicious) for task in tasks]),
        }
        if self._finished:
            self._place(first, tasks)
        errors: Counter[int] = Counter()
        if self.tables.states["erred"] in states:
            for start in range(0, len(tasks), ERRORS_AT_ONCE):
                portion = tasks[start : start + ERRORS_AT_ONCE]
                errors.update(self._error_number(task) for task in portion if task.state == "erred")
                yield
        if columns == chunk.columns and errors == chunk.errors:
            return
        self.seq += 1
        chunk.seq = self.seq
        if len(states) != len(chunk.columns.get("state", b"")):
            chunk.blocks = None
        chunk.columns = columns
        self.known = max(self.known, first + len(tasks))
        held = sum(int(task.nbytes) for task in tasks if task.who_has and task.nbytes > 0)
        self.held += held - chunk.held
        chunk.held = held
        if errors != chunk.errors:
            self.counts.update(errors)
            self.counts.subtract(chunk.errors)
            chunk.errors = errors
            self.errors_seq = self.seq

    def _place(self, first: int, tasks: list[Any]) -> None:
        finished = self._finished
        for at, ident in enumerate(map(id, tasks)):
            if ident in finished:
                self.seq += 1
                self.timings.append((self.seq, first + at, *finished.pop(ident)[1:]))

    def _error_number(self, task: Any) -> int:
        """Erred tasks are of one kind where exception and traceback are the same text."""
        kind = kind_of(task)
        known = self.errors.get(kind)
        if known is None:
            if len(self.errors) >= KEPT_ERRORS:
                return OTHER_ERROR
            self._kinds += 1
            known = self.errors[kind] = [self._kinds, *error_of(task)]
        number: int = known[0]
        return number

    def _drop_errors(self) -> None:
        """Let go of kinds of errors of which no task is any more: others may come."""
        self.errors = {kind: error for kind, error in self.errors.items() if self.counts[error[0]]}

    def read_blocks(self) -> Iterator[None]:
        """Read where the tasks stand in their collection, if anybody wants that: once, as a key never changes."""
        if not self.wants_blocks:
            return
        for at, chunk in enumerate(self._chunks):
            if chunk.blocks is None:
                first = at * CHUNK
                chunk.blocks = self._blocks_of(self.members[first : first + len(chunk.columns["state"])])
                self.seq += 1
                chunk.seq = self.seq
                yield
        self.blocks_read = True

    def _blocks_of(self, tasks: list[Any]) -> bytes:
        """``dimensions`` numbers for each task; -1 for one whose key has none, or not as many as the first's."""
        flat: list[int] = []
        for task in tasks:
            block = block_of(task.key)
            if self._dimensions is None:
                self._dimensions = 0 if block is None else min(len(block), DIMENSIONS)
            if block is None or len(block) != self._dimensions or not all(0 <= n < 2**31 for n in block):
                block = (-1,) * self._dimensions
            flat += block
        return _bytes_of(array("i", flat))

    def since(self, cursor: int, columns: Sequence[str], limit: int) -> tuple[Mapping[str, Any], bool]:
        """What changed after ``cursor``, at most ``limit`` chunks and ``TIMINGS`` of it, and whether there is more."""
        newer = sorted(
            (chunk.seq, at) for at, chunk in enumerate(self._chunks) if chunk.columns and chunk.seq > cursor
        )
        timings = list(takewhile(lambda timing: timing[0] > cursor, reversed(self.timings)))[::-1]
        ends = [newer[limit - 1][0]] if len(newer) > limit else []
        ends += [timings[TIMINGS - 1][0]] if len(timings) > TIMINGS else []
        seq = min(ends, default=self.seq)
        more = bool(ends)
        reply: dict[str, Any] = {
            "seq": seq,
            "generation": self.generation,
            "chunks": [self._encoded(at, columns) for changed, at in newer if changed <= seq],
            "timings": [timing[1:] for timing in takewhile(lambda timing: timing[0] <= seq, timings)],
            "known": self.known,
            "held": self.held,
            "dimensions": self._dimensions,
        }
        if self.errors_seq > cursor and not more:
            errors = sorted(self.errors.values(), key=lambda error: error[0])
            reply["errors"] = [
                [self.counts[error[0]], *error[1:]] for error in errors if self.counts[error[0]]
            ]
            reply["errors_more"] = self.counts[OTHER_ERROR]
        return reply, more

    def is_complete(self, columns: Sequence[str]) -> bool:
        """Whether these columns of all tasks have been read."""
        return self.passes > 0 and (self.blocks_read or "block" not in columns)

    @property
    def is_unread(self) -> bool:
        """Whether somebody waits for what was never read."""
        return self.passes == 0 or (self.wants_blocks and not self.blocks_read)

    def _encoded(self, at: int, columns: Sequence[str]) -> list[Any]:
        chunk = self._chunks[at]
        wanted = {name: chunk.columns[name] for name in columns if name in chunk.columns}
        if chunk.blocks is not None and "block" in columns:
            wanted["block"] = chunk.blocks
        return [at * CHUNK, wanted]


def _worker_code(task: Any, workers: Codes) -> int:
    worker = worker_of(task)
    return NOBODY if worker is None else workers[worker.address]
