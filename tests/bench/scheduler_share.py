"""CPU of a busy scheduler's thread per task: nobody watching, tgwidget at 5 Hz, the dashboard's group graph at 5 Hz."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from distributed import Client, LocalCluster
from figures import Figure, median
from synthetic import dashboard_graph

from tgwidget.catalog import catalog_of
from tgwidget.sync import stream_of

GROUPS, TASKS, ROUNDS = 60, 120, 6


def thread_seconds(dask_scheduler=None) -> float:
    return time.thread_time()


def probe_cost(dask_scheduler=None) -> float:
    probes = [plugin for name, plugin in dask_scheduler.plugins.items() if str(name).startswith("tgwidget")]
    return sum(probe.cost_seconds for probe in probes)


def layered_graph(round_number: int) -> dict:
    """``GROUPS`` groups of ``TASKS`` no-op tasks; a task depends on the one of its number in the group before."""
    graph = {}
    for group in range(GROUPS):
        for task in range(TASKS):
            name = f"layer_{group}-{round_number:032x}"
            before = (f"layer_{group - 1}-{round_number:032x}", task)
            graph[name, task] = (_pass_on, before if group % 10 else task)
    return graph


def _pass_on(value):
    return value


def run_once(client: Client, round_number: int) -> float:
    """Scheduler CPU seconds per task of one run."""
    graph = layered_graph(round_number)
    last = [
        (f"layer_{group}-{round_number:032x}", task)
        for group in range(9, GROUPS, 10)
        for task in range(TASKS)
    ]
    before = client.run_on_scheduler(thread_seconds)
    client.get(graph, last)
    return (client.run_on_scheduler(thread_seconds) - before) / len(graph)


@contextmanager
def nobody(client: Client) -> Iterator[None]:
    yield


@contextmanager
def tgwidget_watching(client: Client) -> Iterator[None]:
    stream = stream_of(client)
    catalog_of(stream)

    def notify() -> None:
        pass

    stream.subscribe(notify, 0.2)
    while stream.status != "live":
        time.sleep(0.01)
    yield
    stream.unsubscribe(notify)
    time.sleep(0.3)


@contextmanager
def dashboard_watching(client: Client) -> Iterator[None]:
    client.run_on_scheduler(start_page)
    yield
    client.run_on_scheduler(stop_page)


def start_page(dask_scheduler=None) -> None:
    """The page's callback, without the cost of a browser's session."""
    from tornado.ioloop import PeriodicCallback

    dask_scheduler.bench_page = PeriodicCallback(dashboard_graph(dask_scheduler).update, 200)
    dask_scheduler.bench_page.start()


def stop_page(dask_scheduler=None) -> None:
    dask_scheduler.bench_page.stop()


def figures() -> list[Figure]:
    costs: dict[str, list[float]] = {"nobody": [], "ours": [], "page": []}
    shares = []
    with (
        LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=":0") as cluster,
        Client(cluster) as client,
    ):
        run_once(client, 10_000)
        for number in range(ROUNDS):
            with nobody(client):
                costs["nobody"].append(run_once(client, 3 * number))
            with tgwidget_watching(client):
                began, spent = time.perf_counter(), client.run_on_scheduler(probe_cost)
                costs["ours"].append(run_once(client, 3 * number + 1))
                spent = client.run_on_scheduler(probe_cost) - spent
                shares.append(spent / (time.perf_counter() - began))
            with dashboard_watching(client):
                costs["page"].append(run_once(client, 3 * number + 2))
    ours = [watched / alone for watched, alone in zip(costs["ours"], costs["nobody"])]
    page = [watched / alone for watched, alone in zip(costs["page"], costs["nobody"])]
    return [
        Figure("share of the scheduler's loop, 60 busy groups at 5 Hz", "%", 100 * median(shares), 1.0),
        Figure(
            "scheduler CPU a task, against nobody watching",
            "×",
            median(ours),
            None,
            median(page),
            "groups page",
        ),
        Figure("  lowest and highest of the rounds: lowest", "×", min(ours), None, min(page), "groups page"),
        Figure("  lowest and highest of the rounds: highest", "×", max(ours), None, max(page), "groups page"),
    ]
