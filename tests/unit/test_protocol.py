"""The path from a scheduler to a page, with everything going wrong that can: seeded, without a cluster."""

from __future__ import annotations

import random
from typing import Any

import pytest
from page import Page

from tgwidget import census as census_module
from tgwidget import mirror as mirror_module
from tgwidget import wire

from .fakes import Clock, FakeComputation, FakeGroup, FakeScheduler, FakeWorker, Poller, make_probe

SEEDS = range(60)


def edit(scheduler: FakeScheduler, rng: random.Random) -> None:
    """Something that a scheduler does."""
    scheduler.transition_counter += 1
    names = list(scheduler.task_groups)
    what = rng.random()
    if what < 0.35 or not names:
        name: Any = rng.choice(
            [f"x-{rng.randrange(30)}", rng.randrange(5), str(rng.randrange(5)), (1, rng.randrange(3))]
        )
        if name in scheduler.task_groups:
            return
        group = scheduler.add(name, prefix=f"p{len(str(name))}", waiting=rng.randrange(1, 9))
        for other in rng.sample(names, min(len(names), rng.randrange(4))):
            group.dependencies.add(scheduler.task_groups[other])
        if rng.random() < 0.2:
            group.dependencies.add(group)
        if rng.random() < 0.7:
            if not scheduler.computations or rng.random() < 0.4:
                scheduler.computations.append(FakeComputation(f"c{rng.getrandbits(40)}"))
            scheduler.computations[-1].groups.add(group)
        if rng.random() < 0.7:
            scheduler.submit()
    elif what < 0.75:
        group = scheduler.task_groups[rng.choice(names)]
        held = [state for state, count in group.states.items() if count and state != "forgotten"]
        if held:
            group.states[rng.choice(held)] -= 1
            group.states[rng.choice(["memory", "processing", "erred", "released", "forgotten"])] += 1
        group.nbytes_total += rng.randrange(1000)
        group.all_durations[rng.choice(["compute", "transfer", "disk-read"])] = rng.random()
        group.types = set(group.types) | {f"t{rng.randrange(3)}"}
        group.start, group.stop = 1.0, group.stop + 1
        group.prefix.state_counts["memory"] += 1
    elif what < 0.93:
        scheduler.forget(rng.choice(names))
    elif what < 0.97:
        address = f"tcp://{rng.randrange(4)}"
        if scheduler.workers.pop(address, None) is None:
            scheduler.workers[address] = FakeWorker(address)
    elif what < 0.98:
        scheduler.task_groups.clear()
    else:
        group = scheduler.task_groups[rng.choice(names)]
        group.states.setdefault(f"state-of-{rng.randrange(2)}", 1)


def name_of(group: FakeGroup) -> tuple[str, str]:
    return type(group.name).__name__, census_module.text(group.name)


def mistakes(mirror: mirror_module.Mirror, scheduler: FakeScheduler, cleared: bool = False) -> list[str]:
    """In what a mirror is not what the scheduler is."""
    found = []
    living = {(row["kind"], row["name"]): row for row in mirror.groups.values() if row["outcome"] is None}
    texts = {name_of(group): group for group in scheduler.task_groups.values()}
    found += [f"zombie {name}" for name in living.keys() - texts.keys()]
    found += [f"missing {name}" for name in texts.keys() - living.keys()]
    for name in living.keys() & texts.keys():
        row, group = living[name], texts[name]
        states = {state: count for state, count in zip(mirror.states, row["states"]) if count}
        there = {state: count for state, count in group.states.items() if count}
        names = {
            (other["kind"], other["name"]) for other in map(mirror.ledger.get, row["dependencies"]) if other
        }
        used = {name_of(other) for other in group.dependencies}
        if cleared:
            # What was cleared from the mirror is nobody's dependency there.
            used = {name_of(other) for other in group.dependencies if other in scheduler.task_groups.values()}
            names &= used
        spent = {action: value for action, value in zip(mirror.actions, row.durations) if value}
        for field, here, truth in (
            ("states", states, there),
            ("nbytes_total", row["nbytes_total"], group.nbytes_total),
            ("types", set(row["types"]), set(group.types)),
            ("dependencies", names, used),
            ("stop", row["stop"], group.stop),
            ("prefix", row["prefix"], group.prefix.name),
        ):
            if here != truth:
                found.append(f"{name} {field}: {here} is {truth}")
        if {action for action, value in group.all_durations.items() if value} != set(spent):
            found.append(f"{name} all_durations: {spent} is {group.all_durations}")
    if set(mirror.workers) != set(scheduler.workers):
        found.append(f"workers {sorted(mirror.workers)} are {sorted(scheduler.workers)}")
    for name, prefix in scheduler.task_prefixes.items():
        row = mirror.prefixes.get(name)
        if row is None or sum(row["state_counts"]) != sum(prefix.state_counts.values()):
            found.append(f"prefix {name}")
    for row in mirror.groups.values():
        if row["outcome"] is not None and sum(row["outcome"]) > sum(row["states"]):
            found.append(f"{row.key}: more tasks ended than there were")
    return found


class Faulty:
    """A client that loses replies, hears some twice, and breaks its connection, with a page that comes late."""

    def __init__(self, name: str, rng: random.Random) -> None:
        self.rng = rng
        self.poller = Poller(name)
        self.request: Any = None
        self.page = Page()
        self.page_base = 0

    def step(self, probe: Any) -> None:
        rng = self.rng
        if self.request is None:
            self.request = self.poller.ask(
                probe, limit=rng.choice([1, 2, 3, 7, 500]), gap=rng.choice([0.05, 0.2])
            )
        reply = self.request.step()
        if reply is None:
            if rng.random() < 0.02:
                self.request.abandon()
                self.request = None
            return
        self.request = None
        if "seq" not in reply or rng.random() < 0.1:
            return
        self.poller.take(reply)
        if rng.random() < 0.1:
            self.poller.take(reply)
        if rng.random() < 0.05:
            self.poller.mirror.forget_gone()
        if rng.random() < 0.5:
            self.show(rng.choice([1, 3, 500]))

    def show(self, limit: int) -> bool:
        message = wire.update(self.poller.mirror, self.page.seq, "s", base=self.page_base, limit=limit)
        assert self.page.take(message.data)
        if not message.more:
            self.page_base = self.page.seq
        return message.more


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_goes_wrong_every_mirror_and_every_page_end_up_equal_to_the_scheduler(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)
    monkeypatch.setattr(census_module, "SLICE_SECONDS", rng.choice([-1.0, 0.002]))
    monkeypatch.setattr(census_module, "KEPT_GONE", rng.choice([2, 10, 10_000]))
    monkeypatch.setattr(mirror_module, "KEPT_GONE", rng.choice([5, 10_000]))
    monkeypatch.setattr(mirror_module, "SHOWN_GONE", rng.choice([2, 300]))
    monkeypatch.setattr(mirror_module, "KEPT_COMPUTATIONS", rng.choice([3, 1_000]))
    scheduler, clock = FakeScheduler(), Clock()
    probe = make_probe(scheduler, clock)
    clients = [Faulty("a", rng), Faulty("b", rng)]
    for _ in range(rng.randrange(20, 250)):
        for _ in range(rng.randrange(5)):
            edit(scheduler, rng)
        if rng.random() < 0.01:
            probe.detach()
        if probe.closing:
            probe = make_probe(scheduler, clock)
        for client in clients:
            if rng.random() < 0.8:
                client.step(probe)
        clock.advance(rng.choice([0.001, 0.01, 0.06, 0.5]))
    if probe.closing:
        probe = make_probe(scheduler, clock)
    for client in clients:
        if client.request is not None:
            client.request.abandon()
    clock.advance(200)
    if probe.closing:
        probe = make_probe(scheduler, clock)
    for client in clients:
        client.poller.catch_up(probe, clock)
        assert mistakes(client.poller.mirror, scheduler, bool(client.poller.mirror.removed)) == []
        while client.show(3):
            pass
        assert client.page.differences(client.poller.mirror) == []


def test_a_group_that_dies_while_a_list_from_the_start_is_under_way_is_heard_of() -> None:
    scheduler, clock = FakeScheduler(), Clock()
    for number in range(6):
        scheduler.add(f"x-{number}", memory=1)
    probe = make_probe(scheduler, clock)
    poller = Poller(limit=2)
    assert poller.poll(probe, clock)["more"]
    scheduler.forget("x-0")
    other = Poller("b")
    other.catch_up(probe, clock)
    poller.catch_up(probe, clock)
    assert mistakes(poller.mirror, scheduler) == []


def test_a_newcomer_gets_in_where_more_quiet_groups_than_a_page_holds_are_older_than_a_dropped_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(census_module, "KEPT_GONE", 1)
    scheduler, clock = FakeScheduler(), Clock()
    for number in range(9):
        scheduler.add(f"quiet-{number}", memory=1)
    probe = make_probe(scheduler, clock)
    first = Poller()
    first.catch_up(probe, clock)
    for number in range(5):
        scheduler.add(f"short-{number}", memory=1)
        scheduler.submit()
        first.catch_up(probe, clock)
        scheduler.forget(f"short-{number}")
        first.catch_up(probe, clock)
    newcomer = Poller("b", limit=2)
    newcomer.catch_up(probe, clock)
    assert mistakes(newcomer.mirror, scheduler) == []


def test_a_forgotten_group_that_proves_to_be_used_is_told_to_those_who_came_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scheduler, clock = FakeScheduler(), Clock()
    used = scheduler.add("used", memory=1)
    others = [scheduler.add(f"other-{number}", memory=1) for number in range(20)]
    probe = make_probe(scheduler, clock)
    Poller("a").catch_up(probe, clock)
    monkeypatch.setattr(census_module, "SLICE_SECONDS", -1.0)
    scheduler.add("user", waiting=1).dependencies = {used}
    scheduler.submit()
    scheduler.forget("used")
    for other in others:
        other.states["memory"] += 1
    probe._sweep = probe.census.sweep(True)
    while not probe.census._gone:
        next(probe._sweep)
    newcomer = Poller("b")
    newcomer.poll(probe, clock)
    assert "user" not in newcomer.mirror.groups
    newcomer.catch_up(probe, clock)
    assert newcomer.mirror.keys_of(newcomer.mirror.groups["user"]["dependencies"]) == ["used"]
