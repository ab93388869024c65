"""The page's store in a few lines of Python: what a browser knows after these messages."""

from __future__ import annotations

from typing import Any

import msgpack

from tgwidget import wire


def unpack(fields: Any, row: list[Any]) -> dict[str, Any]:
    _, mask, *values = row
    present = [field for bit, field in enumerate(fields) if mask & (1 << bit)]
    assert len(present) == len(values)
    return dict(zip(present, values))


class Page:
    def __init__(self) -> None:
        self.seq = 0
        self.session = ""
        self.groups: dict[int, dict[str, Any]] = {}
        self.computations: dict[int, dict[str, Any]] = {}
        self.summary: dict[str, Any] = {}
        self.states: list[str] = []
        self.actions: list[str] = []

    def take(self, data: bytes) -> bool:
        """Take in a message; False where one before it is missing."""
        message = msgpack.unpackb(data)
        assert message["v"] == wire.WIRE_VERSION
        if message["since"] > self.seq:
            return False
        self.session = message["session"]
        self.states = message.get("states", self.states)
        self.actions = message.get("actions", self.actions)
        for row in message.get("groups", ()):
            self.groups.setdefault(row[0], {}).update(unpack(wire.GROUP_FIELDS, row))
        for row in message.get("computations", ()):
            self.computations.setdefault(row[0], {}).update(unpack(wire.COMPUTATION_FIELDS, row))
        if "summary" in message:
            self.summary.update(unpack(wire.SUMMARY_FIELDS, message["summary"]))
        for ident in message.get("removed", ()):
            self.groups.pop(ident, None)
        self.seq = max(self.seq, message["seq"])
        return True

    def differences(self, mirror: Any) -> list[str]:
        """In what the page is not what the mirror is."""
        found = []
        truth = {row.id: dict(zip(row.fields, row.values)) for row in mirror.groups.values()}
        for ident in truth.keys() | self.groups.keys():
            here, there = self.groups.get(ident), truth.get(ident)
            if here is None or there is None:
                found.append(f"group {ident}: page {here}, mirror {there}")
                continue
            found += [
                f"group {ident} {field}: page {here.get(field)}, mirror {there[field]}"
                for field in there
                if here.get(field) != there[field]
            ]
        for row in mirror.computations.values():
            if self.computations.get(row.page.id) != dict(zip(row.page.fields, row.page.values)):
                found.append(f"computation {row.key}")
        summary = dict(zip(mirror.summary.fields, mirror.summary.values))
        found += [
            f"summary {field}: {self.summary.get(field)} {value}"
            for field, value in summary.items()
            if self.summary.get(field) != value
        ]
        if (self.states, self.actions) != (mirror.states, mirror.actions):
            found.append("names of states or actions")
        return found
