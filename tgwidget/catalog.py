"""Makes models when they are first asked for and keeps those up to date: unread models cost nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Callable, Generic, TypeVar
from weakref import WeakKeyDictionary

from tgwidget import markup
from tgwidget.mirror import Mirror
from tgwidget.models import Computation, TaskGroup, TaskPrefix, WorkerState, _Model
from tgwidget.records import Record
from tgwidget.sync import Stream

M = TypeVar("M", bound=_Model)
SHOWN = 100

logger = logging.getLogger("tgwidget")


class LiveMapping(Mapping[str, M], Generic[M]):
    """A read-only view that follows the mirror. Iterating goes over the keys there were when it began."""

    def __init__(self, catalog: Catalog, kind: str, table: dict[str, Record]) -> None:
        self._catalog = catalog
        self._kind = kind
        self._table = table

    def _find(self, key: object) -> Record | None:
        return self._table.get(key) if isinstance(key, str) else None

    def __getitem__(self, key: str) -> M:
        with self._catalog.lock:
            row = self._find(key)
            if row is None:
                raise KeyError(key)
            model: M = self._catalog.model(self._kind, row)
            return model

    def __contains__(self, key: object) -> bool:
        with self._catalog.lock:
            return self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        with self._catalog.lock:
            return iter(list(self._table))

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        keys = list(self)
        some = ", ".join(map(repr, keys[:5])) + (", …" if len(keys) > 5 else "")
        return f"<{markup.counted(len(keys), self._kind)}: {some}>"

    def _repr_html_(self) -> str:
        keys = list(self)
        models = [self.get(key) for key in keys[:SHOWN]]
        rows = [(model.name, model.facts()) for model in models if model is not None]
        return markup.list_table(self._kind, rows, len(keys))


class Workers(LiveMapping[WorkerState]):
    """Workers by name as text; an address finds one too, as in ``Scheduler.workers``."""

    def _find(self, key: object) -> Record | None:
        row = super()._find(key)
        if row is not None:
            return row
        return next((row for row in self._table.values() if row["name"] == key), None)

    def __iter__(self) -> Iterator[str]:
        with self._catalog.lock:
            return iter([row["name"] for row in self._table.values()])


class Catalog:
    """The models of one stream.

    Traits are set on the client's event loop thread: an observer that must not run there, or that waits
    for the cluster, hands its work to another thread.
    """

    def __init__(self, stream: Stream) -> None:
        self.lock = stream.lock
        self._mirror = stream.mirror
        self.groups: LiveMapping[TaskGroup] = LiveMapping(self, "group", self._mirror.groups)
        self.prefixes: LiveMapping[TaskPrefix] = LiveMapping(self, "prefix", self._mirror.prefixes)
        self.computations: LiveMapping[Computation] = LiveMapping(
            self, "computation", self._mirror.computations
        )
        self.workers = Workers(self, "worker", self._mirror.workers)
        stream.on_changes = self.update

    def model(self, kind: str, row: Record) -> Any:
        """The model of a row."""
        if row.subject is None:
            model_type, values = _KINDS[kind]
            row.subject = model_type()
            row.subject._take(values(self._mirror, row))
        return row.subject

    def update(self, changes: Iterable[Record]) -> None:
        """Set what changed in the models that there are. An observer's error is logged and stops nothing."""
        stale: dict[int, tuple[Any, dict[str, Any]]] = {}
        with self.lock:
            for row in {id(row): row for row in self._affected(changes)}.values():
                stale[id(row)] = (row.subject, _KINDS[row.kind][1](self._mirror, row))
        for model, values in stale.values():
            # An observer's error leaves the traits behind its own unset: go on with those.
            for _ in values:
                try:
                    model._take(values)
                    break
                except Exception:
                    logger.exception("an observer of %s %r failed", type(model).__name__, model.name)

    def _affected(self, changes: Iterable[Record]) -> Iterator[Record]:
        mirror = self._mirror
        for row in changes:
            if row.subject is not None:
                yield row
            if row.kind == "group":
                others = (mirror.prefixes.get(row["prefix"]), mirror.computation_of(row))
                yield from (other for other in others if other and other.subject is not None)


def _states(mirror: Mirror, counts: Iterable[int]) -> dict[str, int]:
    return dict(zip(mirror.states, counts))


def _durations(mirror: Mirror, durations: Iterable[float]) -> dict[str, float]:
    return {
        action: spent / 1e6 if type(spent) is int else spent
        for action, spent in zip(mirror.actions, durations)
        if spent
    }


def _total(durations: Iterable[float]) -> float:
    """Seconds in all: exact where each part is in whole microseconds."""
    durations = list(durations)
    whole = sum(spent for spent in durations if type(spent) is int)
    return whole / 1e6 + sum(spent for spent in durations if type(spent) is not int)


def _sum_counts(mirror: Mirror, rows: Iterable[Record]) -> dict[str, int]:
    totals = [0] * len(mirror.states)
    for row in rows:
        for position, count in enumerate(row["states"] or ()):
            totals[position] += count
    return _states(mirror, totals)


def _group(mirror: Mirror, row: Record) -> dict[str, Any]:
    computation = mirror.computation_of(row)
    return {
        "name": row["name"],
        "states": _states(mirror, row["states"]),
        "nbytes_total": row["nbytes_total"],
        "duration": _total(row.durations),
        "all_durations": _durations(mirror, row.durations),
        "types": frozenset(row["types"]),
        "dependencies": frozenset(mirror.keys_of(row["dependencies"])),
        "last_worker": row["last_worker"],
        "last_worker_tasks_left": row["last_worker_tasks_left"],
        "start": row["start"],
        "stop": row["stop"],
        "prefix": row["prefix"],
        "span_id": row["span_id"],
        "computation": None if computation is None else computation.key,
        "gone": row["outcome"] is not None,
        "runs": row["runs"],
        "outcome": None if row["outcome"] is None else tuple(row["outcome"]),
    }


def _prefix(mirror: Mirror, row: Record) -> dict[str, Any]:
    groups = [group for group in mirror.members.get(row.key, ()) if group["outcome"] is None]
    counts = row["state_counts"]
    return {
        "name": row["name"],
        "groups": frozenset(group.key for group in groups),
        "states": _sum_counts(mirror, groups),
        "nbytes_total": sum(group["nbytes_total"] for group in groups),
        "duration": _total(spent for group in groups for spent in group.durations),
        "types": frozenset(name for group in groups for name in group["types"]),
        "all_durations": _durations(mirror, row["all_durations"]),
        "duration_average": row["duration_average"],
        "max_exec_time": row["max_exec_time"],
        "suspicious": row["suspicious"],
        "state_counts": {} if counts is None else _states(mirror, counts),
    }


def _computation(mirror: Mirror, row: Record) -> dict[str, Any]:
    groups = list(row.members.values())
    return {
        "name": row["name"],
        "start": row["start"],
        "stop": max((group["stop"] for group in groups), default=0.0),
        "code": tuple(row["code"] or ()),
        "groups": frozenset(group.key for group in groups),
        "states": _sum_counts(mirror, groups),
    }


def _worker(_: Mirror, row: Record) -> dict[str, Any]:
    return {trait: row[trait] for trait in WorkerState.class_trait_names()}


_KINDS: dict[str, tuple[type[_Model], Callable[[Mirror, Record], dict[str, Any]]]] = {
    "group": (TaskGroup, _group),
    "prefix": (TaskPrefix, _prefix),
    "computation": (Computation, _computation),
    "worker": (WorkerState, _worker),
}

_catalogs: WeakKeyDictionary[Stream, Catalog] = WeakKeyDictionary()


def catalog_of(stream: Stream) -> Catalog:
    """The one catalog of a stream: its widgets share their models."""
    with stream.lock:
        catalog = _catalogs.get(stream)
        if catalog is None:
            catalog = _catalogs[stream] = Catalog(stream)
        return catalog
