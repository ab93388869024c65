"""A reader's copy of a study's columns is what the inspector has read, in whatever order its parts come."""

from __future__ import annotations

from array import array
from typing import Any

from tgwidget.columns import Columns


def reply(*chunks: tuple[int, dict[str, bytes]], **fields: Any) -> dict[str, Any]:
    return {
        "generation": 1,
        "tables": [["released", "memory"], ["tcp://a"], ["int"]],
        "dimensions": None,
        "held": 0,
        "chunks": chunks,
        "timings": [],
        "complete": True,
        "gone": False,
        **fields,
    }


def test_a_chunk_that_comes_before_its_predecessors_stands_in_its_own_place() -> None:
    columns = Columns()
    blocks = array("i", [7, 8]).tobytes()
    columns.apply(reply((2, {"state": b"\1\1", "block": blocks}), (0, {"state": b"\0\0"}), dimensions=1))
    assert list(columns.columns["state"]) == [0, 0, 1, 1]
    assert list(columns.columns["block"])[2:] == [7, 8]


def test_another_generation_begins_anew() -> None:
    columns = Columns()
    columns.apply(reply((0, {"state": b"\0\0\0"})))
    columns.apply(reply((0, {"state": b"\1"}), generation=2))
    assert list(columns.columns["state"]) == [1]
    assert columns.states == ["released", "memory"]
