"""A run begins with work after a pause and ends with the last task."""

from __future__ import annotations

from typing import Any

from tgwidget.runs import PAUSE_SECONDS, Runs


def step(runs: Runs, now: float, running: bool = False, submitted: bool = False, at: float = 0.0) -> Any:
    return runs.step(now, running=running, submitted=submitted, submitted_at=at)


def test_nothing_has_begun_before_the_first_work() -> None:
    runs = Runs()
    assert not step(runs, 100.0)
    assert (runs.started, runs.ended) == (0.0, 0.0)


def test_a_run_begins_when_it_was_submitted_and_ends_when_nothing_is_left() -> None:
    runs = Runs()
    assert step(runs, 100.0, running=True, submitted=True, at=99.5)
    assert not step(runs, 105.0)
    assert (runs.started, runs.ended) == (99.5, 105.0)


def test_work_that_was_over_before_it_was_seen_is_a_run() -> None:
    runs = Runs()
    assert step(runs, 100.0, submitted=True, at=99.9)
    assert (runs.started, runs.ended) == (99.9, 100.0)


def test_a_short_pause_does_not_end_a_run() -> None:
    runs = Runs()
    step(runs, 100.0, running=True)
    step(runs, 101.0)
    assert not step(runs, 101.0 + PAUSE_SECONDS, running=True)
    assert (runs.started, runs.ended) == (100.0, 0.0)


def test_a_long_pause_does() -> None:
    runs = Runs()
    step(runs, 100.0, running=True)
    step(runs, 101.0)
    assert step(runs, 200.0, running=True, submitted=True, at=199.0)
    assert runs.started == 199.0


def test_a_run_never_begins_in_the_future_or_before_the_last_one_ended() -> None:
    runs = Runs()
    step(runs, 100.0, running=True, submitted=True, at=500.0)
    assert runs.started == 100.0
    step(runs, 110.0)
    step(runs, 200.0, running=True, at=50.0)
    assert runs.started == 110.0
