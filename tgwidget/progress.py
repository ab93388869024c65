"""How far a group is: the one rule for what counts as total, done and erred. Its twin is ``js/src/progress.ts``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: A task in one of these is not finished.
UNFINISHED = ("processing", "queued", "waiting", "no-worker")


class Progress(NamedTuple):
    """Numbers of tasks."""

    total: int
    done: int
    erred: int
    forgotten: int


def progress(
    states: Mapping[str, int],
    start: float = 0.0,
    nbytes_total: float = 0,
    outcome: tuple[int, int] | None = None,
) -> Progress:
    """Progress of a group with these counts by state.

    While the scheduler knows the group, forgotten tasks do not count: a deleted future must not drop a
    finished bar from 100 % to 50 %. "released" means done only for a group that ever ran. Of a group that is
    gone, ``outcome`` says what had finished, and all its tasks count.
    """
    forgotten = states.get("forgotten", 0)
    everything = sum(states.values())
    if outcome is not None:
        done, erred = outcome
        return Progress(everything, done, erred, max(0, everything - done - erred))
    ran = start > 0 or nbytes_total > 0
    done = states.get("memory", 0) + (states.get("released", 0) if ran else 0)
    return Progress(everything - forgotten, done, states.get("erred", 0), forgotten)
