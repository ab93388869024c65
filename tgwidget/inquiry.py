"""Questions about the tasks of single groups, which the inspector in the scheduler answers.

On the client's event loop. Nothing here raises: what is wrong is told as ``{"error": a sentence}``.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, Callable

from tgwidget.records import Record
from tgwidget.sync import Stream
from tgwidget.values import text

#: After a failure.
RETRY_SECONDS = 2.0
GAP_SECONDS = 0.2
WAIT_SECONDS = 2.0

#: Names of the inspector's states, workers and types that a reader has.
Tables = tuple[int, int, int]

logger = logging.getLogger("tgwidget")

UNKNOWN = {"error": "There is no such group."}
FORGOTTEN = {"error": "The scheduler has no such group any more."}
DISCONNECTED = {"error": "There is no connection to the scheduler: this is what was known before."}


def record_of(stream: Stream, group: int) -> Record | None:
    """A group's record by its number in the mirror's ledger."""
    row = stream.mirror.ledger.get(group)
    return row if isinstance(row, Record) and row.kind == "group" else None


async def ask(stream: Stream, cmd: str, group: int, **request: Any) -> dict[str, Any]:
    """One answer about a group, by its number in the mirror's ledger."""
    with stream.lock:
        record = record_of(stream, group)
        if record is None:
            return UNKNOWN
        number = stream.mirror.number_of(record)
    if not stream.is_connected:
        return DISCONNECTED
    if number is None:
        return FORGOTTEN
    try:
        reply = await stream.ask(cmd, group=number, **request)
    except Exception as error:
        logger.debug("no answer to %s", cmd, exc_info=True)
        return {"error": text(f"The scheduler does not answer. ({error or type(error).__name__})", 500)}
    return DISCONNECTED if reply.get("closing") else reply


class Following:
    """Follows one group until it is ended, and tells each reply; the next is asked for by ``go_on``.

    A reply is told with ``since``: the cursor that it builds on. An error is told once, and it tries again.
    """

    def __init__(
        self,
        stream: Stream,
        group: int,
        tell: Callable[[Mapping[str, Any]], None],
        *,
        columns: Sequence[str] = ("state",),
        cursor: int = 0,
        generation: int = -1,
        tables: Tables = (0, 0, 0),
        gap: float = GAP_SECONDS,
    ) -> None:
        self.group = group
        self.ended = False
        self._stream = stream
        self._tell = tell
        self._columns = list(columns)
        self._cursor = cursor
        self._generation = generation
        self._tables = tables
        self._gap = gap
        self._follower = uuid.uuid4().hex[:12]
        self._trouble = ""
        self._asking = False
        self._rewound = False
        #: Whether the scheduler has more to tell at once.
        self._more = False

    def go_on(self, seconds: float = 0.0) -> None:
        """Ask for what is newer, after a while. To be called on the client's event loop."""
        if not self.ended:
            self._stream.later(seconds, self._ask)

    def rewind(self, cursor: int, generation: int, tables: Tables) -> None:
        """The reader has missed something: go on from what it has."""
        self._cursor, self._generation, self._tables = cursor, generation, tables
        self._rewound = True

    def end(self) -> None:
        """Stop, and let the inspector forget. To be called on the client's event loop."""
        if not self.ended:
            self.ended = True
            self._task = asyncio.ensure_future(self._say_goodbye())

    def _ask(self) -> None:
        if not self.ended and not self._asking:
            self._asking = True
            self._task = asyncio.ensure_future(self._follow())

    async def _follow(self) -> None:
        self._rewound = False
        try:
            reply = await ask(
                self._stream,
                "follow",
                self.group,
                follower=self._follower,
                client=self._stream.client.id,
                columns=self._columns,
                cursor=self._cursor,
                generation=self._generation,
                tables=list(self._tables),
                wait=WAIT_SECONDS,
                gap=0.0 if self._more else self._gap,
            )
        finally:
            self._asking = False
        if self.ended:
            return
        if self._rewound:
            self._ask()
            return
        if "error" in reply:
            if self._trouble != reply["error"]:
                self._trouble = reply["error"]
                self._tell(reply)
            if self._stream.status != "closed":
                self.go_on(RETRY_SECONDS)
            return
        self._trouble = ""
        since, known = self._cursor, self._tables
        if reply["generation"] != self._generation:
            since, known = 0, (0, 0, 0)
        self._cursor, self._generation, self._more = reply["seq"], reply["generation"], reply["more"]
        states, workers, types = (have + len(new) for have, new in zip(known, reply["tables"]))
        self._tables = (states, workers, types)
        self._tell({**reply, "since": since})

    async def _say_goodbye(self) -> None:
        try:
            if self._stream.is_connected:
                await self._stream.ask("unfollow", follower=self._follower)
        except Exception:
            logger.debug("the inspector was not told of the end", exc_info=True)
