"""What the open panels of a widget's pages follow and ask, passed on to the scheduler and back.

On the client's event loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any, Callable

from tgwidget import wire
from tgwidget.inquiry import Following, ask, record_of
from tgwidget.pace import kernel_pace
from tgwidget.sync import Stream

#: A page whose panel is open says so every 20 s, and is heard unless a cell keeps the kernel busy.
SILENCE_SECONDS = 60.0
CHECK_SECONDS = 30.0
GRACE_SECONDS = 5.0
#: Panels of one widget that are followed at once; the one that gave a sign of life longest ago makes room.
MOST = 8

#: Sends a message's content and data to the pages.
Send = Callable[[dict[str, Any], bytes], None]


class Panel:
    """What one page follows. One message is under way at a time, at the kernel's pace."""

    def __init__(self, stream: Stream, request: wire.Follow, send: Send, gap: float) -> None:
        assert request.group is not None
        self.request = request
        self.heard_at = monotonic()
        self._stream = stream
        self._send = send
        self._following = Following(
            stream,
            request.group,
            self._tell,
            columns=request.columns,
            cursor=request.cursor,
            generation=request.generation,
            tables=request.tables,
            gap=gap,
        )
        self._following.go_on()

    def _tell(self, reply: Mapping[str, Any]) -> None:
        if self._following.ended:
            return
        wait = kernel_pace.delay(self)
        if wait > 0:
            self._stream.later(wait, lambda: self._tell(reply))
            return
        data = wire.study({**reply, "prefix": self._prefix()})
        kernel_pace.spent(self, len(data))
        content = {"type": "study", "nonce": self.request.nonce, "group": self.request.group}
        self._send(content, data)
        if "error" not in reply:
            self._following.go_on()

    def _prefix(self) -> dict[str, Any]:
        """What the scheduler knows of the group's prefix: typical and longest seconds of a task, worker deaths."""
        with self._stream.lock:
            record = record_of(self._stream, self.request.group or 0)
            prefix = None if record is None else self._stream.mirror.prefixes.get(record["prefix"])
            if prefix is None:
                return {}
            return {name: prefix[name] for name in ("duration_average", "max_exec_time", "suspicious")}

    def heard(self, request: wire.Follow) -> bool:
        """Whether the request is for what this panel follows; then it goes on from what the page says that it has."""
        if (request.group, request.columns) != (self.request.group, self.request.columns):
            return False
        self.heard_at = monotonic()
        self._following.rewind(request.cursor, request.generation, request.tables)
        return True

    def end(self) -> None:
        """Follow no longer."""
        kernel_pace.leave(self)
        self._following.end()


class Panels:
    """The panels of a widget's pages, by nonce."""

    def __init__(self, stream: Stream, send: Send, gap: float) -> None:
        self._stream = stream
        self._send = send
        self._gap = gap
        self._kernel_loop = _running_loop()
        self._checking = False
        self._panels: dict[str, Panel] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, request: wire.Follow) -> None:
        """A panel was opened or shows another group, has missed something, or is still there."""
        panel = self._panels.get(request.nonce)
        if panel is not None and panel.heard(request):
            return
        self.unfollow(request.nonce)
        if len(self._panels) >= MOST:
            self.unfollow(min(self._panels, key=lambda nonce: self._panels[nonce].heard_at))
        self._panels[request.nonce] = Panel(self._stream, request, self._send, self._gap)
        self._check_later()

    def unfollow(self, nonce: str) -> None:
        """The panel was closed, or its page went away."""
        panel = self._panels.pop(nonce, None)
        if panel is not None:
            panel.end()

    def answer(self, question: wire.Question) -> None:
        """Pass one question on, and the answer back."""
        task = asyncio.ensure_future(self._answer(question))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, question: wire.Question) -> None:
        reply = await ask(self._stream, question.cmd, question.group, **question.arguments)
        data = wire.study(reply)
        kernel_pace.spent(self, len(data))
        self._send({"type": "answer", "nonce": question.nonce, "request": question.number}, data)

    def _check_later(self) -> None:
        if not self._checking and self._panels and self._kernel_loop is not None:
            self._checking = True
            self._stream.later(CHECK_SECONDS, self._check)

    def _check(self) -> None:
        """A page that crashed or was reloaded says nothing; nor does one while a cell runs, which it must outlive."""
        self._checking = False
        if self._silent() and self._kernel_loop is not None and not self._kernel_loop.is_closed():
            # Comes to its turn when no cell runs, and lets what waits before the kernel in.
            self._kernel_loop.call_soon_threadsafe(
                self._stream.call, lambda: self._stream.later(GRACE_SECONDS, self._drop_silent)
            )
        self._check_later()

    def _silent(self) -> list[str]:
        limit = monotonic() - SILENCE_SECONDS
        return [nonce for nonce, panel in self._panels.items() if panel.heard_at < limit]

    def _drop_silent(self) -> None:
        for nonce in self._silent():
            self.unfollow(nonce)

    def close(self) -> None:
        """End all."""
        for nonce in list(self._panels):
            self.unfollow(nonce)


def answer_where_asked(comm: Any) -> None:
    """Let a question that a page asks on a subshell be heard there, also while a cell runs.

    ipykernel 7.4 hands it to the shell from which the comm last spoke, which for ours is the one that runs cells.
    """
    if hasattr(comm, "_reply_subshell_for"):
        comm._reply_subshell_for = lambda _, asked_on: asked_on


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """The event loop of the kernel, in which cells run; None where there is none."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
