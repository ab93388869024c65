"""Live clusters, shared by the tests of a module, and a front end that is not there: the data path needs none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

import tgwidget.widget
from tgwidget import TaskGroupWidget

from .helpers import hasten

OPTIONS: dict[str, Any] = {"dashboard_address": ":0", "silence_logs": 40}


@pytest.fixture(scope="session", autouse=True)
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An empty front end in the place of the real one, which may not be built."""
    path = tmp_path_factory.mktemp("bundle") / "widget.js"
    path.write_text("export default {}", encoding="utf-8")
    real, tgwidget.widget.BUNDLE = tgwidget.widget.BUNDLE, path
    yield path
    tgwidget.widget.BUNDLE = real


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two worker processes of two threads; the scheduler's objects can be looked at."""
    with LocalCluster(n_workers=2, threads_per_worker=2, **OPTIONS) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def small() -> Iterator[Any]:
    """A cluster within the process, over TCP."""
    with LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, protocol="tcp://", **OPTIONS
    ) as cluster:
        yield cluster


@pytest.fixture
def client(small: Any) -> Iterator[Client]:
    with Client(small) as client:
        yield client


@pytest.fixture
def widget(client: Client, small: Any) -> Iterator[TaskGroupWidget]:
    """Live, on ``client`` and ``small``."""
    with TaskGroupWidget(client, interval="50ms") as widget:
        hasten(small, widget)
        yield widget
