"""The contract with the page. Its twin is ``js/src/wire.ts``: a test compares the field names of the two, and both read
the messages in ``tests/data/wire/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import takewhile
from typing import Any, NamedTuple

import msgpack

from tgwidget.columns import COLUMNS
from tgwidget.mirror import Mirror
from tgwidget.records import COMPUTATION_FIELDS, GROUP_FIELDS, SUMMARY_FIELDS
from tgwidget.values import text

__all__ = [
    "COMPUTATION_FIELDS",
    "GROUP_FIELDS",
    "SUMMARY_FIELDS",
    "WIRE_VERSION",
    "Follow",
    "Message",
    "Question",
    "Request",
    "request",
    "study",
    "update",
]

WIRE_VERSION = 1
PAGE_ROWS = 500
PAGE_BYTES = 250_000


class Message(NamedTuple):
    """An encoded update, the sequence number that it brings a page to, and whether more follows at once."""

    data: bytes
    seq: int
    more: bool


def update(
    mirror: Mirror,
    since: int,
    session: str,
    *,
    base: int | None = None,
    limit: int = PAGE_ROWS,
    reply_to: str | None = None,
) -> Message:
    """What a page that has everything up to ``since`` lacks; ``since=0``: everything.

    Where the message before said that more follows, ``base`` is the ``since`` of the first of them.
    A row is ``[id, mask, *values]``: bit n of the mask says that field n of its kind is present.
    """
    rows, seq, more = mirror.ledger.since(since, limit, base=base)
    message: dict[str, Any] = {"v": WIRE_VERSION, "session": session, "since": since, "seq": seq}
    if more:
        message["more"] = True
    if reply_to is not None:
        message["reply_to"] = reply_to
    if since == 0 or mirror.states_seq > since:
        message["states"] = mirror.states
    if since == 0 or mirror.actions_seq > since:
        message["actions"] = mirror.actions
    if "group" in rows:
        message["groups"] = rows["group"]
    if "computation" in rows:
        message["computations"] = rows["computation"]
    if "summary" in rows:
        message["summary"] = rows["summary"][0]
    removals = takewhile(lambda removal: removal[0] > since, reversed(mirror.removed))
    removed = [ident for _, ident in removals] if since else []
    if removed:
        message["removed"] = removed
    data = msgpack.packb(message)
    if len(data) > PAGE_BYTES and limit > 1:
        return update(mirror, since, session, base=base, limit=max(1, limit // 4), reply_to=reply_to)
    return Message(data, seq, more)


def study(reply: Mapping[str, Any]) -> bytes:
    """A reply of the inspector's to who follows a group, or the answer to one question, for a page."""
    data: bytes = msgpack.packb({"v": WIRE_VERSION, **reply})
    return data


class Request(NamedTuple):
    """What a page asks: "hello": send everything, and what changes from now on; "bye": nobody looks here any more."""

    type: str
    nonce: str


class Follow(NamedTuple):
    """A page's panel follows a group from what it has of it; ``group=None``: no longer."""

    nonce: str
    group: int | None
    columns: tuple[str, ...] = ()
    cursor: int = 0
    generation: int = -1
    tables: tuple[int, int, int] = (0, 0, 0)


class Question(NamedTuple):
    """A page wants to know something of the inspector."""

    nonce: str
    number: int
    cmd: str
    group: int
    arguments: dict[str, Any]


#: What may be asked, and of which type the arguments are.
QUESTIONS: Mapping[str, Mapping[str, type]] = {
    "rows": {"places": list, "generation": int},
    "find": {"key": str, "generation": int, "start": int, "limit": int},
    "task": {"reference": int, "place": int, "generation": int},
    "error": {"reference": int, "place": int, "generation": int},
    "stack": {"reference": int, "place": int, "generation": int},
}


def request(content: Any) -> Request | Follow | Question | None:
    """The request in a message of a page; None for anything else."""
    if not isinstance(content, dict):
        return None
    nonce = content.get("nonce")
    nonce = nonce[:64] if isinstance(nonce, str) else ""
    kind = content.get("type")
    if kind in ("hello", "bye"):
        return Request(kind, nonce)
    if kind == "unfollow":
        return Follow(nonce, None)
    group = content.get("group")
    if not isinstance(group, int):
        return None
    if kind == "follow":
        return _follow(nonce, group, content)
    return _question(nonce, group, content) if kind == "ask" else None


def _are_whole(values: Any) -> bool:
    return all(isinstance(value, int) for value in values)


def _follow(nonce: str, group: int, content: dict[str, Any]) -> Follow | None:
    columns, tables = content.get("columns"), content.get("tables", [0, 0, 0])
    cursor, generation = content.get("cursor", 0), content.get("generation", -1)
    if not isinstance(columns, list) or not isinstance(tables, list) or len(tables) != 3:
        return None
    if not _are_whole((cursor, generation, *tables)):
        return None
    known = tuple(name for name in COLUMNS if name in columns)
    return Follow(nonce, group, known, cursor, generation, tuple(tables))


def _question(nonce: str, group: int, content: dict[str, Any]) -> Question | None:
    cmd, number = content.get("cmd"), content.get("request")
    if not isinstance(cmd, str) or cmd not in QUESTIONS or not isinstance(number, int):
        return None
    types = QUESTIONS[cmd]
    arguments = {name: content[name] for name in types if isinstance(content.get(name), types[name])}
    if not _are_whole(arguments.get("places", ())):
        return None
    if "key" in arguments:
        # As keys are told: a page can send half a character, which no connection carries.
        arguments["key"] = text(arguments["key"])
    return Question(nonce, number, cmd, group, arguments)
