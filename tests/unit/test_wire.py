"""The contract with the page: the same names on both sides, and messages that both read."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import msgpack
import pytest
from page import Page, unpack

from tgwidget import census, wire
from tgwidget.mirror import Mirror

from .fakes import Clock, FakeComputation, FakeScheduler, FakeWorker, Poller, make_probe

ROOT = Path(__file__).parents[2]
TWIN = ROOT / "js" / "src" / "wire.ts"
MESSAGES = ROOT / "tests" / "data" / "wire"


@pytest.mark.parametrize("constant", ["GROUP_FIELDS", "COMPUTATION_FIELDS", "SUMMARY_FIELDS"])
def test_both_sides_have_the_same_fields_in_the_same_order(constant: str) -> None:
    found = re.search(
        rf"export const {constant} = \[(.*?)\] as const", TWIN.read_text(encoding="utf-8"), re.DOTALL
    )
    assert found
    assert tuple(re.findall(r'"(\w+)"', found[1])) == getattr(wire, constant)


def test_both_sides_have_the_same_version() -> None:
    found = re.search(r"WIRE_VERSION = (\d+)", TWIN.read_text(encoding="utf-8"))
    assert found
    assert int(found[1]) == wire.WIRE_VERSION


def sample_messages() -> dict[str, bytes]:
    """What the kernel says of a small story, with nothing that differs from one run to the next."""
    scheduler, clock, poller = FakeScheduler(), Clock(), Poller()
    source = scheduler.add("x-1", memory=2, processing=1)
    source.start, source.stop, source.nbytes_total = 1700000000.25, 1700000001.5, 48
    source.all_durations = {"compute": 1.25, "transfer": 0.5}
    source.types = {"numpy.ndarray"}
    sink = scheduler.add(("<script>alert(1)</script>", 1), prefix="tuple", waiting=4)
    sink.dependencies = {source, sink}
    computation = FakeComputation("c-1", 1700000000.0)
    computation.groups, computation.code = {source, sink}, ["x.sum().compute()"]
    scheduler.computations.append(computation)
    scheduler.workers["tcp://1"] = FakeWorker("tcp://1")
    probe = make_probe(scheduler, clock)

    def look(now: float) -> None:
        scheduler.submit()
        reply = dict(poller.poll_raw(probe, clock), time=now)
        poller.take({key: value for key, value in reply.items() if key != "cost"})

    mirror = poller.mirror
    mirror.summarise(status="live", address="tcp://127.0.0.1:8786", interval=0.2)
    look(1700000002.0)
    whole = wire.update(mirror, 0, "session-1")
    source.states.update(memory=1, processing=0, released=2, dreaming=1)
    scheduler.forget(sink.name)
    look(1700000003.0)
    change = wire.update(mirror, whole.seq, "session-1")
    mirror.forget_gone()
    removal = wire.update(mirror, change.seq, "session-1")
    answer = wire.update(mirror, 0, "session-1", reply_to="page-1", limit=1)
    return {
        "whole": whole.data,
        "change": change.data,
        "removal": removal.data,
        "answer": answer.data,
        "other-version": msgpack.packb({"v": 99}),
    }


def expectation(data: bytes) -> dict[str, Any]:
    """The message with its rows spelled out."""
    message: dict[str, Any] = msgpack.unpackb(data)
    for kind, fields in (("groups", wire.GROUP_FIELDS), ("computations", wire.COMPUTATION_FIELDS)):
        if kind in message:
            message[kind] = [{"id": row[0], **unpack(fields, row)} for row in message[kind]]
    if "summary" in message:
        message["summary"] = unpack(wire.SUMMARY_FIELDS, message["summary"])
    return message


@pytest.mark.parametrize("name", ["whole", "change", "removal", "answer", "other-version"])
def test_the_messages_that_the_page_is_tested_with_are_those_that_the_kernel_sends(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Everything in one slice, however busy the machine.
    monkeypatch.setattr(census, "SLICE_SECONDS", 60.0)
    monkeypatch.setattr(census, "DEEP_SLICE_SECONDS", 60.0)
    data = sample_messages()[name]
    text = json.dumps(expectation(data), indent=1, ensure_ascii=False) + "\n"
    assert (MESSAGES / f"{name}.json").read_text(encoding="utf-8") == text
    assert (MESSAGES / f"{name}.msgpack").read_bytes() == data


def write_messages() -> None:
    """After a change of the contract: (cd tests; python -c 'from unit.test_wire import write_messages as w; w()')."""
    for name, data in sample_messages().items():
        (MESSAGES / f"{name}.msgpack").write_bytes(data)
        text = json.dumps(expectation(data), indent=1, ensure_ascii=False) + "\n"
        (MESSAGES / f"{name}.json").write_text(text, encoding="utf-8")


def mirror_of(count: int) -> tuple[Mirror, FakeScheduler, Any]:
    scheduler, clock, poller = FakeScheduler(), Clock(), Poller()
    for number in range(count):
        scheduler.add(f"x-{number}", memory=number)
    probe = make_probe(scheduler, clock)
    poller.catch_up(probe, clock)
    return poller.mirror, scheduler, lambda: (scheduler.submit(), poller.catch_up(probe, clock))


def test_a_page_that_has_everything_hears_only_what_changed() -> None:
    mirror, scheduler, look = mirror_of(2000)
    page, base, more = Page(), 0, True
    while more:
        message = wire.update(mirror, page.seq, "s", base=base)
        page.take(message.data)
        more = message.more
    for number in range(20):
        scheduler.task_groups[f"x-{number}"].states["memory"] += 1
    look()
    message = wire.update(mirror, page.seq, "s")
    assert len(message.data) <= 1000
    page.take(message.data)
    assert page.differences(mirror) == []


def test_a_long_list_comes_in_pages_and_values_changed_earlier_are_in_them() -> None:
    mirror, scheduler, look = mirror_of(1200)
    for group in scheduler.task_groups.values():
        group.states["memory"] += 1
    look()
    page, messages, more = Page(), 0, True
    while more:
        message = wire.update(mirror, page.seq, "s", base=0)
        assert page.take(message.data)
        messages, more = messages + 1, message.more
    assert messages == 3
    assert page.differences(mirror) == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"type": "hello", "v": 1, "nonce": "n-1"}, ("hello", "n-1")),
        ({"type": "bye", "v": 1, "nonce": "n-1"}, ("bye", "n-1")),
        ({"type": "hello"}, ("hello", "")),
        ({"type": "hello", "nonce": 7}, ("hello", "")),
        ({"type": "hello", "nonce": "x" * 1000}, ("hello", "x" * 64)),
        ({"type": "goodbye", "nonce": "n"}, None),
        ({}, None),
        (None, None),
        ("hello", None),
        ([{"type": "hello"}], None),
        ({"type": ["hello"]}, None),
    ],
)
def test_only_hello_and_bye_are_requests_whatever_a_page_sends(content: Any, expected: Any) -> None:
    assert wire.request(content) == expected


FOLLOW = {"type": "follow", "nonce": "n", "group": 3, "columns": ["state", "block", "secret"]}
QUESTION = {"type": "ask", "nonce": "n", "group": 3, "request": 7}


def test_a_page_follows_a_group_from_what_it_has_of_it() -> None:
    assert wire.request(FOLLOW) == wire.Follow("n", 3, ("state", "block"))
    more = {**FOLLOW, "cursor": 9, "generation": 2, "tables": [8, 1, 0]}
    assert wire.request(more) == wire.Follow("n", 3, ("state", "block"), 9, 2, (8, 1, 0))
    assert wire.request({"type": "unfollow", "nonce": "n"}) == wire.Follow("n", None)


def test_a_question_brings_the_arguments_that_its_command_has() -> None:
    asked = {**QUESTION, "cmd": "rows", "places": [4, 2], "generation": 1, "client": "another"}
    assert wire.request(asked) == wire.Question("n", 7, "rows", 3, {"places": [4, 2], "generation": 1})
    found = {**QUESTION, "cmd": "find", "key": "x", "generation": 1, "start": "0"}
    assert wire.request(found) == wire.Question("n", 7, "find", 3, {"key": "x", "generation": 1})
    halved = wire.request({**found, "key": "x\ud800"})
    assert isinstance(halved, wire.Question)
    assert halved.arguments["key"] == "x\\ud800"


@pytest.mark.parametrize(
    "content",
    [
        None,
        "hello",
        {"type": "shutdown"},
        {**FOLLOW, "group": "x-1"},
        {**FOLLOW, "columns": "state"},
        {**FOLLOW, "tables": [1, 2]},
        {**FOLLOW, "cursor": None},
        {**QUESTION, "cmd": "leave"},
        {**QUESTION, "cmd": ["rows"]},
        {**QUESTION, "cmd": "rows", "request": "7", "places": [1], "generation": 1},
        {**QUESTION, "cmd": "rows", "places": ["1"], "generation": 1},
    ],
)
def test_anything_else_that_a_page_says_is_nothing(content: Any) -> None:
    assert wire.request(content) is None
