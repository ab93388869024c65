"""A scheduler of plain objects, a clock that is turned by hand, and pollers that are driven step by step."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine
from typing import Any, Callable

from tgwidget import probe as probe_module
from tgwidget.census import STATES
from tgwidget.mirror import Mirror
from tgwidget.probe import Probe


class FakePrefix:
    def __init__(self, name: Any) -> None:
        self.name = name
        self.duration_average = -1.0
        self.max_exec_time = -1.0
        self.suspicious = 0
        self.all_durations: dict[str, float] = {}
        self.state_counts: dict[str, int] = dict.fromkeys(STATES, 0)


class FakeGroup:
    def __init__(self, name: Any, prefix: FakePrefix, **states: int) -> None:
        self.name = name
        self.prefix = prefix
        self.states = {**dict.fromkeys(STATES, 0), **states}
        self.nbytes_total: Any = 0
        self.types: Any = set()
        self.dependencies: set[FakeGroup] = set()
        self.all_durations: dict[str, float] = {}
        self.start = 0.0
        self.stop = 0.0
        self.last_worker = None
        self.last_worker_tasks_left = 0
        self.span_id = None


class FakeTask:
    """A TaskState that is what the keywords say."""

    def __init__(self, key: Any, group: Any = None, state: str = "released", **facts: Any) -> None:
        self.key = key
        self.group = group or FakeGroup("x", FakePrefix("x"))
        self.state = state
        self.nbytes = -1
        self.type = None
        self.processing_on: Any = None
        self.who_has: set[Any] = set()
        self.who_wants: set[Any] = set()
        self.dependencies: set[Any] = set()
        self.dependents: set[Any] = set()
        self.waiting_on: set[Any] = set()
        self.erred_on: set[str] = set()
        self.exception_blame: Any = None
        self.exception_text = self.traceback_text = ""
        self.suspicious = self.retries = 0
        self.priority: Any = None
        self.annotations: Any = None
        self.__dict__.update(facts)


class FakeComputation:
    def __init__(self, name: str, start: float = 1.0) -> None:
        self.id = name
        self.start = start
        self.code: Any = []
        self.groups: set[FakeGroup] = set()


class FakeStatus:
    name = "running"


class FakeWorker:
    def __init__(self, address: str) -> None:
        self.address = self.name = address
        self.host = "127.0.0.1"
        self.pid = 7
        self.status = FakeStatus()
        self.metrics: dict[str, Any] = {"memory": 100, "cpu": 2.5}
        self.nbytes = 0
        self.processing: set[Any] = set()
        self.executing: dict[Any, float] = {}
        self.occupancy = 0.0
        self.nthreads = 2
        self.memory_limit = 1000


class FakeScheduler:
    """What the probe may look at; it may not look at single tasks."""

    def __init__(self) -> None:
        self.transition_counter = 0
        self.task_groups: dict[Any, FakeGroup] = {}
        self.task_prefixes: dict[Any, FakePrefix] = {}
        self.computations: deque[FakeComputation] = deque(maxlen=100)
        self.workers: dict[str, FakeWorker] = {}
        self.handlers: dict[str, Any] = {}
        self.plugins: dict[str, Any] = {}
        self.transition_log: deque[Any] = deque()

    @property
    def tasks(self) -> Any:
        raise AssertionError("the probe walks no tasks")

    def add_plugin(self, plugin: Any, name: str) -> None:
        self.plugins[name] = plugin

    def add(self, name: Any, prefix: str = "x", **states: int) -> FakeGroup:
        owner = self.task_prefixes.setdefault(prefix, FakePrefix(prefix))
        group = self.task_groups[name] = FakeGroup(name, owner, **states)
        return group

    def forget(self, name: Any) -> FakeGroup:
        group = self.task_groups.pop(name)
        total = sum(group.states.values())
        group.states.update(dict.fromkeys(group.states, 0), forgotten=total)
        self.transition_counter += 1
        return group

    def submit(self) -> None:
        """Tell the plugins of a new graph, as ``update_graph`` does."""
        self.transition_counter += 1
        for plugin in list(self.plugins.values()):
            plugin.update_graph(self)


class Timer:
    def __init__(self, when: float, function: Callable[..., Any], args: Any) -> None:
        self._when, self.function, self.args, self.cancelled = when, function, args, False

    def when(self) -> float:
        return self._when

    def cancel(self) -> None:
        self.cancelled = True


class Clock:
    """An event loop whose time passes only in ``advance``."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.timers: list[Timer] = []
        self._loop = asyncio.new_event_loop()
        self._loop.close()

    def time(self) -> float:
        return self.now

    def create_future(self) -> Any:
        return asyncio.Future(loop=self._loop)

    def call_at(self, when: float, function: Callable[..., Any], *args: Any) -> Timer:
        timer = Timer(when, function, args)
        self.timers.append(timer)
        return timer

    def call_later(self, delay: float, function: Callable[..., Any], *args: Any) -> Timer:
        return self.call_at(self.now + delay, function, *args)

    def advance(self, seconds: float) -> None:
        end = self.now + seconds
        while True:
            self.timers = [timer for timer in self.timers if not timer.cancelled]
            due = [timer for timer in self.timers if timer.when() <= end]
            if not due:
                break
            timer = min(due, key=Timer.when)
            self.timers.remove(timer)
            self.now = max(self.now, timer.when())
            timer.function(*timer.args)
        self.now = end


def make_probe(scheduler: FakeScheduler, clock: Clock, op: str = "watch") -> Probe:
    """A probe in place, on this clock."""
    real = probe_module.asyncio.get_running_loop
    probe_module.asyncio.get_running_loop = lambda: clock  # type: ignore[assignment,return-value]
    try:
        probe = Probe(scheduler, op)
    finally:
        probe_module.asyncio.get_running_loop = real
    probe.attach()
    return probe


class Request:
    """One request to a probe, under way until ``reply`` is there."""

    def __init__(self, coroutine: Coroutine[Any, Any, dict[str, Any]]) -> None:
        self._coroutine = coroutine
        self.reply: dict[str, Any] | None = None
        self._future: Any = None
        self.step()

    def step(self) -> dict[str, Any] | None:
        while self.reply is None and (self._future is None or self._future.done()):
            try:
                self._future = self._coroutine.send(None)
            except StopIteration as end:
                self.reply = end.value
        return self.reply

    def abandon(self) -> None:
        self._coroutine.close()


class Poller:
    """Asks as the stream does, and feeds a mirror."""

    def __init__(self, name: str = "a", **options: Any) -> None:
        self.name = name
        self.mirror = Mirror()
        self.more: Any = None
        self.options = {"gap": 0.2, "limit": 500, **options}

    def ask(self, probe: Probe, **options: Any) -> Request:
        request = {
            "epoch": self.mirror.epoch,
            "cursor": self.mirror.cursor,
            "more": self.more,
            "watch": self.name,
            "client": self.name,
            **self.options,
            **options,
        }
        return Request(probe.handle(cmd="poll", **request))

    def take(self, reply: dict[str, Any]) -> list[Any]:
        assert "seq" in reply, reply
        self.more = reply.get("more")
        return self.mirror.apply(reply)

    def poll(self, probe: Probe, clock: Clock, **options: Any) -> dict[str, Any]:
        reply = self.poll_raw(probe, clock, **options)
        self.take(reply)
        return reply

    def poll_raw(self, probe: Probe, clock: Clock, **options: Any) -> dict[str, Any]:
        """A reply that the mirror has yet to take in."""
        request = self.ask(probe, **options)
        for _ in range(2000):
            if request.step() is not None:
                break
            clock.advance(0.01)
        assert request.reply is not None, "no reply in 20 s"
        return request.reply

    def catch_up(self, probe: Probe, clock: Clock) -> None:
        """Poll until nothing is new, over a deep look."""
        for _ in range(100):
            reply = self.poll(probe, clock)
            if not reply.get("more") and not any(kind in reply for kind in ("group", "worker", "prefix")):
                return
        raise AssertionError("the probe never falls silent")
