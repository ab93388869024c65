"""What the census makes of a scheduler, and that it never holds the loop for long."""

from __future__ import annotations

from typing import Any

import pytest

from tgwidget import census as census_module
from tgwidget.census import Census
from tgwidget.values import duration, settled, source_texts, text, whole

from .fakes import FakeComputation, FakeScheduler, FakeWorker


def take(census: Census, deep: bool = True) -> int:
    """One whole sweep; the number of its pauses."""
    return sum(1 for _ in census.sweep(deep))


def rows(census: Census, kind: str = "group") -> list[Any]:
    return [row for row in census.ledger._rows.values() if row.kind == kind]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("inc", "inc"),
        (1, "1"),
        ((1, "a"), "(1, 'a')"),
        (b"raw", "b'raw'"),
        ("two\nlines\0", "two\nlines\0"),
        ("<script>", "<script>"),
        ("\ud800", "\\ud800"),
        ("x" * 70_000, "x" * 65_536 + "…"),
    ],
)
def test_any_name_becomes_text_that_every_encoder_accepts(name: Any, shown: str) -> None:
    assert text(name) == shown
    text(name).encode()


def test_numbers_beyond_64_bits_are_carried_as_floats() -> None:
    numpy = pytest.importorskip("numpy")
    assert whole(2**70) == float(2**70)
    assert type(whole(numpy.int64(5))) is int
    assert whole(2**63 - 1) == 2**63 - 1


def test_durations_in_whole_microseconds_are_integers_and_others_stay_exact() -> None:
    assert duration(1.5) == 1_500_000
    assert duration(1 / 3) == 1 / 3
    assert duration(0.1 + 0.2) == 0.1 + 0.2


def test_code_is_read_in_every_shape_that_a_release_keeps_it_in() -> None:
    class SourceCode:
        code = "x = 1"

    class ToPickle:
        data = (SourceCode(),)

    assert source_texts("a") == ["a"]
    assert source_texts(("a", "b")) == ["a", "b"]
    assert source_texts((SourceCode(),)) == ["x = 1"]
    assert source_texts(ToPickle()) == ["x = 1"]


@pytest.mark.parametrize(
    ("old", "new", "done", "erred", "expected"),
    [
        ((3, 0, 0), (0, 0, 3), 0, 0, (3, 0)),
        ((0, 2, 0), (0, 0, 2), 0, 0, (0, 2)),
        ((0, 0, 0), (0, 0, 4), 4, 0, (4, 0)),
        ((0, 0, 0), (0, 0, 4), 1, 0, (1, 0)),
        ((0, 0, 0), (0, 0, 4), 3, 1, (3, 1)),
        ((0, 0, 0), (0, 0, 1), 0, 1, (0, 1)),
        ((0, 0, 0), (0, 1, 1), 0, 1, (0, 0)),
        ((2, 1, 5), (1, 0, 8), 1, 0, (2, 1)),
    ],
)
def test_tasks_forgotten_between_two_looks_are_told_apart_by_what_they_were(
    old: Any, new: Any, done: int, erred: int, expected: tuple[int, int]
) -> None:
    assert settled(old, new, done, erred) == expected


def test_a_sweep_of_many_groups_yields_many_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = FakeScheduler()
    for number in range(20_000):
        scheduler.add(f"x-{number}", memory=1)
    reads = iter(range(10**9))
    # Every look at the clock is 0.1 ms later than the last.
    monkeypatch.setattr(census_module, "perf_counter", lambda: next(reads) * 1e-4)
    census = Census(scheduler)
    assert take(census) > 500
    assert take(census, deep=False) >= 1
    assert len(rows(census)) == 20_000


def test_a_shallow_sweep_reads_only_groups_whose_counts_moved(monkeypatch: pytest.MonkeyPatch) -> None:
    scheduler = FakeScheduler()
    groups = [scheduler.add(f"x-{number}", memory=1) for number in range(1000)]
    census = Census(scheduler)
    take(census)
    read = []
    real = census._read_group
    monkeypatch.setattr(census, "_read_group", lambda row, follow=True: (read.append(row), real(row, follow)))
    groups[7].states["memory"] = 2
    take(census, deep=False)
    assert [row["name"] for row in read] == ["x-7"]


def test_bytes_that_grow_without_a_transition_are_seen_by_a_deep_sweep() -> None:
    scheduler = FakeScheduler()
    group = scheduler.add("x", memory=1)
    census = Census(scheduler)
    take(census)
    group.nbytes_total = 2**70
    take(census)
    assert rows(census)[0]["nbytes_total"] == float(2**70)


def test_a_group_keeps_its_totals_and_how_its_tasks_ended_when_it_is_forgotten() -> None:
    scheduler = FakeScheduler()
    group = scheduler.add("x", memory=3, erred=1)
    group.stop = group.start = 1.0
    census = Census(scheduler)
    take(census)
    scheduler.forget("x")
    take(census)
    (row,) = rows(census)
    assert row["states"][census.states.index("forgotten")] == 4
    assert row["outcome"] == [3, 1]


def test_a_group_that_lived_between_two_looks_is_seen_where_the_submission_was_told() -> None:
    scheduler = FakeScheduler()
    census = Census(scheduler)
    take(census)
    group = scheduler.add("flash", memory=2)
    census.notice()
    group.stop = group.start = 1.0
    group.prefix.state_counts["memory"] = 2
    scheduler.forget("flash")
    take(census)
    assert [(row["name"], row["outcome"]) for row in rows(census)] == [("flash", [2, 0])]


def test_a_task_that_fails_and_is_forgotten_between_two_looks_has_erred() -> None:
    scheduler = FakeScheduler()
    census = Census(scheduler)
    take(census)
    group = scheduler.add("flash", waiting=1)
    census.notice()
    group.prefix.state_counts["erred"] = 1
    scheduler.forget("flash")
    take(census)
    assert [row["outcome"] for row in rows(census)] == [[0, 1]]


def test_a_group_that_uses_itself_and_is_gone_at_once_is_one_group() -> None:
    scheduler = FakeScheduler()
    census = Census(scheduler)
    take(census)
    group = scheduler.add("flash", waiting=2)
    group.dependencies = {group}
    census.notice()
    scheduler.forget("flash")
    take(census)
    assert len(rows(census)) == 1


def test_a_name_that_is_used_again_is_another_group() -> None:
    scheduler = FakeScheduler()
    scheduler.add("x", memory=1)
    census = Census(scheduler)
    take(census)
    scheduler.forget("x")
    scheduler.add("x", processing=1)
    take(census)
    first, second = sorted(rows(census), key=lambda row: row.id)
    assert first["outcome"] is not None
    assert second["outcome"] is None


def test_states_that_a_release_lacks_count_zero_and_unknown_ones_are_added() -> None:
    scheduler = FakeScheduler()
    old = scheduler.add("old", memory=1)
    del old.states["queued"]
    census = Census(scheduler)
    take(census)
    assert rows(census)[0]["states"] == [0, 1, 0, 0, 0, 0, 0, 0]
    new = scheduler.add("new", memory=1)
    new.states["dreaming"] = 4
    take(census)
    assert census.states[-1] == "dreaming"
    assert {row["name"]: row["states"][-1] for row in rows(census)} == {"old": 0, "new": 4}


def test_dependencies_name_rows_the_group_itself_and_forgotten_ones_included() -> None:
    scheduler = FakeScheduler()
    gone = scheduler.add("gone")
    scheduler.forget("gone")
    group = scheduler.add("x", memory=1)
    group.dependencies = {group, gone}
    census = Census(scheduler)
    take(census)
    by_name = {row["name"]: row for row in rows(census)}
    assert by_name["x"]["dependencies"] == sorted([by_name["x"].id, by_name["gone"].id])
    assert by_name["gone"]["outcome"] is not None


def test_of_forgotten_groups_only_so_many_are_kept_but_all_on_which_a_living_one_depends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(census_module, "KEPT_GONE", 3)
    scheduler = FakeScheduler()
    scheduler.add("used")
    scheduler.add("user").dependencies = {scheduler.task_groups["used"]}
    for number in range(9):
        scheduler.add(f"x-{number}")
    census = Census(scheduler)
    take(census)
    for name in ["used", *(f"x-{number}" for number in range(9))]:
        scheduler.forget(name)
    take(census)
    take(census)
    names = {row["name"] for row in rows(census)}
    assert {"used", "user"} <= names
    assert len(names) <= 5


def test_computations_beyond_the_schedulers_hundred_send_no_reader_back() -> None:
    scheduler = FakeScheduler()
    census = Census(scheduler)
    for number in range(250):
        scheduler.computations.append(FakeComputation(f"c{number}"))
        take(census)
    assert len(rows(census, "computation")) == 100
    assert census.ledger.horizon == 0


def test_a_worker_that_left_is_told_and_one_that_came_back_is_another() -> None:
    scheduler = FakeScheduler()
    scheduler.workers["tcp://1"] = FakeWorker("tcp://1")
    census = Census(scheduler)
    take(census)
    scheduler.workers["tcp://1"] = FakeWorker("tcp://1")
    take(census)
    assert [row["gone"] for row in rows(census, "worker")] == [True, False]
