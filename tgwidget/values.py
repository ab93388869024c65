"""What is read off the scheduler, as plain values that every encoder accepts. Pure.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

from typing import Any

#: In the order in which they are shown. "queued" is absent before distributed 2022.9; absent means zero.
STATES = (
    "released",
    "memory",
    "processing",
    "queued",
    "waiting",
    "no-worker",
    "erred",
    "forgotten",
)
TEXT_LIMIT = 65_536
CODE_LIMIT = 20_000

RELEASED, MEMORY, ERRED, FORGOTTEN = map(STATES.index, ("released", "memory", "erred", "forgotten"))


def text(value: Any, limit: int = TEXT_LIMIT) -> str:
    """Any name as text that every encoder accepts: lone surrogates escaped, a monstrous one cut."""
    raw: str = value if isinstance(value, str) else repr(value)
    # No more than is shown is looked at: a traceback may have a hundred megabytes.
    clean = raw[: limit + 1].encode("utf-8", "backslashreplace").decode()
    return clean if len(clean) <= limit else clean[:limit] + "…"


def whole(value: Any) -> float:
    """An integer that msgpack can carry; beyond 64 bits a float."""
    number = int(value)
    return number if -(2**63) <= number < 2**63 else float(number)


def duration(value: Any) -> float:
    """Seconds: an ``int`` of microseconds where that is exact (all newer schedulers), else a ``float``."""
    seconds = float(value)
    microseconds = round(seconds * 1e6)
    return microseconds if microseconds / 1e6 == seconds else seconds


def source_texts(code: Any) -> list[str]:
    """The source code of a submission, in whatever shape this release keeps it."""
    if hasattr(code, "code"):
        code = code.code
    elif hasattr(code, "data"):
        return source_texts(code.data)
    elif isinstance(code, (tuple, list)):
        return [source for item in code for source in source_texts(item)]
    return [text(code, CODE_LIMIT)]


def settled(
    old: tuple[int, int, int], new: tuple[int, int, int], done: int, erred: int = 0
) -> tuple[int, int]:
    """How many of the tasks forgotten between two looks at a group had finished, and how many had erred.

    ``old`` and ``new`` are counts of finished, erred and forgotten tasks. ``done`` and ``erred`` bound those that came
    into these states in between: what was forgotten in the same time was never seen in them.
    """
    forgotten = max(0, new[2] - old[2])
    seen_done = min(forgotten, max(0, old[0] - new[0]))
    seen_erred = min(forgotten - seen_done, max(0, old[1] - new[1]))
    rest = forgotten - seen_done - seen_erred
    unseen_erred = min(rest, max(0, erred - max(0, new[1] - old[1])))
    unseen_done = min(rest - unseen_erred, max(0, done - max(0, new[0] - old[0])))
    return seen_done + unseen_done, seen_erred + unseen_erred


def finished(counts: list[int], ran: bool) -> tuple[int, int, int]:
    """Finished, erred and forgotten tasks, of counts in the order of ``STATES``."""
    released = counts[RELEASED] if ran else 0
    return counts[MEMORY] + released, counts[ERRED], counts[FORGOTTEN]
