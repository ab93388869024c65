"""The probe's clock: when it looks, whom it answers, and that it goes when nobody asks."""

from __future__ import annotations

from typing import Any

import pytest

from tgwidget import probe as probe_module

from .fakes import Clock, FakeScheduler, Poller, Request, make_probe


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def scheduler() -> FakeScheduler:
    scheduler = FakeScheduler()
    scheduler.add("x", memory=1)
    return scheduler


def count_sweeps(probe: Any, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each was deep."""
    sweeps: list[bool] = []
    real = probe.census.sweep

    def sweep(deep: bool) -> Any:
        sweeps.append(deep)
        return real(deep)

    monkeypatch.setattr(probe.census, "sweep", sweep)
    return sweeps


def test_the_first_answer_is_everything(scheduler: FakeScheduler, clock: Clock) -> None:
    poller = Poller()
    reply = poller.poll(make_probe(scheduler, clock), clock)
    assert reply["epoch"]
    assert set(poller.mirror.groups) == {"x"}


def test_an_answer_waits_for_news_but_not_longer_than_asked(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    poller = Poller()
    poller.catch_up(probe, clock)
    began = clock.time()
    assert "group" not in poller.poll(probe, clock, wait=2.0)
    assert 1.9 < clock.time() - began < 2.5


def test_news_come_soon_and_never_within_the_gap(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    poller = Poller()
    poller.catch_up(probe, clock)
    began = clock.time()
    request = poller.ask(probe, gap=0.5)
    scheduler.add("y", memory=1)
    scheduler.submit()
    clock.advance(0.45)
    assert request.step() is None
    clock.advance(0.2)
    assert request.step() is not None
    assert clock.time() - began < 0.7


def test_an_unchanged_scheduler_is_not_swept(
    scheduler: FakeScheduler, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = make_probe(scheduler, clock)
    poller = Poller()
    for _ in range(100):
        poller.poll(probe, clock)
    sweeps = count_sweeps(probe, monkeypatch)
    began = clock.time()
    while clock.time() - began < 60:
        poller.poll(probe, clock)
    assert sweeps.count(False) == 0
    assert sweeps.count(True) <= 3


def test_nobody_asking_means_no_look_at_all(
    scheduler: FakeScheduler, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = make_probe(scheduler, clock)
    sweeps = count_sweeps(probe, monkeypatch)
    for _ in range(50):
        scheduler.submit()
        clock.advance(0.5)
    assert sweeps == []


def test_after_a_long_pause_work_is_soon_looked_at_in_depth(
    scheduler: FakeScheduler, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = make_probe(scheduler, clock)
    poller = Poller()
    began = clock.time()
    while clock.time() - began < 300:
        poller.poll(probe, clock)
    scheduler.transition_counter += 1
    scheduler.task_prefixes["x"].duration_average = 7.0
    began = clock.time()
    while poller.mirror.prefixes["x"]["duration_average"] != 7.0:
        poller.poll(probe, clock)
        assert clock.time() - began < 2 * probe_module.DEEP_SECONDS


def test_a_dear_sweep_makes_the_pause_after_it_longer(
    scheduler: FakeScheduler, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = make_probe(scheduler, clock)
    poller = Poller()
    poller.catch_up(probe, clock)
    sweeps = count_sweeps(probe, monkeypatch)
    spent = iter(range(10**9))
    # Each slice takes 10 ms: at one per cent of the loop, one in a second.
    monkeypatch.setattr(probe_module, "thread_time", lambda: next(spent) * 0.01)
    began = clock.time()
    while clock.time() - began < 20:
        scheduler.transition_counter += 1
        poller.poll(probe, clock, gap=0.05)
    assert 5 <= len(sweeps) <= 25


def test_one_sweep_serves_all_who_ask(
    scheduler: FakeScheduler, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = make_probe(scheduler, clock)
    pollers = [Poller(str(number)) for number in range(8)]
    for poller in pollers:
        poller.catch_up(probe, clock)
    sweeps = count_sweeps(probe, monkeypatch)
    requests = [poller.ask(probe) for poller in pollers]
    scheduler.task_groups["x"].states["memory"] = 5
    scheduler.transition_counter += 1
    clock.advance(0.4)
    assert all(request.step() and "group" in request.reply for request in requests)
    assert len(sweeps) <= 2


def test_the_last_to_leave_takes_the_probe_away(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    first, second = Poller("a"), Poller("b")
    first.catch_up(probe, clock)
    second.catch_up(probe, clock)
    waiting = first.ask(probe)
    Request(probe.handle(cmd="leave", watch="b"))
    assert scheduler.handlers
    Request(probe.handle(cmd="leave", watch="a"))
    assert waiting.step() == {"closing": True}
    clock.advance(1)
    assert (scheduler.handlers, scheduler.plugins) == ({}, {})


def test_a_client_that_is_gone_takes_its_watches_with_it(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    first = Poller("a")
    first.poll(probe, clock)
    probe.remove_client(scheduler, client="a")
    assert first.ask(probe).step() == {"closing": True}
    clock.advance(1)
    assert (scheduler.handlers, scheduler.plugins) == ({}, {})


def test_a_probe_that_nobody_polls_removes_itself(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    Poller("a").poll(probe, clock)
    clock.advance(2 * probe_module.EXPIRY_SECONDS + 1)
    assert (scheduler.handlers, scheduler.plugins) == ({}, {})
    assert [timer for timer in clock.timers if not timer.cancelled] == []


def test_whoever_polls_once_a_minute_is_not_taken_for_gone(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    poller = Poller("a", gap=60.0)
    poller.poll(probe, clock)
    for _ in range(5):
        request = poller.ask(probe)
        clock.advance(61)
        reply = request.step()
        assert reply is not None
        poller.take(reply)


def test_a_scheduler_that_cannot_be_read_says_so_to_everybody_and_for_as_long(
    scheduler: FakeScheduler, clock: Clock
) -> None:
    del scheduler.task_groups["x"].nbytes_total
    probe = make_probe(scheduler, clock)
    for poller in [Poller("a"), Poller("b"), Poller("a")]:
        request = poller.ask(probe)
        clock.advance(5)
        assert "nbytes_total" in (request.step() or {}).get("error", "")
    scheduler.task_groups["x"].nbytes_total = 5
    scheduler.transition_counter += 1
    poller, reply = Poller("c"), {"error": ""}
    for _ in range(60):
        request = poller.ask(probe)
        clock.advance(3)
        reply = request.step() or {}
        if "seq" in reply:
            break
    poller.take(reply)
    assert poller.mirror.groups["x"]["nbytes_total"] == 5


def test_a_probe_that_comes_while_another_goes_stays(scheduler: FakeScheduler, clock: Clock) -> None:
    first = make_probe(scheduler, clock)
    first.detach()
    second = make_probe(scheduler, clock)
    clock.advance(5)
    assert scheduler.handlers == {"watch": second.handle}
    assert scheduler.plugins == {"watch": second}


def test_an_unknown_request_is_answered(scheduler: FakeScheduler, clock: Clock) -> None:
    probe = make_probe(scheduler, clock)
    reply = Request(probe.handle(cmd="dance")).reply
    assert reply is not None
    assert "dance" in reply["error"]


@pytest.mark.parametrize("missing", ["transition_counter", "task_groups", "computations"])
def test_a_scheduler_that_is_too_old_is_told_by_name(missing: str) -> None:
    old = FakeScheduler()
    delattr(old, missing)
    with pytest.raises(RuntimeError, match=r"2021\.10\.0"):
        probe_module.install("op", dask_scheduler=old)


def test_a_second_probe_beside_the_first_has_an_epoch_of_its_own(
    scheduler: FakeScheduler, clock: Clock
) -> None:
    first, second = make_probe(scheduler, clock, "one"), make_probe(scheduler, clock, "two")
    poller = Poller()
    poller.catch_up(first, clock)
    poller.poll(second, clock)
    assert first.epoch != second.epoch
    assert poller.mirror.epoch == second.epoch
    assert not poller.mirror.groups["x"]["outcome"]
