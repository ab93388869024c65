"""CPU of the scheduler's event loop, and bytes, for one update; the dashboard's group graph beside it."""

from __future__ import annotations

import asyncio
import json
import random
from time import thread_time

import msgpack
from figures import Figure, median
from synthetic import dashboard_graph, progress, scheduler_with

from tgwidget.probe import Probe

GROUPS, SHARE, TICKS = 2_000, 0.01, 60


def full_sweep(probe: Probe, deep: bool) -> None:
    for _ in probe.census.sweep(deep):
        pass


def reply_bytes(probe: Probe, cursor: int) -> tuple[bytes, int]:
    rows, seq, _ = probe.ledger.since(cursor, 500)
    reply = {"seq": seq, "time": 1.7e9, **rows, "cost": [probe.cost_seconds, 100.0]}
    return msgpack.packb(reply), seq


def ours(scheduler, rng: random.Random) -> tuple[list[float], list[float], list[int]]:
    probe = Probe(scheduler, "bench")
    full_sweep(probe, deep=True)
    cursor = probe.ledger.seq
    changed, unchanged, sizes = [], [], []
    for _ in range(TICKS):
        progress(scheduler, SHARE, rng)
        probe._swept, probe._next_sweep, probe._next_deep = True, 0.0, 1e12
        began = thread_time()
        assert probe._may_look(1.0)
        full_sweep(probe, deep=False)
        packed, cursor = reply_bytes(probe, cursor)
        changed.append(thread_time() - began)
        sizes.append(len(packed))
        began = thread_time()
        for _ in range(100):
            probe._may_look(1.0)
        unchanged.append((thread_time() - began) / 100)
    return changed, unchanged, sizes


def dashboard(scheduler, rng: random.Random) -> tuple[list[float], list[float], list[int]]:
    graph = dashboard_graph(scheduler)
    layouts, updates, sizes = [], [], []
    for _ in range(TICKS // 10):
        progress(scheduler, SHARE, rng)
        began = thread_time()
        graph.update_layout()
        layouts.append(thread_time() - began)
        graph.update()
        progress(scheduler, SHARE, rng)
        began = thread_time()
        graph.update()
        updates.append(thread_time() - began)
        sizes.append(len(json.dumps(dict(graph.nodes_source.data), default=float)))
    return updates, layouts, sizes


async def measure() -> list[Figure]:
    rng = random.Random(7)
    async with scheduler_with(GROUPS) as scheduler:
        changed, unchanged, sizes = ours(scheduler, rng)
        updates, layouts, peer_sizes = dashboard(scheduler, rng)
    page = "dashboard's group graph"
    return [
        Figure("scheduler CPU a tick, 2,000 groups, 1 % changed", "ms", 1e3 * median(changed), 0.6,
               1e3 * median(updates), page),
        Figure("  of which the peer's layout, when a group arrives", "ms", 1e3 * median(changed), None,
               1e3 * median(layouts), page),
        Figure("scheduler CPU a tick, nothing changed", "µs", 1e6 * median(unchanged), 5.0),
        Figure("bytes from the scheduler, 2,000 groups, 1 % changed", "B", median(sizes), 1_000,
               median(peer_sizes), page),
    ]  # fmt: skip


def figures() -> list[Figure]:
    return asyncio.run(measure())
