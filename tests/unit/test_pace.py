"""All widgets together stay below what a Jupyter server lets through."""

from __future__ import annotations

import pytest

from tgwidget import pace as pace_module
from tgwidget.pace import Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize("nbytes", [50, 2_000, 40_000, 2_000_000])
def test_two_hundred_widgets_stay_below_the_rates_of_a_jupyter_server(
    nbytes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, pace = Clock(), Pace()
    monkeypatch.setattr(pace_module, "monotonic", clock)
    due = [clock.now] * 200
    sent: list[float] = []
    counts = [0] * 200
    while clock.now < 160.0:
        for widget, when in enumerate(due):
            if when <= clock.now:
                wait = pace.delay(widget)
                if wait > 0:
                    due[widget] = clock.now + wait
                else:
                    pace.spent(widget, nbytes)
                    sent.append(clock.now)
                    counts[widget] += 1
                    due[widget] = clock.now + 0.2
        clock.now += 0.001
    assert len(sent) > 10
    assert max(counts) - min(counts) <= 1
    for first in range(100, 155, 5):
        within = [when for when in sent if first <= when < first + 5]
        assert len(within) <= 5 * 100 + 1
        assert (len(within) - 1) * nbytes <= 5 * 500_000


def test_after_a_rest_a_message_goes_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, pace = Clock(), Pace()
    monkeypatch.setattr(pace_module, "monotonic", clock)
    pace.spent("a", 1_000_000)
    assert pace.delay("b") == pytest.approx(2.0)
    clock.now += 10.0
    assert pace.delay("b") == 0.0


def test_who_does_not_come_when_it_is_its_turn_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    clock, pace = Clock(), Pace()
    monkeypatch.setattr(pace_module, "monotonic", clock)
    pace.spent("a", 10)
    assert pace.delay("lost") > 0
    assert pace.delay("b") > pace.delay("lost")
    clock.now += 5.0
    assert pace.delay("b") == 0.0
