"""The rows of the mirror, and how a row of the scheduler is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tgwidget import ledger
from tgwidget.ledger import Row

#: What the page is told of a group is what the scheduler tells, and the last four.
GROUP_FIELDS = (*ledger.GROUP_FIELDS, "computation", "earlier", "runs", "key")
COMPUTATION_FIELDS = ("start", "code")
SUMMARY_FIELDS = (
    "now",
    "started",
    "ended",
    "scheduler_cost",
    "kernel_cost",
    "memory",
    "workers",
    "threads",
    "memory_limit",
    "status",
    "message",
    "address",
    "interval",
    "erred",
)


class Record(Row):
    """A row with the scheduler's own number for it, valid within an epoch; its subject is the model, if any."""

    __slots__ = ("durations", "erred", "forgotten", "ident", "key", "members", "page")

    def __init__(self, kind: str, fields: Any, number: int, subject: Any) -> None:
        super().__init__(kind, fields, number, subject)
        self.ident = 0
        #: Key in the mirror's table.
        self.key = ""
        #: Exact seconds (or whole microseconds as int) by action, in the order of the mirror's actions.
        self.durations: list[float] = []
        #: Erred and forgotten tasks of a group at the last look.
        self.erred = 0
        self.forgotten = 0
        #: A computation's row in the mirror's ledger, and its groups; of a group, its computations.
        self.page: Row | None = None
        self.members: dict[int, Record] = {}


def arranged(values: Iterable[Any] | None, positions: list[int], names: list[str]) -> list[Any]:
    """Values that stand in the scheduler's order, in the mirror's: the n-th goes to ``positions[n]``."""
    result = [0] * len(names)
    for position, value in zip(positions, values or ()):
        result[position] = value
    return result


def decoded(fields: Iterable[str], mask: int, values: list[Any]) -> dict[str, Any]:
    """The fields that a row's mask says are present."""
    present = [field for bit, field in enumerate(fields) if mask & (1 << bit)]
    return dict(zip(present, values))


def overwrite(row: Row, patch: dict[str, Any]) -> None:
    """Set fields of a row that is in no ledger."""
    for field, value in patch.items():
        row.values[row.fields.index(field)] = value
