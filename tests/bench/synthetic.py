"""A real scheduler, without workers, with as many groups as a benchmark wants."""

from __future__ import annotations

import random
from contextlib import asynccontextmanager
from graphlib import TopologicalSorter

from distributed import Scheduler

TASKS_PER_GROUP = 10


@asynccontextmanager
async def scheduler_with(groups: int):
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        fill(scheduler, groups)
        yield scheduler


def fill(scheduler: Scheduler, groups: int) -> None:
    """Groups ``g0``, ``g1``, …, each depending on up to three of the 40 before it."""
    rng = random.Random(groups)
    for number in range(groups):
        for task in range(TASKS_PER_GROUP):
            scheduler.new_task((f"stage_{number}-{number:032x}", task), None, "released", None)
    known = list(scheduler.task_groups.values())
    for number, group in enumerate(known):
        recent = known[max(0, number - 40) : number]
        group.dependencies.update(rng.sample(recent, min(len(recent), rng.randint(0, 3))))
        group.states["released"] = 0
        group.states["waiting"] = TASKS_PER_GROUP


def progress(scheduler: Scheduler, share: float, rng: random.Random) -> int:
    """Let a task finish in this share of the groups, as the scheduler would book it; how many groups."""
    groups = list(scheduler.task_groups.values())
    chosen = rng.sample(groups, max(1, round(share * len(groups))))
    for group in chosen:
        source = "waiting" if group.states["waiting"] else "memory"
        group.states[source] -= 1
        group.states["memory" if source == "waiting" else "waiting"] += 1
        group.update_nbytes(rng.randint(1_000, 10_000_000))
        group.add_duration("compute", 1.7e9, 1.7e9 + rng.random())
    scheduler.transition_counter += len(chosen)
    return len(chosen)


def topological_order(dsk, dependencies):
    return {name: place for place, name in enumerate(TopologicalSorter(dependencies).static_order())}


def dashboard_graph(scheduler):
    """The dashboard's group graph, with a topological order where its ``dask.order`` call gives none."""
    import dask.order
    from distributed.dashboard.components.scheduler import TaskGroupGraph

    class WorkingTaskGroupGraph(TaskGroupGraph):
        def update_layout(self):
            original = dask.order.order
            dask.order.order = topological_order
            try:
                return super().update_layout()
            finally:
                dask.order.order = original

    return WorkingTaskGroupGraph(scheduler)
