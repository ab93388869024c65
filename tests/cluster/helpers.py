"""What tests ask of a scheduler, on its own event loop, and of the widget, until the two agree."""

from __future__ import annotations

import time
from typing import Any, Callable

import distributed
from distributed import Event
from distributed.utils import sync

from tgwidget.census import text
from tgwidget.shipment import operation

VERSION = tuple(int(part) for part in distributed.__version__.split(".")[:2])
DEADLINE_SECONDS = 15.0


def inc(x: Any, *_: Any) -> Any:
    return x + 1


def double(x: Any) -> Any:
    return 2 * x


def hold(x: int, name: str) -> int:
    Event(name).wait(30)
    return x


def eventually(check: Callable[[], Any], what: str = "", seconds: float = DEADLINE_SECONDS) -> Any:
    """The first true value of ``check``; a failure when there is none in time."""
    end = time.monotonic() + seconds
    while True:
        value = check()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(what or f"not in {seconds} s: {check}")
        time.sleep(0.02)


def on_loop(cluster: Any, function: Callable[[Any], Any]) -> Any:
    """What a function finds of the scheduler, on the scheduler's loop."""

    async def call() -> Any:
        return function(cluster.scheduler)

    return sync(cluster.loop, call)


def traces(scheduler: Any) -> list[str]:
    """What there is of tgwidget on a scheduler."""
    return [
        str(name) for name in [*scheduler.handlers, *scheduler.plugins] if str(name).startswith("tgwidget")
    ]


def probe_of(scheduler: Any) -> Any:
    return scheduler.plugins[operation()]


def hasten(cluster: Any, widget: Any) -> None:
    """Have the probe look deeply every 0.3 s, for the tests' sake."""
    eventually(lambda: widget.status == "live", "the widget does not come to life")

    def set_pauses(scheduler: Any) -> None:
        probe = probe_of(scheduler)
        names = type(probe).handle.__globals__
        names["DEEP_SECONDS"] = names["IDLE_DEEP_SECONDS"] = probe._deep_pause = 0.3
        probe._next_deep = 0.0

    on_loop(cluster, set_pauses)
    widget.hastened_at = time.time()


def group_in(widget: Any, name: str) -> Any:
    return eventually(lambda: widget.groups.get(name), f"no group {name}")


def follow_nobody(scheduler: Any) -> bool:
    """Nothing of the drill-down is left on it."""
    inspector = probe_of(scheduler).inspector
    return inspector._roster is None and "transition" not in vars(probe_of(scheduler))


def tasks_of(cluster: Any, name: str) -> dict[str, str]:
    """State by key, of a group in the scheduler."""

    def find(scheduler: Any) -> dict[str, str]:
        return {
            text(task.key): task.state for task in scheduler.tasks.values() if text(task.group.name) == name
        }

    found: dict[str, str] = on_loop(cluster, find)
    return found


def nonzero(counts: Any) -> dict[str, Any]:
    return {name: count for name, count in counts.items() if count}


def about(seconds: float) -> float:
    """To nine digits: sums of many parts differ in the last."""
    return float(f"{seconds:.9g}")


def split(durations: Any) -> dict[str, float]:
    return {action: about(seconds) for action, seconds in durations.items() if seconds}


def names(groups: Any) -> set[str]:
    return {text(group.name) for group in groups}


def group_truth(group: Any) -> dict[str, Any]:
    return {
        "name": text(group.name),
        "states": nonzero(group.states),
        "nbytes_total": int(group.nbytes_total),
        "duration": about(group.duration),
        "all_durations": split(group.all_durations),
        "types": set(group.types),
        "dependencies": names(group.dependencies),
        "start": group.start,
        "stop": group.stop,
        "last_worker": group.last_worker and group.last_worker.address,
        "last_worker_tasks_left": group.last_worker_tasks_left,
        "prefix": text(group.prefix.name),
        "span_id": getattr(group, "span_id", None),
        "length": len(group),
    }


def group_seen(model: Any) -> dict[str, Any]:
    return {
        "name": model.name,
        "states": nonzero(model.states),
        "nbytes_total": model.nbytes_total,
        "duration": about(model.duration),
        "all_durations": split(model.all_durations),
        "types": set(model.types),
        "dependencies": set(model.dependencies),
        "start": model.start,
        "stop": model.stop,
        "last_worker": model.last_worker,
        "last_worker_tasks_left": model.last_worker_tasks_left,
        "prefix": model.prefix,
        "span_id": model.span_id,
        "length": len(model),
    }


def prefix_truth(prefix: Any) -> dict[str, Any]:
    counts = getattr(prefix, "state_counts", None)
    return {
        "name": text(prefix.name),
        "groups": names(prefix.groups),
        "states": nonzero(prefix.states),
        "nbytes_total": int(prefix.nbytes_total),
        "types": set(prefix.types),
        "all_durations": split(prefix.all_durations),
        "duration_average": prefix.duration_average,
        "max_exec_time": getattr(prefix, "max_exec_time", -1),
        "suspicious": prefix.suspicious,
        "state_counts": nonzero(counts or {}),
    }


def prefix_seen(model: Any) -> dict[str, Any]:
    return {
        "name": model.name,
        "groups": set(model.groups),
        "states": nonzero(model.states),
        "nbytes_total": model.nbytes_total,
        "types": set(model.types),
        "all_durations": split(model.all_durations),
        "duration_average": model.duration_average,
        "max_exec_time": model.max_exec_time,
        "suspicious": model.suspicious,
        "state_counts": nonzero(model.state_counts),
    }


WORKER_TRAITS = ("address", "host", "nthreads", "memory_limit", "nbytes")


def worker_truth(worker: Any) -> dict[str, Any]:
    return {
        **{trait: getattr(worker, trait) for trait in WORKER_TRAITS},
        "name": text(worker.name),
        "status": worker.status.name,
        "processing": len(worker.processing),
        "executing": len(worker.executing),
        "gone": False,
    }


def worker_seen(model: Any) -> dict[str, Any]:
    others = ("name", "status", "processing", "executing", "gone")
    return {trait: getattr(model, trait) for trait in (*WORKER_TRAITS, *others)}


def computation_truth(computation: Any, living: set[Any]) -> dict[str, Any]:
    # Of a name that was used again, the mirror shows the present group in every computation.
    exact = all(group in living for group in computation.groups)
    return {
        "start": computation.start,
        "groups": names(computation.groups),
        "states": nonzero(computation.states) if exact else None,
        "stop": max((group.stop for group in computation.groups), default=0.0) if exact else None,
    }


def computation_seen(model: Any) -> dict[str, Any]:
    return {
        "start": model.start,
        "groups": set(model.groups),
        "states": nonzero(model.states),
        "stop": model.stop,
    }


def scheduler_truth(scheduler: Any) -> dict[str, dict[Any, dict[str, Any]]]:
    living = set(scheduler.task_groups.values())
    return {
        "group": {text(g.name): group_truth(g) for g in living},
        "prefix": {text(p.name): prefix_truth(p) for p in scheduler.task_prefixes.values()},
        "worker": {text(w.name): worker_truth(w) for w in scheduler.workers.values()},
        "computation": {
            str(getattr(c, "id", None) or c._id): computation_truth(c, living)
            for c in scheduler.computations
            if c.groups
        },
    }


def differences(widget: Any, cluster: Any, since: float = 0.0) -> list[str]:
    """In what the mirror of living things is not the scheduler; of computations only those begun after ``since``."""
    since = max(since, widget.hastened_at)
    truth = on_loop(cluster, scheduler_truth)
    truth["computation"] = {
        key: value
        for key, value in truth["computation"].items()
        # Groups that were forgotten before the widget came are not known to it.
        if value["start"] > since
    }
    seen = {
        "group": {key: group_seen(model) for key, model in widget.groups.items() if not model.gone},
        # A restart empties the scheduler's prefixes; the mirror keeps those that its groups name.
        "prefix": {
            key: prefix_seen(model) for key, model in widget.prefixes.items() if key in truth["prefix"]
        },
        "worker": {key: worker_seen(model) for key, model in widget.workers.items()},
        "computation": {
            key: computation_seen(model)
            for key, model in widget.computations.items()
            if key in truth["computation"]
        },
    }
    found = []
    for kind in truth:
        for key in sorted(truth[kind].keys() | seen[kind].keys()):
            there, here = truth[kind].get(key), seen[kind].get(key)
            if there is None or here is None:
                found.append(f"{kind} {key}: mirror {here}, scheduler {there}")
                continue
            found += [
                f"{kind} {key} {field}: mirror {here[field]!r}, scheduler {there[field]!r}"
                for field in there
                if (there[field] is not None and here[field] != there[field])
                or (there[field] is None and here[field] is not None and kind != "computation")
            ]
    return found


def assert_equal_once_quiet(widget: Any, cluster: Any, since: float = 0.0) -> None:
    end = time.monotonic() + DEADLINE_SECONDS
    while True:
        found = differences(widget, cluster, since)
        if not found:
            return
        if time.monotonic() > end:
            raise AssertionError("\n".join(found[:20]))
        time.sleep(0.05)
