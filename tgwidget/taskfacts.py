"""What the scheduler knows of a single task, as plain values, on every release. Pure.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice, takewhile
from typing import Any

from tgwidget.values import text, whole

KEY_LIMIT = 500
ERROR_LIMIT = 2_000
TRACEBACK_LIMIT = 20_000
NEIGHBOURS = 100
ANNOTATIONS_LIMIT = 2_000

#: Of a text that is longer than ``WHOLE``, its length and so much of either end tell kinds of errors apart.
WHOLE, ENDS = 3_000, 1_000

_INDEX = re.compile(r"-?\d{1,10}")


def key_text(task: Any) -> str:
    """The key for people: schedulers before 2023.9 hold tuples as their text already."""
    return text(task.key, KEY_LIMIT)


def block_of(key: Any) -> tuple[int, ...] | None:
    """Where the task stands in its collection: ``(0, 2)`` of ``("x-123", 0, 2)``; None for any other key."""
    if isinstance(key, tuple):
        block = key[1:]
        return block if block and all(type(index) is int for index in block) else None
    if not isinstance(key, str) or key[:1] != "(" or key[-1:] != ")":
        return None
    indices = takewhile(_INDEX.fullmatch, reversed(key[1:-1].split(", ")[1:]))
    return tuple(map(int, indices))[::-1] or None


def worker_of(task: Any) -> Any:
    """The WorkerState that runs the task, or one that holds its result; None where there is none."""
    worker = task.processing_on
    if worker is None and task.who_has:
        worker = next(iter(task.who_has))
    return worker


def seconds_running(task: Any) -> float | None:
    """How long the task has been executing at its worker's last heartbeat; None while it waits there."""
    worker = task.processing_on
    executing = None if worker is None else worker.executing.get(task)
    return None if executing is None else float(executing)


def blamed(task: Any) -> Any:
    """The task whose own failure made this one erred."""
    return task.exception_blame or task


def texts_of(task: Any) -> tuple[str, str]:
    """The texts of an erred task's exception and traceback."""
    culprit = blamed(task)
    return getattr(culprit, "exception_text", None) or "", getattr(culprit, "traceback_text", None) or ""


def kind_of(task: Any) -> tuple[Any, Any]:
    """Erred tasks with the same have failed in the same way. Costs little, however long the texts are."""
    exception, traceback = texts_of(task)
    return _telling(exception), _telling(traceback)


def _telling(words: str) -> Any:
    return words if len(words) <= WHOLE else (len(words), words[:ENDS], words[-ENDS:])


def error_of(
    task: Any, traceback_limit: int = TRACEBACK_LIMIT, exception_limit: int = ERROR_LIMIT
) -> list[Any]:
    """Exception and traceback as text, cut to their limits, with their lengths; the blamed task; workers' addresses.

    Both are kept as text by the scheduler: nothing is unpickled.
    """
    culprit = blamed(task)
    exception, traceback = texts_of(task)
    return [
        text(exception, exception_limit),
        len(exception),
        text(traceback, traceback_limit),
        len(traceback),
        key_text(culprit),
        text(culprit.group.name),
        sorted(text(address) for address in islice(culprit.erred_on or (), NEIGHBOURS)),
    ]


def row_of(task: Any) -> list[Any]:
    """``[key, state, worker's address, seconds running, nbytes, type, retries left, suspicious]``."""
    worker = worker_of(task)
    return [
        key_text(task),
        text(task.state),
        None if worker is None else text(worker.address),
        seconds_running(task),
        None if task.nbytes < 0 else whole(task.nbytes),
        text(task.type or ""),
        int(task.retries or 0),
        int(task.suspicious),
    ]


def some(tasks: Iterable[Any] | None) -> list[Any]:
    """The first hundred: a task may have a million dependents."""
    return list(islice(tasks or (), NEIGHBOURS))


def particulars_of(task: Any) -> dict[str, Any]:
    """Everything about one task but its neighbours, for a reader who asked for this one."""
    restrictions = {
        name: sorted(map(text, some(getattr(task, name, None))))
        for name in ("host_restrictions", "worker_restrictions")
    }
    resources = getattr(task, "resource_restrictions", None) or {}
    return {
        "row": row_of(task),
        "group": text(task.group.name),
        "priority": text(list(task.priority)) if task.priority else "",
        "annotations": text(dict(getattr(task, "annotations", None) or {}), ANNOTATIONS_LIMIT),
        "who_has": sorted(text(worker.address) for worker in some(task.who_has)),
        "holders": len(task.who_has or ()),
        "clients": sorted(text(client.client_key) for client in some(task.who_wants)),
        "restrictions": {name: names for name, names in restrictions.items() if names},
        "resources": {text(name): float(amount) for name, amount in resources.items()},
        "waiting_on": len(task.waiting_on or ()),
        "dependencies": len(task.dependencies),
        "dependents": len(task.dependents),
        "error": error_of(task) if task.state == "erred" else None,
    }
