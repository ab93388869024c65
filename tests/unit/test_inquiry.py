"""Who follows a group goes on from what it has, whatever happens to the scheduler's list of tasks."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from tgwidget.inquiry import FORGOTTEN, Following, ask
from tgwidget.mirror import Mirror

from .fakes import Clock, FakeScheduler, Poller, make_probe


class FakeClient:
    id = "me"


class FakeStream:
    """Answers what it is told to, and notes what it was asked."""

    status = "live"
    is_connected = True
    client = FakeClient()

    def __init__(self, mirror: Mirror, replies: list[dict[str, Any]]) -> None:
        self.mirror = mirror
        self.lock = threading.RLock()
        self.replies = replies
        self.asked: list[dict[str, Any]] = []

    def later(self, seconds: float, function: Any) -> None:
        asyncio.get_running_loop().call_later(0, function)

    async def ask(self, cmd: str, **request: Any) -> dict[str, Any]:
        self.asked.append({"cmd": cmd, **request})
        return self.replies.pop(0)


def mirrored(*names: str) -> Mirror:
    scheduler, clock, poller = FakeScheduler(), Clock(), Poller()
    for name in names:
        scheduler.add(name, memory=3)
    poller.catch_up(make_probe(scheduler, clock), clock)
    return poller.mirror


async def told(stream: FakeStream, group: int, count: int) -> list[Any]:
    """The first replies that somebody who follows is told."""
    heard: list[Any] = []
    following = Following(stream, group, lambda reply: (heard.append(reply), following.go_on()))  # type: ignore[arg-type]
    following.go_on()
    while len(heard) < count:
        await asyncio.sleep(0)
    following.ended = True
    return heard


def study(generation: int, seq: int, *tables: list[str], more: bool = False) -> dict[str, Any]:
    return {"generation": generation, "seq": seq, "tables": tables or ([], [], []), "more": more}


def test_what_does_not_fit_into_one_reply_is_asked_for_at_once() -> None:
    mirror = mirrored("x")
    replies = [study(1, 4, more=True), study(1, 9), study(1, 10)]
    stream = FakeStream(mirror, [*replies, {"closing": True}])
    asyncio.run(told(stream, mirror.groups["x"].id, 3))
    assert [asked["gap"] for asked in stream.asked[:3]] == [0.2, 0.0, 0.2]


def test_after_another_generation_only_the_names_that_are_there_count_as_known() -> None:
    mirror = mirrored("x")
    replies = [
        study(1, 4, ["memory"], ["tcp://a"], ["int"]),
        study(2, 9, ["memory"], ["tcp://a"], ["int"]),
        study(2, 10, [], ["tcp://b"], []),
    ]
    stream = FakeStream(mirror, [*replies, {"closing": True}])
    heard = asyncio.run(told(stream, mirror.groups["x"].id, 3))
    assert [reply["since"] for reply in heard] == [0, 0, 9]
    assert stream.asked[2]["tables"] == [1, 1, 1]


def test_a_group_of_a_scheduler_that_was_restarted_is_not_taken_for_one_that_has_its_number_now() -> None:
    clock, poller = Clock(), Poller()
    before, after = FakeScheduler(), FakeScheduler()
    before.add("old", memory=3)
    after.add("new", memory=5)
    poller.catch_up(make_probe(before, clock), clock)
    poller.catch_up(make_probe(after, clock), clock)
    mirror = poller.mirror
    stream = FakeStream(mirror, [{"found": []}])
    groups = mirror.groups
    assert groups["old"].ident == groups["new"].ident
    assert asyncio.run(ask(stream, "find", groups["old"].id)) == FORGOTTEN  # type: ignore[arg-type]
    assert "found" in asyncio.run(ask(stream, "find", groups["new"].id))  # type: ignore[arg-type]
