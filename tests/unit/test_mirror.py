"""The kernel's copy of the scheduler's ledger."""

from __future__ import annotations

from typing import Any

import pytest

from tgwidget import mirror as mirror_module
from tgwidget.ledger import GROUP_FIELDS

from .fakes import Clock, FakeComputation, FakeScheduler, FakeWorker, Poller, make_probe


class Desk:
    """A scheduler, its probe and one mirror of it."""

    def __init__(self) -> None:
        self.scheduler, self.clock, self.poller = FakeScheduler(), Clock(), Poller()
        self.probe = make_probe(self.scheduler, self.clock)
        self.mirror = self.poller.mirror

    def look(self) -> None:
        self.scheduler.submit()
        self.poller.catch_up(self.probe, self.clock)

    def lose(self) -> None:
        """The scheduler is another one, at the same address."""
        self.probe.detach()
        self.scheduler = FakeScheduler()
        self.probe = make_probe(self.scheduler, self.clock)


@pytest.fixture
def desk() -> Desk:
    return Desk()


def counts(desk: Desk, key: str) -> dict[str, int]:
    row = desk.mirror.groups[key]
    return {state: count for state, count in zip(desk.mirror.states, row["states"]) if count}


def test_names_of_different_types_with_the_same_text_are_two_groups(desk: Desk) -> None:
    desk.scheduler.add("1", memory=1)
    desk.scheduler.add(1, memory=2)
    desk.look()
    assert set(desk.mirror.groups) == {"1", "1 <int>"}
    assert counts(desk, "1 <int>") == {"memory": 2}


@pytest.mark.parametrize("name", ["a\nb\0", "<script>", "Other", "data", "y" * 10_000, b"raw", (1, "a"), 2.5])
def test_any_name_is_mirrored_as_text(desk: Desk, name: Any) -> None:
    desk.scheduler.add(name, memory=1)
    desk.look()
    assert list(desk.mirror.groups) == [name if isinstance(name, str) else repr(name)]


def test_a_name_used_again_continues_its_row_and_counts_up(desk: Desk) -> None:
    desk.scheduler.add("x", memory=1)
    desk.look()
    row = desk.mirror.groups["x"]
    desk.scheduler.forget("x")
    desk.look()
    assert row["outcome"] == [1, 0]
    desk.scheduler.add("x", processing=3)
    desk.look()
    assert desk.mirror.groups["x"] is row
    assert (row["runs"], row["outcome"], counts(desk, "x")) == (2, None, {"processing": 3})


def test_a_name_used_again_between_two_looks_is_counted_too(desk: Desk) -> None:
    desk.scheduler.add("x", memory=1)
    desk.look()
    for _ in range(3):
        desk.scheduler.forget("x")
        desk.scheduler.add("x", memory=1)
        desk.scheduler.submit()
    desk.look()
    assert (desk.mirror.groups["x"]["runs"], desk.mirror.groups["x"]["outcome"]) == (4, None)


def test_a_group_that_the_next_scheduler_does_not_know_is_gone_with_what_was_last_seen(desk: Desk) -> None:
    group = desk.scheduler.add("x", memory=3, erred=1)
    group.start = group.stop = 1.0
    desk.look()
    desk.lose()
    desk.scheduler.add("y", memory=1)
    desk.look()
    assert desk.mirror.groups["x"]["outcome"] == [3, 1]
    assert desk.mirror.groups["y"]["outcome"] is None


def test_a_group_that_the_next_scheduler_knows_too_lives_on(desk: Desk) -> None:
    desk.scheduler.add("x", memory=3)
    desk.look()
    desk.lose()
    desk.scheduler.add("x", memory=5)
    desk.look()
    assert counts(desk, "x") == {"memory": 5}
    assert desk.mirror.groups["x"]["outcome"] is None


def test_workers_that_the_next_scheduler_does_not_know_are_gone_and_prefixes_stay(desk: Desk) -> None:
    desk.scheduler.add("x", memory=1)
    desk.scheduler.workers["tcp://1"] = FakeWorker("tcp://1")
    desk.look()
    assert (desk.mirror.summary["workers"], desk.mirror.summary["threads"]) == (1, 2)
    worker = desk.mirror.workers["tcp://1"]
    desk.lose()
    desk.look()
    assert (desk.mirror.workers, list(desk.mirror.prefixes), worker["gone"]) == ({}, ["x"], True)
    assert desk.mirror.summary["workers"] == 0


def test_a_computation_holds_its_groups_and_they_know_the_first_that_used_them(desk: Desk) -> None:
    group = desk.scheduler.add("x", memory=1)
    for name in ("first", "second"):
        computation = FakeComputation(name)
        computation.groups.add(group)
        computation.code = ["x = 1"]
        desk.scheduler.computations.append(computation)
        desk.look()
    row = desk.mirror.groups["x"]
    assert desk.mirror.computation_of(row).key == "first"
    assert [list(c.members.values()) for c in desk.mirror.computations.values()] == [[row], [row]]


def test_cleared_groups_leave_the_mirror_and_its_computations(desk: Desk) -> None:
    group = desk.scheduler.add("x", memory=1)
    computation = FakeComputation("c")
    computation.groups.add(group)
    desk.scheduler.computations.append(computation)
    desk.scheduler.add("y", memory=1)
    desk.look()
    desk.scheduler.forget("x")
    desk.look()
    desk.mirror.forget_gone()
    assert set(desk.mirror.groups) == {"y"}
    assert desk.mirror.computations["c"].members == {}
    desk.scheduler.add("x", memory=2)
    desk.look()
    assert counts(desk, "x") == {"memory": 2}


def test_groups_gone_before_a_run_are_marked_when_it_begins(desk: Desk) -> None:
    desk.scheduler.add("old", memory=1)
    desk.look()
    desk.scheduler.forget("old")
    desk.look()
    desk.mirror.apply({"time": 2e9, "seq": desk.mirror.cursor})
    desk.scheduler.add("new", processing=1)
    reply = desk.poller.ask(desk.probe)
    desk.scheduler.submit()
    desk.clock.advance(3)
    news = dict(reply.step() or {}, time=2e9 + 100)
    desk.poller.take(news)
    assert desk.mirror.groups["old"]["earlier"]
    assert not desk.mirror.groups["new"]["earlier"]


def test_the_picture_of_a_run_keeps_only_so_many_gone_groups(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirror_module, "SHOWN_GONE", 3)
    monkeypatch.setattr(mirror_module, "KEPT_GONE", 5)
    for number in range(8):
        desk.scheduler.add(f"x-{number}", memory=1)
    desk.look()
    for number in range(8):
        desk.scheduler.forget(f"x-{number}")
    desk.look()
    assert len(desk.mirror.groups) == 5
    assert sum(not row["earlier"] for row in desk.mirror.groups.values()) == 3
    assert len(desk.mirror.removed) == 3


def test_an_unknown_state_and_a_release_without_queued_are_told_apart(desk: Desk) -> None:
    old = desk.scheduler.add("x", memory=1)
    del old.states["queued"]
    desk.look()
    old.states["dreaming"] = 2
    desk.look()
    assert counts(desk, "x") == {"memory": 1, "dreaming": 2}


def test_a_dependency_that_comes_in_a_later_page_is_filled_in() -> None:
    mirror = mirror_module.Mirror()
    everything = (1 << len(GROUP_FIELDS)) - 1

    def row(ident: int, name: str, dependencies: list[int]) -> list[Any]:
        return [
            ident, everything, [1], 0, [], 0.0, 0.0, None, 0, [], dependencies, None, name, "str", "x", None,
        ]  # fmt: skip

    mirror.apply(
        {"epoch": "e", "states": ["memory"], "actions": [], "group": [row(1, "a", [1, 2])], "seq": 1}
    )
    assert mirror.keys_of(mirror.groups["a"]["dependencies"]) == ["a"]
    mirror.apply({"group": [row(2, "b", [])], "seq": 2})
    assert mirror.keys_of(mirror.groups["a"]["dependencies"]) == ["a", "b"]


def test_nothing_new_changes_nothing_that_a_page_would_hear_of(desk: Desk) -> None:
    desk.scheduler.add("x", memory=1)
    desk.look()
    seq = desk.mirror.ledger.seq
    desk.poller.catch_up(desk.probe, desk.clock)
    assert desk.mirror.ledger.seq == seq


def test_numbers_of_the_scheduler_before_say_nothing_about_those_of_the_present_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(mirror_module, "KEPT_SUPERSEDED", 0)
    clock, poller = Clock(), Poller()
    before, after = FakeScheduler(), FakeScheduler()
    for scheduler, names in ((before, "ab"), (after, "ba")):
        for name in names:
            scheduler.add(name, memory=1)
        probe = make_probe(scheduler, clock)
        poller.catch_up(probe, clock)
    after.task_groups["b"].states["memory"] = 2
    after.transition_counter += 1
    poller.catch_up(probe, clock)
    assert poller.mirror.groups["b"]["states"][poller.mirror.states.index("memory")] == 2
