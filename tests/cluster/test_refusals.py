"""A scheduler that will not or cannot be read: a sentence that says why, and the computation goes on."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import dask
import pytest
from distributed import Client, LocalCluster

from tgwidget import TaskGroupWidget, sync

from .conftest import OPTIONS
from .helpers import VERSION, eventually, inc, on_loop


@pytest.fixture
def refusing(request: pytest.FixtureRequest) -> Iterator[Client]:
    """A client of a scheduler that is configured to refuse."""
    with (
        dask.config.set(request.param),
        LocalCluster(n_workers=1, processes=False, protocol="tcp://", **OPTIONS) as cluster,
        Client(cluster) as client,
    ):
        yield client


@pytest.mark.skipif(VERSION >= (2023, 12), reason="distributed 2023.12 and newer always unpickle")
@pytest.mark.parametrize("refusing", [{"distributed.scheduler.pickle": False}], indirect=True)
def test_a_scheduler_that_unpickles_nothing_is_lost_with_the_reason(refusing: Client) -> None:
    with TaskGroupWidget(refusing) as widget:
        eventually(lambda: widget.status == "lost", widget.status)
        assert "pickle" in widget.message
        assert len(widget.groups) == 0


@pytest.mark.parametrize(
    "refusing", [{"distributed.scheduler.blocked-handlers": ["run_function"]}], indirect=True
)
def test_a_scheduler_that_runs_no_function_is_lost_with_the_reason(refusing: Client) -> None:
    with TaskGroupWidget(refusing) as widget:
        eventually(lambda: widget.status == "lost", widget.status)
        assert "run_function" in widget.message
        assert "blocked-handlers" in widget.message
        assert refusing.submit(inc, 1).result() == 2
        assert widget.status == "lost"


def test_a_scheduler_of_another_kind_is_lost_with_the_reason(
    client: Client, small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrapped = Wrapped(sync.installer())
    monkeypatch.setattr(sync, "installer", lambda: pickle.dumps(wrapped))
    with TaskGroupWidget(client) as widget:
        eventually(lambda: widget.status == "lost", widget.status)
        assert "2021.10.0 or newer" in widget.message
        assert client.submit(inc, 1).result() == 2


class Wrapped:
    """The installer, shown a scheduler without what it needs."""

    def __init__(self, installer: bytes) -> None:
        self.installer = installer

    def __call__(self, op: str, dask_scheduler: Any = None) -> None:
        pickle.loads(self.installer)(op, dask_scheduler=object())


def test_groups_that_cannot_be_read_are_lost_with_the_reason_until_they_can(
    client: Client, small: Any
) -> None:
    strange = SimpleNamespace(name="strange", states={}, done=True, prefix=SimpleNamespace(name="strange"))
    on_loop(small, lambda s: s.task_groups.update(strange=strange))
    try:
        with TaskGroupWidget(client) as widget:
            eventually(lambda: widget.status == "lost", widget.status)
            assert "cannot be read" in widget.message
            assert "AttributeError" in widget.message
            assert client.submit(pow, 2, 3).result() == 8
            assert widget.status == "lost"
    finally:
        on_loop(small, lambda s: s.task_groups.pop("strange"))
    with TaskGroupWidget(client) as widget:
        eventually(lambda: widget.status == "live", widget.message)
