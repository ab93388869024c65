"""Whatever a cluster did, the mirror is the scheduler once things are quiet."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator
from typing import Any

import dask
import pytest
from dask import delayed
from distributed import Client, wait

from tgwidget import TaskGroupWidget

from .helpers import (
    VERSION,
    assert_equal_once_quiet,
    double,
    eventually,
    group_truth,
    hasten,
    inc,
    nonzero,
    on_loop,
)

needs_p2p = pytest.mark.skipif(VERSION < (2024, 1), reason="this release has no p2p shuffle of arrays")


class Watch:
    """A client with a widget, for all tests of the module: history must not matter."""

    def __init__(self, cluster: Any, client: Client, widget: TaskGroupWidget) -> None:
        self.cluster, self.client, self.widget = cluster, client, widget

    def check(self, since: float = 0.0) -> None:
        assert_equal_once_quiet(self.widget, self.cluster, since)

    def groups(self) -> dict[str, Any]:
        """The scheduler's own objects."""
        found: dict[str, Any] = on_loop(self.cluster, lambda scheduler: dict(scheduler.task_groups))
        return found

    def quiet(self) -> None:
        eventually(lambda: on_loop(self.cluster, lambda s: not s.tasks), "tasks are left")


@pytest.fixture(scope="module")
def shared(cluster: Any) -> Iterator[Watch]:
    with Client(cluster) as client, TaskGroupWidget(client, interval="50ms") as widget:
        hasten(cluster, widget)
        yield Watch(cluster, client, widget)


@pytest.fixture
def watch(shared: Watch) -> Iterator[Watch]:
    yield shared
    shared.quiet()
    shared.check()


def fail(x: Any) -> Any:
    raise ValueError(f"bad {x}")


def fail_unless_there(path: str) -> int:
    if not os.path.exists(path):  # noqa: PTH110
        with open(path, "w"):  # noqa: PTH123
            raise OSError("first time")
    return 1


def nap(x: Any, seconds: float = 0.2) -> Any:
    time.sleep(seconds)
    return x


def test_an_array_with_a_reduction(watch: Watch) -> None:
    da = pytest.importorskip("dask.array")
    x = da.ones((60, 60), chunks=(10, 10))
    y = watch.client.persist((x + x.T - x.mean(axis=0)).sum())
    wait(y)
    watch.check()
    assert any(len(model) == 36 for model in watch.widget.groups.values())


def test_a_delayed_graph(watch: Watch) -> None:
    parts = [delayed(inc)(number) for number in range(5)]
    total = watch.client.persist(delayed(sum)([delayed(double)(part) for part in parts]))
    wait(total)
    watch.check()


def test_mapped_and_submitted_futures_of_one_function_depend_on_themselves(watch: Watch) -> None:
    first = watch.client.map(inc, range(10))
    second = watch.client.map(inc, first)
    third = watch.client.submit(double, watch.client.submit(sum, second))
    wait([*second, third])
    watch.check()
    assert "inc" in watch.widget.groups["inc"].dependencies


def test_futures_deleted_one_by_one(watch: Watch) -> None:
    futures = watch.client.map(double, range(20), pure=False)
    wait(futures)
    del futures[:15]
    watch.check()
    eventually(lambda: watch.widget.groups["double"].states["forgotten"] == 15)
    at = watch.widget.groups["double"].progress
    assert (at.done, at.total) == (5, 5)


def test_errors_and_what_waited_for_them(watch: Watch) -> None:
    bad = watch.client.map(fail, range(3))
    after = watch.client.map(inc, bad)
    wait(after)
    watch.check()
    eventually(lambda: watch.widget.groups["fail"].progress.erred == 3)


def test_retries(watch: Watch, tmp_path: Any) -> None:
    once = watch.client.submit(fail_unless_there, str(tmp_path / "a"), retries=2)
    assert once.result() == 1
    again = watch.client.submit(fail_unless_there, str(tmp_path / "b"))
    wait(again)
    watch.check()
    again.retry()
    assert again.result() == 1
    watch.check()


def test_cancellations(watch: Watch) -> None:
    futures = watch.client.map(nap, range(30), pure=False)
    eventually(lambda: watch.widget.groups.get("nap"))
    watch.client.cancel(futures)
    watch.quiet()
    watch.check()
    eventually(lambda: watch.widget.groups["nap"].gone)
    at = watch.widget.groups["nap"].progress
    assert at.total == 30
    assert at.done < 30


def test_scattered_data(watch: Watch) -> None:
    here = watch.client.scatter([1, 2, 3])
    everywhere = watch.client.scatter({"a": 1.5}, broadcast=True)
    result = watch.client.submit(sum, here)
    wait(result)
    watch.check()
    del everywhere


def test_release_and_recompute(watch: Watch) -> None:
    source = delayed(nap)(1, 0.01, dask_key_name="source-1")
    middle = delayed(inc)(source, dask_key_name="middle-1")
    first = watch.client.compute(middle)
    wait(first)
    watch.check()
    second = watch.client.compute(delayed(double)(middle, dask_key_name="last-1"))
    wait(second)
    del first
    watch.check()
    third = watch.client.compute(middle)
    wait(third)
    watch.check()


def test_persist_then_delete(watch: Watch) -> None:
    da = pytest.importorskip("dask.array")
    x = watch.client.persist(da.random.random((40, 40), chunks=(10, 10)) + 1)
    wait(x)
    objects = watch.groups()
    watch.check()
    keys = set(objects)
    del x
    watch.quiet()
    watch.check()
    eventually(lambda: all(watch.widget.groups[str(key)].gone for key in keys))
    for key, group in objects.items():
        model, truth = watch.widget.groups[str(key)], group_truth(group)
        assert nonzero(model.states) == truth["states"]
        assert model.nbytes_total == truth["nbytes_total"]
        assert model.duration == pytest.approx(group.duration, rel=1e-9)
        assert (model.start, model.stop) == (truth["start"], truth["stop"])
        assert model.progress.done == model.progress.total == 16


def test_groups_that_live_between_two_ticks_are_seen(watch: Watch) -> None:
    seen = {f"flash-{number}" for number in range(30)}
    for number in range(30):
        key = str((f"flash-{number}", 0)) if VERSION < (2023, 9) else (f"flash-{number}", 0)
        assert watch.client.get({key: (inc, number)}, key) == number + 1
    eventually(lambda: seen <= set(watch.widget.groups))
    watch.quiet()
    watch.check()
    for name in seen:
        model = watch.widget.groups[name]
        assert model.gone
        assert tuple(model.progress) == (1, 1, 0, 0)


def test_a_name_used_again_counts_its_runs(watch: Watch) -> None:
    for run in range(1, 4):
        future = watch.client.submit(inc, 1, key="again-0")
        wait(future)
        watch.check()
        name = next(name for name in watch.groups() if "again" in str(name))
        assert watch.widget.groups[name].runs == run
        del future
        watch.quiet()
        eventually(lambda name=name: watch.widget.groups[name].gone)


def test_a_computation_has_its_groups_and_its_times(watch: Watch) -> None:
    began = time.time() - 0.5
    total = watch.client.persist(delayed(sum)([delayed(nap)(number, 0.01) for number in range(4)]))
    wait(total)
    watch.check(since=began)
    newest = max(watch.widget.computations.values(), key=lambda computation: computation.start)
    assert newest.start >= began
    assert len(newest.groups) >= 2
    for key in newest.groups:
        assert watch.widget.groups[key].computation is not None


@needs_p2p
def test_a_p2p_rechunk(watch: Watch) -> None:
    da = pytest.importorskip("dask.array")
    pytest.importorskip("pyarrow")
    x = da.ones((40, 40), chunks=(40, 4)).rechunk((4, 40), method="p2p")
    y = watch.client.persist(x)
    wait(y)
    watch.check()
    assert any("barrier" in name for name in watch.widget.groups)


@needs_p2p
def test_a_p2p_shuffle(watch: Watch) -> None:
    pytest.importorskip("pyarrow")
    dd = pytest.importorskip("dask.dataframe")
    pd = pytest.importorskip("pandas")
    frame = dd.from_pandas(pd.DataFrame({"a": range(100), "b": range(100)}), npartitions=5)
    with dask.config.set({"dataframe.shuffle.method": "p2p"}):
        shuffled = watch.client.persist(frame.shuffle("a"))
        wait(shuffled)
    watch.check()


def test_a_lost_worker_and_the_work_that_is_done_again(watch: Watch) -> None:
    futures = watch.client.map(inc, range(100, 140))
    wait(futures)
    watch.check()
    pid = next(iter(watch.client.run(os.getpid).values()))
    old = set(on_loop(watch.cluster, lambda s: list(s.workers)))
    os.kill(pid, signal.SIGKILL)
    eventually(lambda: set(on_loop(watch.cluster, lambda s: list(s.workers))) != old, seconds=30)
    eventually(lambda: on_loop(watch.cluster, lambda s: len(s.workers)) == 2, seconds=30)
    wait(futures, timeout=30)
    watch.check()
    assert watch.widget.groups["inc"].progress.total == 40


def test_a_restart(watch: Watch) -> None:
    futures = watch.client.map(inc, range(200, 220))
    wait(futures)
    objects = watch.groups()
    watch.client.restart()
    watch.check()
    assert all(watch.widget.groups[str(key)].gone for key in objects)
    assert watch.client.submit(inc, 1).result() == 2
    watch.check()


@pytest.mark.parametrize("seconds", [0.0, 0.1])
def test_a_widget_that_is_made_while_the_client_restarts_comes_to_life(cluster: Any, seconds: float) -> None:
    with Client(cluster) as client:
        thread = threading.Thread(target=client.restart, daemon=True)
        thread.start()
        time.sleep(seconds)
        with TaskGroupWidget(client, interval="50ms") as widget:
            hasten(cluster, widget)
            thread.join(30)
            future = client.submit(inc, 41)
            assert future.result() == 42
            assert_equal_once_quiet(widget, cluster)
