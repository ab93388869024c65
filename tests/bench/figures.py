"""Prints measurements side by side, with what was promised."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the report; ``limit`` is the promise for ``ours``, in the same unit."""

    what: str
    unit: str
    ours: float
    limit: float | None = None
    peer: float | None = None
    peer_name: str = ""


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def show(figures: Sequence[Figure]) -> None:
    for what, unit, ours, limit, peer, peer_name in figures:
        line = f"{what:<66} ours {ours:>10,.4g} {unit}"
        if limit is not None:
            line += f"  (promised ≤ {limit:,.4g}: {'kept' if ours <= limit else 'BROKEN'})"
        if peer is not None:
            line += (
                f"  {peer_name} {peer:,.4g} {unit}, {peer / ours if ours else float('inf'):,.0f} times ours"
            )
        print(line, flush=True)
