"""One stream per client: pulls the probe's replies on the client's event loop and tells its subscribers.

Everything that waits, waits on the connection; pauses are timers. So a client that closes leaves no task behind.
"""

from __future__ import annotations

import asyncio
import logging
import os
import pickle
import threading
import uuid
from collections.abc import Sequence
from time import monotonic, thread_time
from typing import Any, Callable
from weakref import WeakKeyDictionary

from distributed.core import send_recv

from tgwidget.mirror import Mirror
from tgwidget.records import Record
from tgwidget.shipment import installer, operation
from tgwidget.values import text

WAIT_SECONDS = 2.0
PAGE_ROWS = 500
SILENCE_SECONDS = 5.0
BACKOFF_SECONDS = (0.25, 5.0)
REFUSED_SECONDS = 60.0

logger = logging.getLogger("tgwidget")


class Refused(Exception):
    """The scheduler answers, and will not run the probe."""


class Stream:
    """The connection to one scheduler, and the mirror that it fills.

    ``status`` is "connecting", "live", "lost" or "closed"; ``mirror`` keeps the last state in all of them.
    ``lock`` guards the mirror: it is written on the client's event loop thread and read elsewhere.
    """

    def __init__(self, client: Any) -> None:
        self.client = client
        self.mirror = Mirror()
        self.lock = threading.RLock()
        self.on_changes: Callable[[Sequence[Record]], None] | None = None
        #: CPU seconds that replies took, since ``began`` on the monotonic clock.
        self.cost_seconds = 0.0
        self.began = monotonic()
        self._subscribers: dict[Callable[[], None], float] = {}
        self._pid = os.getpid()
        self._watch = uuid.uuid4().hex[:12]
        self._running = False
        self._installed = False
        self._failures = 0
        self._more: list[int] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._probe_cost = (0.0, 0.0)

    @property
    def status(self) -> str:
        status: str = self.mirror.summary["status"]
        return status

    @property
    def message(self) -> str:
        message: str = self.mirror.summary["message"]
        return message

    @property
    def is_connected(self) -> bool:
        """Whether the probe is there and can be asked."""
        return self._installed and self.status == "live"

    def is_own_thread(self) -> bool:
        """Whether this runs on the client's event loop."""
        try:
            loop: Any = asyncio.get_running_loop()
        except RuntimeError:
            return False
        return loop is getattr(self.client.loop, "asyncio_loop", None)

    def subscribe(self, notify: Callable[[], None], interval: float) -> None:
        """Call ``notify`` on the client's event loop thread after every reply, about ``interval`` seconds apart."""
        with self.lock:
            self._subscribers[notify] = interval
        if self._client_ended():
            self._set_status("closed", _CLOSED)
        else:
            self.call(self._start)

    def unsubscribe(self, notify: Callable[[], None]) -> None:
        """Stop calling ``notify``; the last one ends the stream and takes the probe off the scheduler."""
        with self.lock:
            self._subscribers.pop(notify, None)
            last = not self._subscribers
        if last:
            _forget(self)
            self.call(self._leave)

    def call(self, function: Callable[[], Any]) -> None:
        """Run a function on the client's event loop, from any thread; nothing happens where that has ended."""
        if os.getpid() != self._pid:
            return
        try:
            self.client.loop.add_callback(function)
        except RuntimeError:
            self._set_status("closed", _CLOSED)

    def later(self, seconds: float, function: Callable[[], Any]) -> None:
        """Run a function on the client's event loop after a while. To be called there."""
        asyncio.get_running_loop().call_later(seconds, function)

    def forget_gone(self) -> None:
        """Drop the groups that the scheduler forgot, in all widgets."""
        with self.lock:
            changes = self.mirror.forget_gone()
        self.call(lambda: self._tell(changes))

    # On the event loop

    def _tell(self, changes: Sequence[Record]) -> None:
        if self.on_changes is not None and changes:
            self.on_changes(changes)
        self._notify()

    def _start(self) -> None:
        if self._running or not self._subscribers:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._running = True
        self._task = asyncio.ensure_future(self._run())

    async def _run(self) -> None:
        pause = 0.0
        try:
            if self._client_ended():
                self._set_status("closed", _CLOSED)
            elif self.client.scheduler is None or self.client.status == "connecting":
                pause = BACKOFF_SECONDS[0]
                if self.status == "live":
                    raise OSError("the client is connecting again")
            else:
                await self._follow()
                if self._client_ended():
                    self._set_status("closed", _CLOSED)
        except Refused as error:
            pause = REFUSED_SECONDS
            self._set_status("lost", str(error))
        except (OSError, asyncio.TimeoutError) as error:
            pause = self._after_loss(error)
        except asyncio.CancelledError:
            self._set_status("closed", _CLOSED)
            raise
        except Exception as error:
            logger.debug("the stream of %r failed", self.client, exc_info=True)
            pause = self._after_loss(error)
        finally:
            self._running = self._installed = False
        if pause and self._subscribers:
            self._timer = asyncio.get_running_loop().call_later(pause, self._start)

    def _after_loss(self, error: BaseException) -> float:
        if self._client_ended():
            self._set_status("closed", _CLOSED)
            return 0.0
        first, longest = BACKOFF_SECONDS
        pause: float = min(longest, first * 2.0 ** min(self._failures, 10))
        self._failures += 1
        # A connection that the scheduler closed in good order is often back at once.
        if self._failures > 1 or self.status != "live":
            reason = str(error) or type(error).__name__
            self._set_status(
                "lost",
                f"The connection to the scheduler at {self._address()} is lost; trying again. ({reason[:300]})",
            )
        return pause

    async def _follow(self) -> None:
        address = self._address()
        comm = await self.client.rpc.connect(address)
        try:
            await self._install(comm)
            self._installed = True
            reply: dict[str, Any] | None = {}
            while self._subscribers and reply is not None:
                reply = await self._ask(comm)
            if reply is not None:
                await send_recv(comm, op=operation(), cmd="leave", watch=self._watch)
        except BaseException:
            comm.abort()
            raise
        self.client.rpc.reuse(address, comm)
        if self._subscribers and not self._client_ended():
            raise OSError("the scheduler ended the watch")

    async def _install(self, comm: Any) -> None:
        try:
            reply = await send_recv(
                comm,
                op="run_function",
                function=installer(),
                args=pickle.dumps(()),
                kwargs=pickle.dumps({"op": operation()}),
                wait=True,
            )
        except OSError:
            raise
        except Exception as error:
            raise Refused(_refusal(str(error))) from error
        if not isinstance(reply, dict) or reply.get("status") != "OK":
            raise Refused(_refusal(_reason(reply)))

    async def _ask(self, comm: Any) -> dict[str, Any] | None:
        mirror = self.mirror
        gap = min(self._subscribers.values(), default=0.2)
        loop = asyncio.get_running_loop()
        # Not `wait_for`: a cancelled request would leave the comm between two messages.
        patience = loop.call_later(max(WAIT_SECONDS, gap) + SILENCE_SECONDS, self._say_silent)
        try:
            reply = await send_recv(
                comm,
                op=operation(),
                cmd="poll",
                watch=self._watch,
                client=self.client.id,
                wait=WAIT_SECONDS,
                limit=PAGE_ROWS,
                epoch=mirror.epoch,
                cursor=mirror.cursor,
                more=self._more,
                gap=gap,
            )
        finally:
            patience.cancel()
        if not isinstance(reply, dict) or reply.get("closing"):
            return None
        if "error" in reply:
            self._set_status("lost", f"The scheduler's task groups cannot be read: {reply['error']}")
            return reply
        self._take(reply)
        return reply

    def _say_silent(self) -> None:
        self._set_status(
            "lost",
            f"The scheduler at {self._address()} does not answer; it may be busy. Still waiting for it.",
        )

    def _take(self, reply: dict[str, Any]) -> None:
        began = thread_time()
        self._failures = 0
        self._more = reply.get("more")
        with self.lock:
            changes = self.mirror.apply(reply)
            self._count_cost(reply, bool(changes))
        if self.on_changes is not None and changes:
            self.on_changes(changes)
        self._set_status("live", "")
        self._notify()
        self.cost_seconds += thread_time() - began

    def _count_cost(self, reply: dict[str, Any], changed: bool) -> None:
        """Shares of a core, over the time since the last change: what an idle monitor costs is no news."""
        if not changed or "cost" not in reply:
            return
        spent, elapsed = reply["cost"]
        before, then = self._probe_cost
        seconds = monotonic() - self.began
        if elapsed - then >= 2.0:
            self._probe_cost = (spent, elapsed)
            self.mirror.summarise(
                scheduler_cost=round((spent - before) / (elapsed - then), 5),
                kernel_cost=round(self.cost_seconds / seconds, 5),
            )
            self.cost_seconds, self.began = 0.0, monotonic()
        elif elapsed < then:
            self._probe_cost = (0.0, 0.0)

    def _leave(self) -> None:
        """Nobody looks any more: tell the probe, which ends the poll that is under way."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._installed and not self._subscribers:
            self._leaving = asyncio.ensure_future(self._say_goodbye())

    async def _say_goodbye(self) -> None:
        try:
            await self.ask("leave", watch=self._watch)
        except Exception:
            logger.debug("the probe was not told of the end", exc_info=True)

    async def ask(self, cmd: str, **request: Any) -> dict[str, Any]:
        """One answer of the probe, on a connection of the client's pool. Raises what the connection raises."""
        address = self._address()
        comm = await self.client.rpc.connect(address)
        try:
            reply = await send_recv(comm, op=operation(), cmd=cmd, **request)
        except BaseException:
            comm.abort()
            raise
        self.client.rpc.reuse(address, comm)
        if not isinstance(reply, dict):
            raise OSError("the scheduler does not know the request")
        return reply

    def _client_ended(self) -> bool:
        return self.client.status in ("closing", "closed")

    def _address(self) -> str:
        address: str = self.client.scheduler.address
        return address

    def _set_status(self, status: str, message: str) -> None:
        message = text(message)
        with self.lock:
            if (self.status, self.message) == (status, message):
                return
            scheduler = self.client.scheduler
            address = getattr(scheduler, "address", None) or ""
            self.mirror.summarise(status=status, message=message, address=text(address))
            self.mirror.summarise(interval=min(self._subscribers.values(), default=0.0))
        if status == "closed":
            _forget(self)
        if status != "live":
            self._notify()

    def _notify(self) -> None:
        for notify in list(self._subscribers):
            try:
                notify()
            except Exception:
                logger.exception("a subscriber to task groups failed")


_CLOSED = "The client is closed: this is the last state that it saw."


def _reason(reply: Any) -> str:
    if not isinstance(reply, dict):
        return "it does not know how to run functions"
    error = reply.get("exception")
    return str(error) if isinstance(error, Exception) else str(reply.get("exception_text") or error)


def _refusal(reason: str) -> str:
    return (
        f"The scheduler refuses the probe that reads its task groups: {reason[:500]}. "
        "Ask whoever runs it to allow functions (distributed.scheduler.pickle and "
        "distributed.scheduler.blocked-handlers in its configuration); trying again every minute."
    )


_streams: WeakKeyDictionary[Any, Stream] = WeakKeyDictionary()
_streams_lock = threading.Lock()


def _forget(stream: Stream) -> None:
    """The stream has ended, and holds on to its client: so must not this module."""
    with _streams_lock:
        if _streams.get(stream.client) is stream:
            del _streams[stream.client]


def stream_of(client: Any) -> Stream:
    """The stream of a client: however many widgets, there is one."""
    with _streams_lock:
        stream = _streams.get(client)
        if stream is None or stream._pid != os.getpid():
            stream = _streams[client] = Stream(client)
        return stream
