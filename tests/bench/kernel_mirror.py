"""CPU of the kernel for 10,000 groups of which 1 % change at 5 Hz: replies taken in, pages' messages made."""

from __future__ import annotations

import asyncio
import random
from time import thread_time

import msgpack
from figures import Figure, median
from synthetic import progress, scheduler_with

from tgwidget import wire
from tgwidget.catalog import Catalog
from tgwidget.probe import Probe
from tgwidget.sync import Stream

GROUPS, SHARE, TICKS, HERTZ = 10_000, 0.01, 60, 5
READ_MODELS = 100


class NoClient:
    scheduler = None
    status = "running"


def replies_of(scheduler, rng: random.Random):
    probe = Probe(scheduler, "bench")
    census, ledger = probe.census, probe.ledger
    list(census.sweep(deep=True))
    cursor, more, first = 0, True, True
    while more:
        rows, cursor, more = ledger.since(cursor, 500)
        reply = {"seq": cursor, "time": 1.7e9, "more": more, **rows}
        if first:
            reply.update(epoch="bench", states=census.states, actions=list(census.actions))
        yield msgpack.packb(reply)
        first = False
    for tick in range(TICKS):
        progress(scheduler, SHARE, rng)
        list(census.sweep(deep=False))
        rows, cursor, _ = ledger.since(cursor, 500)
        reply = {"seq": cursor, "time": 1.7e9 + tick, **rows, "actions": list(census.actions)}
        yield msgpack.packb(reply)


async def measure() -> list[Figure]:
    async with scheduler_with(GROUPS) as scheduler:
        replies = list(replies_of(scheduler, random.Random(3)))
    first, ticks = replies[:-TICKS], replies[-TICKS:]
    stream = Stream(NoClient())
    catalog = Catalog(stream)
    began = thread_time()
    for packed in first:
        stream._take(msgpack.unpackb(packed))
    initial = thread_time() - began
    for key in list(catalog.groups)[:READ_MODELS]:
        assert catalog.groups[key].states
    sent = stream.mirror.ledger.seq
    spent, sizes = [], []
    for packed in ticks:
        began = thread_time()
        stream._take(msgpack.unpackb(packed))
        message = wire.update(stream.mirror, sent, "bench")
        sent = message.seq
        spent.append(thread_time() - began)
        sizes.append(len(message.data))
    return [
        Figure(
            "kernel CPU, 10,000 groups, 1 % changing at 5 Hz", "% of a core", 100 * HERTZ * median(spent), 2.0
        ),
        Figure("kernel CPU for the first listing of 10,000 groups", "ms", 1e3 * initial),
        Figure("bytes to the page, 10,000 groups, 1 % changed", "B", median(sizes)),
    ]


async def page_bytes() -> list[Figure]:
    async with scheduler_with(2_000) as scheduler:
        replies = list(replies_of(scheduler, random.Random(3)))
    stream = Stream(NoClient())
    sizes, sent = [], 0
    for packed in replies:
        stream._take(msgpack.unpackb(packed))
        message = wire.update(stream.mirror, sent, "bench", limit=10_000)
        sent = message.seq
        sizes.append(len(message.data))
    return [Figure("bytes to the page, 2,000 groups, 1 % changed", "B", median(sizes[-TICKS:]), 1_000)]


def figures() -> list[Figure]:
    return asyncio.run(measure()) + asyncio.run(page_bytes())
