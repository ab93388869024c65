"""A reader's copy of the columns of a group's tasks: the inspector's replies in, columns out. Pure."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Mapping
from typing import Any

TYPECODES = {"state": "B", "worker": "H", "nbytes": "f", "type": "H", "suspicious": "B", "block": "i"}
COLUMNS = tuple(TYPECODES)
#: Workers and types: the number of a task that has none; the first name has 1.
NONE = 0
_BIG_ENDIAN = sys.byteorder == "big"


class Columns:
    """What is known of a group's tasks, by their places."""

    def __init__(self) -> None:
        self._begin(-1)

    def _begin(self, generation: int) -> None:
        self.columns: dict[str, array[Any]] = {name: array(code) for name, code in TYPECODES.items()}
        self.states: list[str] = []
        self.workers: list[str] = []
        self.types: list[str] = []
        self.errors: list[list[Any]] = []
        #: Erred tasks whose error is none of these.
        self.errors_more = 0
        #: ``(place, worker, start, stop)``
        self.timings: list[tuple[int, int, float, float]] = []
        self.generation = generation
        self.dimensions = 0
        #: Bytes of the results in memory: exact, where the column has seven digits.
        self.held = 0
        self.complete = False
        self.gone = False

    def apply(self, reply: Mapping[str, Any]) -> None:
        """Take in a reply that builds on the last one."""
        if reply["generation"] != self.generation:
            self._begin(reply["generation"])
        for names, news in zip((self.states, self.workers, self.types), reply["tables"]):
            names.extend(news)
        self.dimensions, self.held = reply["dimensions"] or 0, reply["held"]
        for first, chunk in reply["chunks"]:
            for name, data in chunk.items():
                self._write(name, first * (self.dimensions if name == "block" else 1), data)
        self.timings += [(place, worker, start, stop) for place, worker, start, stop in reply["timings"]]
        if "errors" in reply:
            self.errors, self.errors_more = list(reply["errors"]), reply["errors_more"]
        self.complete, self.gone = reply["complete"], reply["gone"]

    def _write(self, name: str, first: int, data: bytes) -> None:
        column = self.columns[name]
        news = array(column.typecode, data)
        if _BIG_ENDIAN:
            news.byteswap()
        # What changed last comes last: a chunk may come before those that stand before it.
        column.extend([0] * (first - len(column)))
        column[first : first + len(news)] = news

    def state_of(self, place: int) -> str:
        """The state of the task at a place."""
        code: int = self.columns["state"][place]
        return self.states[code]

    def worker_name(self, number: int) -> str | None:
        """The address that a number of the column stands for; None: none."""
        if number == NONE:
            return None
        return self.workers[number - 1] if number <= len(self.workers) else "…"
