"""A panel on one of 100 groups of 1,000,000 tasks: the scheduler's loop, the first rows, all, memory; and tasks/s."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from distributed import Client, LocalCluster, Scheduler
from figures import Figure, median

from tgwidget.inspector import Inspector
from tgwidget.values import STATES

TASKS, GROUPS, ROUNDS = 1_000_000, 100, 6
NO_OPS = 4_000


def held_by(inspector: Inspector) -> int:
    """Bytes of the lists of tasks and of the columns."""
    roster = inspector._roster
    lists = [] if roster is None else roster._members.values()
    chunks = [chunk for study in inspector._studies.values() for chunk in study._chunks]
    return sum(map(sys.getsizeof, lists)) + sum(len(data) for c in chunks for data in c.columns.values())


class Timed(Inspector):
    """Remembers how long it held the loop each time."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.blocks: list[float] = []

    def _tick(self) -> None:
        began = time.thread_time()
        super()._tick()
        self.blocks.append(time.thread_time() - began)


@asynccontextmanager
async def inspected(tasks: int) -> AsyncIterator[tuple[Scheduler, Timed, list[Any]]]:
    async with Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        for number in range(tasks):
            scheduler.new_task((f"x-{number * GROUPS // tasks}", number), None, "released", None)
        gc.collect()
        gc.freeze()
        groups = list(scheduler.task_groups.values())
        yield scheduler, Timed(scheduler, STATES, groups.__getitem__, lambda told: None), groups
        gc.unfreeze()


async def read_through(inspector: Timed, group: int) -> tuple[float, float]:
    """Seconds until the first tasks are there, and until all are."""
    began = time.perf_counter()
    first = 0.0
    cursor, generation, tables = 0, -1, [0, 0, 0]
    while True:
        reply = await inspector.handle(
            "follow",
            follower="bench",
            client="bench",
            group=group,
            cursor=cursor,
            generation=generation,
            tables=tables,
            columns=["state", "nbytes", "worker"],
            gap=0.0,
        )
        if (reply["chunks"] or reply.get("first")) and not first:
            first = time.perf_counter() - began
        cursor, generation = reply["seq"], reply["generation"]
        tables = [len(names) + (0 if have == 0 else have) for names, have in zip(reply["tables"], tables)]
        if reply["complete"]:
            return first, time.perf_counter() - began


async def unrest(scheduler: Scheduler, inspector: Timed) -> None:
    """Every 3 ms one task comes and another goes, as in a run of short tasks."""
    number = 0
    while True:
        await asyncio.sleep(0.003)
        key = (f"x-{number % GROUPS}", -1 - number)
        scheduler.new_task(key, None, "released", None)
        if number > 20:
            gone = scheduler.tasks.pop((f"x-{(number - 20) % GROUPS}", -1 - (number - 20)))
            inspector._on_transition(gone.key, "released", "forgotten")
        number += 1


async def measured(mutating: bool) -> tuple[float, float, float, float, int]:
    async with inspected(TASKS) as (scheduler, inspector, _):
        restless = asyncio.ensure_future(unrest(scheduler, inspector)) if mutating else None
        await asyncio.sleep(0.05)
        first, whole = await read_through(inspector, 60)
        held = held_by(inspector)
        blocks = sorted(inspector.blocks)
        if restless is not None:
            restless.cancel()
        inspector.close()
        return first, whole, blocks[-1], blocks[int(0.99 * (len(blocks) - 1))], held


def no_op(value: int) -> int:
    return value


def rate(client: Client, key: str) -> float:
    """Tasks a second."""
    began = time.perf_counter()
    client.gather(client.map(no_op, range(NO_OPS), key=key, batch_size=1_000))
    return NO_OPS / (time.perf_counter() - began)


def open_and_closed() -> list[float]:
    """Rates with a panel open on the group that runs, over rates with none."""
    from tgwidget.sync import stream_of

    ratios = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        stream = stream_of(client)
        stream.subscribe(ignore, 0.2)
        rate(client, "warm")
        for number in range(ROUNDS):
            closed = rate(client, f"closed{number}")
            kept = client.map(no_op, [-1], key=f"open{number}")
            client.gather(kept)
            while f"open{number}" not in stream.mirror.groups:
                time.sleep(0.05)
            ident = stream.mirror.groups[f"open{number}"].id
            panel = follow(stream, ident)
            time.sleep(0.3)
            ratios.append(rate(client, f"open{number}") / closed)
            stream.call(panel.end)
            time.sleep(0.2)
        stream.unsubscribe(ignore)
    return ratios


def follow(stream: Any, ident: int) -> Any:
    from tgwidget.inquiry import Following

    following = Following(stream, ident, lambda reply: following.go_on(), columns=["state", "nbytes"])
    stream.call(following.go_on)
    return following


def ignore() -> None:
    pass


def figures() -> list[Figure]:
    result = []
    for mutating in (False, True):
        first, whole, longest, usual, held = asyncio.run(measured(mutating))
        where = "a task comes and goes every 3 ms" if mutating else "quiet"
        result += [
            Figure(f"{TASKS:,} tasks, {where}: first tasks of a group", "ms", 1e3 * first, 100.0),
            Figure("  all of its tasks", "ms", 1e3 * whole, None),
            Figure("  longest block of the scheduler's loop", "ms", 1e3 * longest, 5.0),
            Figure("  99 % of the blocks are below", "ms", 1e3 * usual, 5.0),
            Figure("  memory held", "MB", held / 1e6, None),
        ]
    ratios = open_and_closed()
    result += [
        Figure("no-op tasks a second, panel open against closed", "×", median(ratios), None),
        Figure("  lowest of the rounds", "×", min(ratios), None),
        Figure("  highest of the rounds", "×", max(ratios), None),
    ]
    return result
