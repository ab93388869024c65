"""The only code that runs in the scheduler, with what it imports, which travels with it as source text.

The scheduler need not have tgwidget installed: standard library and distributed only, Python 3.8 syntax.
Clients pull: each has one request outstanding, which is all the back pressure that is needed.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Iterator, Sequence
from time import perf_counter, thread_time, time
from typing import Any, Callable

from distributed.diagnostics.plugin import SchedulerPlugin

from tgwidget.alarm import Alarm
from tgwidget.census import Census
from tgwidget.inspector import Inspector

#: Share of the scheduler's event loop that sweeps may take: a dear one makes the pause after it longer.
SHARE = 0.01
LOOKOUT_SECONDS = 0.05
#: After a submission: a small one is done by then, and need not wait for the update after the next.
SETTLE_SECONDS = 0.03
IDLE_LOOKOUT_SECONDS = 0.25
BUSY_SECONDS = 5.0
DEEP_SECONDS = 2.0
IDLE_DEEP_SECONDS = 30.0
EXPIRY_SECONDS = 60.0
ERROR_PAUSE_SECONDS = 10.0
GRACE_SECONDS = 0.2

logger = logging.getLogger("distributed.scheduler")


class Waiter:
    """A poll that waits for something newer than its cursor."""

    __slots__ = ("cursor", "deadline", "future", "not_before", "watch")

    def __init__(
        self,
        watch: str,
        cursor: int,
        not_before: float,
        deadline: float,
        future: asyncio.Future[None],
    ) -> None:
        self.watch = watch
        self.cursor = cursor
        self.not_before = not_before
        self.deadline = deadline
        self.future = future

    def release(self) -> None:
        if not self.future.done():
            self.future.set_result(None)


class Probe(SchedulerPlugin):  # type: ignore[misc]
    """Watches the scheduler's groups while somebody polls, and takes itself away when nobody does."""

    def __init__(self, scheduler: Any, op: str) -> None:
        self.scheduler = scheduler
        self.op = self.name = op
        #: Tells this probe from one that was here before: cursors do not carry over.
        self.epoch = uuid.uuid4().hex[:12]
        self.loop = asyncio.get_running_loop()
        self.census = Census(scheduler)
        self.ledger = self.census.ledger
        self.inspector = Inspector(scheduler, self.census.states, self._group, self._hook)
        #: Client and time of the last poll, by watch.
        self.watches: dict[str, tuple[str, float]] = {}
        self.waiters: list[Waiter] = []
        self.closing = False
        self.error = ""
        self.cost_seconds = 0.0
        self.began = perf_counter()
        self._alarm = Alarm(self.loop, self._tick)
        self._expiry: asyncio.TimerHandle | None = None
        self._submissions = 0
        self._gate: tuple[int, ...] | None = None
        self._sweep: Iterator[None] | None = None
        self._sweep_cost = 0.0
        self._swept = False
        self._deep = False
        self._next_sweep = 0.0
        self._next_deep = 0.0
        self._deep_pause = DEEP_SECONDS
        self._last_deep = 0.0
        self._last_move = 0.0

    def attach(self) -> None:
        self.scheduler.add_plugin(self, name=self.op)
        self.scheduler.handlers[self.op] = self.handle
        self._expiry = self.loop.call_later(EXPIRY_SECONDS, self._expire)

    def detach(self) -> None:
        """Take away everything that the probe put into the scheduler."""
        if self.closing:
            return
        self.closing = True
        self.scheduler.plugins.pop(self.op, None)
        # A poll may be on its way: without a handler, the scheduler would log an error.
        self.loop.call_later(GRACE_SECONDS, self._withdraw)
        self.inspector.close()
        self._alarm.cancel()
        if self._expiry is not None:
            self._expiry.cancel()
        for waiter in self.waiters:
            waiter.release()
        self.waiters = []
        self._sweep = None

    def _withdraw(self) -> None:
        if self.scheduler.handlers.get(self.op) == self.handle:
            del self.scheduler.handlers[self.op]

    def _group(self, ident: int) -> Any:
        row = self.ledger.get(ident)
        return row.subject if row is not None and row.kind == "group" else None

    def _hook(self, told: Callable[..., None] | None) -> None:
        # A method of the class would cost 0.8 µs for each transition, whether or not somebody follows a group.
        if told is not None:
            self.transition = told
        else:
            self.__dict__.pop("transition", None)

    # Hooks: each runs once for an event of the whole cluster; there is none for a task, but for the inspector's.

    def update_graph(self, scheduler: Any, *args: Any, **kwargs: Any) -> None:
        """Enter new groups at once: some are gone before the next look."""
        if self.closing:
            return
        self._submissions += 1
        began = thread_time()
        self.census.notice()
        self._alarm.ring_in(SETTLE_SECONDS)
        self.cost_seconds += thread_time() - began

    def add_worker(self, *args: Any, **kwargs: Any) -> None:
        self._next_deep = 0.0

    def remove_worker(self, *args: Any, **kwargs: Any) -> None:
        self._next_deep = 0.0

    def restart(self, *args: Any, **kwargs: Any) -> None:
        self.inspector.restart()

    def remove_client(self, scheduler: Any = None, client: str = "", **kwargs: Any) -> None:
        self.inspector.leave(client)
        left = {key: seen for key, seen in self.watches.items() if seen[0] != client}
        watched, self.watches = len(self.watches) > len(left), left
        if watched and not left:
            self.detach()

    async def before_close(self) -> None:
        self.detach()

    async def close(self) -> None:
        self.detach()
        self._withdraw()

    def _expire(self) -> None:
        oldest = self.loop.time() - EXPIRY_SECONDS
        waiting = {waiter.watch for waiter in self.waiters}
        self.watches = {key: seen for key, seen in self.watches.items() if seen[1] > oldest or key in waiting}
        if self.watches:
            self._expiry = self.loop.call_later(EXPIRY_SECONDS, self._expire)
        else:
            self.detach()

    # Requests

    async def handle(
        self, comm: Any = None, cmd: str = "poll", watch: str = "", **request: Any
    ) -> dict[str, Any]:
        if self.closing:
            return {"closing": True}
        if cmd == "poll":
            return await self._poll(watch, **request)
        if cmd == "leave":
            self.watches.pop(watch, None)
            for waiter in self.waiters:
                if waiter.watch == watch:
                    waiter.release()
            if not self.watches:
                self.detach()
            return {}
        if cmd == "unfollow":
            self.inspector.unfollow(request.get("follower", ""))
            return {}
        return await self.inspector.handle(cmd, **request)

    async def _poll(
        self,
        watch: str,
        client: str,
        epoch: str = "",
        cursor: int = 0,
        more: Sequence[int] | None = None,
        wait: float = 2.0,
        gap: float = 0.2,
        limit: int = 500,
    ) -> dict[str, Any]:
        """Rows newer than ``cursor``, as soon as there are some but not within ``gap`` seconds of asking.

        ``more``: as in the last reply, where more follows; do not wait. It holds the cursor of the first page
        and, for a list from the start, the ledger's sequence number then (else -1).
        """
        now = self.loop.time()
        self.watches[watch] = (client, now)
        base, top = more or (cursor, -1)
        restart = epoch != self.epoch or max(cursor, top) < self.ledger.horizon
        if restart:
            cursor = base = 0
        if restart or not more:
            not_before = now if restart else now + gap
            deadline = now + max(wait, gap)
            waiter = Waiter(watch, cursor, not_before, deadline, self.loop.create_future())
            self.waiters.append(waiter)
            self._alarm.ring_in(not_before - now)
            await waiter.future
        if self.closing:
            return {"closing": True}
        if self.error:
            return {"error": self.error}
        began = thread_time()
        if watch in self.watches:
            self.watches[watch] = (client, self.loop.time())
        if restart:
            top = self.ledger.seq
        wanted = None if top < 0 else lambda row: row.seq > top or self.census.is_news(row)
        rows, cursor_now, rest = self.ledger.since(cursor, limit, wanted, base)
        reply: dict[str, Any] = {"seq": cursor_now, "time": time(), **rows}
        if restart:
            reply["epoch"] = self.epoch
        if rest:
            reply["more"] = [base, top]
        if restart or self.census.states_seq > cursor:
            reply["states"] = list(self.census.states)
        if restart or self.census.actions_seq > cursor:
            reply["actions"] = list(self.census.actions)
        spent = thread_time() - began
        self.cost_seconds += spent
        self._next_sweep = max(self._next_sweep, self.loop.time()) + spent / SHARE
        reply["cost"] = [self.cost_seconds + self.inspector.cost_seconds, perf_counter() - self.began]
        return reply

    # The clock

    def _tick(self) -> None:
        if self.closing or not self.waiters:
            return
        now = self.loop.time()
        ready = [waiter for waiter in self.waiters if waiter.not_before <= now]
        if self._sweep is not None or (ready and self._may_look(now)):
            self._look(now)
        if self._swept:
            for waiter in ready:
                if self.ledger.seq > waiter.cursor or waiter.deadline <= now or self.error:
                    waiter.release()
            self.waiters = [waiter for waiter in self.waiters if not waiter.future.done()]
        if self.waiters:
            self._alarm.ring_in(self._pause(now))

    def _pause(self, now: float) -> float:
        if self._sweep is not None:
            return 0.005
        lookout = LOOKOUT_SECONDS if now - self._last_move < BUSY_SECONDS else IDLE_LOOKOUT_SECONDS
        look = max(now + lookout, self._next_sweep)
        wake = min(
            waiter.not_before
            if self.ledger.seq > waiter.cursor
            else min(max(waiter.not_before, look), waiter.deadline)
            for waiter in self.waiters
        )
        return max(0.001, wake - now)

    def _may_look(self, now: float) -> bool:
        """Whether something may have changed, and the share of the loop allows a look."""
        if self._swept and now < self._next_sweep:
            return False
        scheduler = self.scheduler
        gate = (
            scheduler.transition_counter,
            len(scheduler.task_groups),
            len(scheduler.workers),
            self._submissions,
        )
        moved = gate != self._gate
        if moved:
            self._gate = gate
            self._last_move = now
            self._deep_pause = DEEP_SECONDS
            self._next_deep = min(self._next_deep, self._last_deep + DEEP_SECONDS)
        self._deep = now >= self._next_deep
        return moved or self._deep or bool(self.error)

    def _look(self, now: float) -> None:
        """One slice of the sweep under way, or the first of a new one."""
        began = thread_time()
        if self._sweep is None:
            self._sweep = self.census.sweep(self._deep)
            self._sweep_cost = 0.0
        try:
            ended = next(self._sweep, True)
            if ended:
                self.error = ""
        except Exception as error:
            logger.exception("tgwidget cannot read the scheduler's task groups")
            self.error = f"{type(error).__name__}: {error}"
            self._sweep_cost += ERROR_PAUSE_SECONDS * SHARE
            ended = True
        spent = thread_time() - began
        self.cost_seconds += spent
        self._sweep_cost += spent
        if ended:
            self._sweep = None
            self._swept = True
            self._next_sweep = now + max(LOOKOUT_SECONDS, self._sweep_cost / SHARE)
            if self._deep and not self.census.deepening:
                self._last_deep = now
                self._next_deep = now + self._deep_pause
                self._deep_pause = min(2 * self._deep_pause, IDLE_DEEP_SECONDS)


def install(op: str, dask_scheduler: Any = None) -> None:
    """Make the scheduler answer ``op``. A second call, or one for a second client, changes nothing."""
    for name in ("transition_counter", "task_groups", "computations"):
        if not hasattr(dask_scheduler, name):
            raise RuntimeError("tgwidget needs a scheduler of distributed 2021.10.0 or newer")
    if op not in dask_scheduler.plugins:
        Probe(dask_scheduler, op).attach()
