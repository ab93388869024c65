"""The contract with the page. Its twin is ``js/src/wire.ts``: a test compares the field names of the two, and both read
the messages in ``tests/data/wire/``.
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any, NamedTuple

import msgpack

from tgwidget.mirror import Mirror
from tgwidget.records import COMPUTATION_FIELDS, GROUP_FIELDS, SUMMARY_FIELDS

__all__ = [
    "COMPUTATION_FIELDS",
    "GROUP_FIELDS",
    "SUMMARY_FIELDS",
    "WIRE_VERSION",
    "Message",
    "Request",
    "request",
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


class Request(NamedTuple):
    """What a page asks: "hello": send everything, and what changes from now on; "bye": nobody looks here any more."""

    type: str
    nonce: str


def request(content: Any) -> Request | None:
    """The request in a message of a page; None for anything else."""
    if not isinstance(content, dict) or content.get("type") not in ("hello", "bye"):
        return None
    nonce = content.get("nonce")
    return Request(content["type"], nonce[:64] if isinstance(nonce, str) else "")
