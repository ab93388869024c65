"""What is read off single tasks, however odd they are, costs little and fits every encoder."""

from __future__ import annotations

from time import perf_counter
from typing import Any

import pytest

from tgwidget.taskfacts import block_of, error_of, kind_of
from tgwidget.values import text

from .fakes import FakeTask


@pytest.mark.parametrize(
    ("key", "block"),
    [
        (("x-1", 0, 2), (0, 2)),
        ("('x-1', 0, 2)", (0, 2)),
        ("('a, 1', 12)", (12,)),
        ("(1, 2, 3)", (2, 3)),
        ("(('a', 1), -2)", (-2,)),
        ("('x', 1, 'y', 4)", (4,)),
        ("('x', 1, 'y')", None),
        ("(3)", None),
        ("x-1", None),
        ("", None),
        (("x", 1.0), None),
        (("x", True), None),
        (7, None),
        (b"(x, 1)", None),
        (f"('x', {'9' * 5000})", None),
    ],
)
def test_a_block_is_the_whole_numbers_at_the_end_of_a_key(key: Any, block: Any) -> None:
    assert block_of(key) == block


def test_a_key_of_a_hundred_thousand_numbers_that_end_in_none_is_read_at_once() -> None:
    began = perf_counter()
    assert block_of("(" + "1, " * 100_000 + "x)") is None
    assert perf_counter() - began < 1


def test_a_long_text_is_cut_before_it_is_looked_at() -> None:
    assert text("\ud800" * 5, 10) == "\\ud800\\ud8…"
    assert text("abc", 3) == "abc"
    assert text("abcd", 3) == "abc…"
    enormous = "x" * 30_000_000
    began = perf_counter()
    assert len(text(enormous, 2_000)) == 2_001
    assert perf_counter() - began < 0.005


def test_errors_of_many_megabytes_are_told_apart_at_once() -> None:
    def failed(exception: str, traceback: str) -> FakeTask:
        return FakeTask("x", state="erred", exception_text=exception, traceback_text=traceback)

    long = "y" * 30_000_000
    first, second, third = failed(long, long), failed("y" + long[1:], long), failed(long + "z", long)
    began = perf_counter()
    assert kind_of(first) == kind_of(second) != kind_of(third)
    assert hash(kind_of(first)) == hash(kind_of(second))
    assert error_of(first)[1] == 30_000_000
    assert perf_counter() - began < 0.01
