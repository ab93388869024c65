"""Rows of values that remember when each value changed, so that anybody can ask for what is newer than they have.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from itertools import compress
from operator import ne
from typing import Any, Callable

GROUP_FIELDS = (
    "states",
    "nbytes_total",
    "all_durations",
    "stop",
    "start",
    "last_worker",
    "last_worker_tasks_left",
    "types",
    "dependencies",
    "outcome",
    "name",
    "kind",
    "prefix",
    "span_id",
    "running",
    "errors",
)
PREFIX_FIELDS = (
    "name",
    "duration_average",
    "max_exec_time",
    "suspicious",
    "all_durations",
    "state_counts",
)
COMPUTATION_FIELDS = ("name", "start", "code", "groups")
WORKER_FIELDS = (
    "memory",
    "cpu",
    "nbytes",
    "processing",
    "executing",
    "occupancy",
    "status",
    "nthreads",
    "memory_limit",
    "address",
    "name",
    "host",
    "pid",
    "gone",
)
FIELDS = {
    "group": GROUP_FIELDS,
    "prefix": PREFIX_FIELDS,
    "computation": COMPUTATION_FIELDS,
    "worker": WORKER_FIELDS,
}


class Row:
    """The values of one object, and for each the sequence number of its last change."""

    __slots__ = ("fields", "id", "kind", "seq", "seqs", "subject", "values")

    def __init__(self, kind: str, fields: Sequence[str], ident: int, subject: Any) -> None:
        self.kind = kind
        self.fields = fields
        self.id = ident
        self.subject = subject
        self.values: list[Any] = [None] * len(fields)
        self.seqs = [0] * len(fields)
        self.seq = 0

    def __getitem__(self, field: str) -> Any:
        return self.values[self.fields.index(field)]


class Ledger:
    """All rows, in the order of their last change.

    Every write that changes something takes the next sequence number. A reader who has everything up to a
    *cursor* gets the values with a greater number: they are absolute, so that reading twice, or again after
    a lost reply, does no harm.
    """

    def __init__(self, fields: Mapping[str, Sequence[str]] = FIELDS) -> None:
        self.fields = fields
        self.seq = 0
        #: Readers whose cursor is below this have missed the end of a row and must start over.
        self.horizon = 0
        self._rows: OrderedDict[int, Row] = OrderedDict()
        self._last_id = 0

    def add(self, kind: str, subject: Any, row_type: type[Row] = Row) -> Any:
        self._last_id += 1
        row = self._rows[self._last_id] = row_type(kind, self.fields[kind], self._last_id, subject)
        return row

    def get(self, ident: int) -> Row | None:
        return self._rows.get(ident)

    def write(self, row: Row, values: list[Any]) -> None:
        old = row.values
        if old == values:
            return
        self.seq += 1
        for field in compress(range(len(values)), map(ne, old, values)):
            row.seqs[field] = self.seq
        row.values = values
        row.seq = self.seq
        self._rows.move_to_end(row.id)

    def set(self, row: Row, field: str, value: Any) -> None:
        values = list(row.values)
        values[row.fields.index(field)] = value
        self.write(row, values)

    def drop(self, row: Row, *, silently: bool = False) -> None:
        """Take a row out; ``silently``: no reader need have heard of its end."""
        if not silently:
            self.horizon = max(self.horizon, row.seq)
        del self._rows[row.id]

    def touch(self, row: Row) -> None:
        """Have every reader hear of the whole row again."""
        self.seq += 1
        row.seqs = [self.seq] * len(row.seqs)
        row.seq = self.seq
        self._rows.move_to_end(row.id)

    def since(
        self,
        cursor: int,
        limit: int,
        wanted: Callable[[Row], bool] | None = None,
        base: int | None = None,
    ) -> tuple[dict[str, list[list[Any]]], int, bool]:
        """At most ``limit`` rows newer than ``cursor`` by kind, oldest first; the new cursor; whether there are more.

        A row reads ``[id, mask, *values]``: bit n of the mask says that field n of the kind is present.
        Who reads on where there was more passes as ``base`` the cursor of the first page: a row of a later
        page may have values between the two.
        """
        if base is None:
            base = cursor
        newer = []
        for row in reversed(self._rows.values()):
            if row.seq > cursor:
                newer.append(row)
            elif row.seq:
                break
        newer.reverse()
        page = newer[:limit]
        rows: dict[str, list[list[Any]]] = {}
        for row in page:
            if wanted is None or wanted(row):
                rows.setdefault(row.kind, []).append(_encode(row, base))
        more = len(newer) > limit
        return rows, page[-1].seq if more else self.seq, more


def _encode(row: Row, base: int) -> list[Any]:
    mask = 0
    encoded = [row.id, 0]
    for field, seq in enumerate(row.seqs):
        if seq > base:
            mask |= 1 << field
            encoded.append(row.values[field])
    encoded[1] = mask
    return encoded
