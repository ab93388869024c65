"""The drill-down as plain Python objects: everything about one group when it was asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from statistics import median, quantiles
from typing import Any, Callable, NamedTuple
from uuid import uuid4

from tgwidget.columns import COLUMNS, NONE, Columns
from tgwidget.figures import durations_figure, grid_figure, workers_figure
from tgwidget.inquiry import ask
from tgwidget.models import TaskGroup
from tgwidget.sync import Stream

ROWS = 500
FORGOTTEN = "forgotten"
STALE_TRIES = 3


class DetailsError(RuntimeError):
    """The scheduler did not tell the details; the message says why."""


class Task(NamedTuple):
    """One task. ``seconds``: how long it has been running; None where it does not, or waits for its turn.

    ``nbytes``: of its result, None where there is none. ``worker``: address of who runs it or holds its result.
    """

    key: str
    state: str
    worker: str | None
    seconds: float | None
    nbytes: int | None
    type: str
    retries: int
    suspicious: int


class TaskError(NamedTuple):
    """Tasks that failed in the same way: how many, texts, and the task that is to blame for one of them."""

    occurrences: int
    exception: str
    traceback: str
    key: str
    group: str
    workers: tuple[str, ...]


class WorkerShare(NamedTuple):
    """What one worker has of the group: tasks by state, and bytes of their results in its memory (to seven digits).

    A task whose result is on several workers counts for one of them.
    """

    states: Mapping[str, int]
    nbytes: int


class Durations(NamedTuple):
    """Seconds that tasks took to compute, of those that finished while somebody followed the group."""

    seconds: tuple[float, ...]
    median: float | None
    p95: float | None


class Grid(NamedTuple):
    """The blocks of a collection. ``states``: by index, ``(i, j, …)`` within ``shape``."""

    shape: tuple[int, ...]
    states: Mapping[tuple[int, ...], str]


class Details:
    """One group's tasks when this was made; ``tasks`` and ``to_pandas`` ask the scheduler anew.

    With an asynchronous client, what they return is to be awaited.
    """

    def __init__(self, stream: Stream, ident: int, group: TaskGroup, columns: Columns) -> None:
        self._stream = stream
        self._ident = ident
        self._columns = columns
        #: The live model: states, dependencies, bytes, durations by action, and so on.
        self.group = group

    @property
    def name(self) -> str:
        """The group's name as text."""
        name: str = self.group.name
        return name

    @property
    def gone(self) -> bool:
        """Whether the scheduler has forgotten the group."""
        return self._columns.gone

    @property
    def states(self) -> dict[str, int]:
        """Number of tasks by state, states without any left out; forgotten tasks only of a group that is gone."""
        columns = self._columns
        counts = {columns.states[code]: count for code, count in Counter(columns.columns["state"]).items()}
        if not columns.gone:
            # How many of these are still known depends on when somebody began to look.
            counts.pop(FORGOTTEN, None)
        return counts

    @property
    def nbytes(self) -> int:
        """Bytes of the results in memory, each counted once."""
        return self._columns.held

    @property
    def workers(self) -> dict[str, WorkerShare]:
        """How tasks and memory spread over workers, by address; tasks with none are left out."""
        columns = self._columns
        states: dict[int, Counter[str]] = {}
        held: Counter[int] = Counter()
        memory = columns.states.index("memory")
        of = columns.columns
        for code, worker, nbytes in zip(of["state"], of["worker"], of["nbytes"]):
            if worker != NONE:
                states.setdefault(worker, Counter())[columns.states[code]] += 1
                # A released task keeps the size that its result had, also while it is computed anew.
                if code == memory:
                    held[worker] += max(0, int(nbytes))
        return {
            columns.worker_name(worker) or "": WorkerShare(dict(counts), held[worker])
            for worker, counts in sorted(states.items())
        }

    @property
    def errors(self) -> list[TaskError]:
        """The distinct failures, those of most tasks first. Texts are cut to some thousand characters."""
        errors = [
            TaskError(count, exception, traceback, key, group, tuple(workers))
            for count, exception, _, traceback, _, key, group, workers in self._columns.errors
        ]
        return sorted(errors, key=lambda error: -error.occurrences)

    @property
    def durations(self) -> Durations:
        """Of tasks that finished since a panel, or this, began to look."""
        seconds = tuple(stop - start for _, _, start, stop in self._columns.timings)
        if len(seconds) < 2:
            return Durations(seconds, *(seconds * 2 or (None, None)))
        return Durations(seconds, median(seconds), quantiles(seconds, n=20, method="inclusive")[18])

    @property
    def grid(self) -> Grid | None:
        """None where keys are not ``(name, i, j, …)``."""
        dimensions = self._columns.dimensions
        if not dimensions:
            return None
        flat = self._columns.columns["block"]
        blocks = [tuple(flat[at : at + dimensions]) for at in range(0, len(flat), dimensions)]
        states = {
            block: self._columns.state_of(place) for place, block in enumerate(blocks) if min(block) >= 0
        }
        shape = tuple(1 + max(indices) for indices in zip(*states)) if states else (0,) * dimensions
        return Grid(shape, states)

    def tasks(self, *, state: str | None = None, limit: int | None = 1000) -> Any:
        """The group's tasks now, in the order in which they came to the scheduler, as a list of ``Task``.

        Tasks that the scheduler has forgotten are among them only where the group is gone. ``state``: only those;
        ``limit``: at most so many, None: all. Raises ValueError for a state that the scheduler does not have,
        ``DetailsError`` when it does not answer.
        """
        return waited_for(self._stream, _tasks, self._stream, self._ident, state, limit)

    def figure(self, kind: str) -> Any:
        """A Bokeh figure: "durations", "workers" or "grid".

        Raises ValueError for another kind or where there is nothing of it to show, ImportError without Bokeh.
        """
        if kind == "durations":
            seconds, middle, p95 = self.durations
            marks = {} if middle is None or p95 is None else {"median": middle, "p95": p95}
            return durations_figure(seconds, marks)
        if kind == "workers":
            return workers_figure({name: share.states for name, share in self.workers.items()})
        if kind == "grid":
            grid = self.grid
            if grid is None:
                raise ValueError(f"the keys of {self.name!r} are not (name, i, j, …): there is no grid")
            return grid_figure(grid.shape, grid.states)
        raise ValueError(f"unknown figure {kind!r}; expected one of durations, workers, grid")

    def to_pandas(self) -> Any:
        """All tasks as a ``pandas.DataFrame``, indexed by key. Raises ImportError without pandas."""
        import pandas

        async def frame() -> Any:
            tasks = await _tasks(self._stream, self._ident, None, None)
            return pandas.DataFrame(tasks, columns=list(Task._fields)).set_index("key")

        return waited_for(self._stream, frame)

    def __repr__(self) -> str:
        counts = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        return f"<Details {self.name!r}: {counts or 'no tasks'}{', forgotten' if self.gone else ''}>"


def waited_for(stream: Stream, function: Callable[..., Any], *args: Any) -> Any:
    """What a coroutine function returns; with an asynchronous client, to be awaited. Raises ``DetailsError`` on the
    event loop thread of another client, which would wait for itself.
    """
    client = stream.client
    if not getattr(client, "_asynchronous", False) and stream.is_own_thread():
        raise DetailsError(
            "Details cannot be waited for where observers run, on the client's event loop thread: "
            "ask for them in a cell or another thread."
        )
    return client.sync(function, *args)


async def details_of(stream: Stream, ident: int, group: TaskGroup) -> Details:
    """Everything about a group, by its number in the mirror's ledger. On the client's event loop."""
    follower = uuid4().hex[:12]
    try:
        return Details(stream, ident, group, await _collected(stream, ident, follower, COLUMNS))
    finally:
        await _leave(stream, ident, follower)


async def _collected(stream: Stream, ident: int, follower: str, wanted: tuple[str, ...]) -> Columns:
    columns = Columns()
    seq = 0
    while not columns.complete:
        reply = await ask(
            stream,
            "follow",
            ident,
            follower=follower,
            client=stream.client.id,
            columns=wanted,
            cursor=seq,
            generation=columns.generation,
            tables=[len(columns.states), len(columns.workers), len(columns.types)],
            gap=0.0,
        )
        if "error" in reply:
            raise DetailsError(reply["error"])
        columns.apply(reply)
        seq = reply["seq"]
    return columns


async def _leave(stream: Stream, ident: int, follower: str) -> None:
    await ask(stream, "unfollow", ident, follower=follower)


async def _tasks(stream: Stream, ident: int, state: str | None, limit: int | None) -> list[Task]:
    follower = uuid4().hex[:12]
    try:
        for _ in range(STALE_TRIES):
            columns = await _collected(stream, ident, follower, ("state",))
            places = _places(columns, state)[:limit]
            rows: list[Task] = []
            for first in range(0, len(places), ROWS):
                page = places[first : first + ROWS]
                reply = await ask(stream, "rows", ident, places=page, generation=columns.generation)
                if "error" in reply:
                    raise DetailsError(reply["error"])
                if "stale" in reply:
                    break
                rows += [Task(*row[1:]) for row in reply["rows"]]
            else:
                # Some have moved on since their places were read.
                return rows if state is None else [row for row in rows if row.state == state]
        raise DetailsError("The scheduler's tasks change faster than they can be read; try again.")
    finally:
        await _leave(stream, ident, follower)


def _places(columns: Columns, state: str | None) -> list[int]:
    codes = columns.columns["state"]
    if state is None:
        left_out = -1 if columns.gone else columns.states.index(FORGOTTEN)
        return [place for place, code in enumerate(codes) if code != left_out]
    if state not in columns.states:
        raise ValueError(f"unknown task state {state!r}; expected one of {', '.join(columns.states)}")
    wanted = columns.states.index(state)
    return [place for place, code in enumerate(codes) if code == wanted]
