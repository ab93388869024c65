"""Keys hold whatever users put into them."""

from __future__ import annotations

from typing import Any

import pytest
from distributed import Client, wait

from tgwidget import TaskGroupWidget

from .helpers import VERSION, assert_equal_once_quiet, eventually, inc, on_loop

TEXTS = [
    "<script>alert(1)</script>",
    "two\nlines",
    "nul\0nul",
    "z" * 10_000,
    "Other",
    "data",
    "ünïcode ☃ \u202e",
    "a b",
]


@pytest.mark.parametrize("name", TEXTS, ids=range(len(TEXTS)))
def test_text_of_any_content_is_a_name(
    widget: TaskGroupWidget, client: Client, small: Any, name: str
) -> None:
    future = client.submit(inc, 1, key=name)
    wait(future)
    expected = next(iter(on_loop(small, lambda s: set(s.task_groups))))
    eventually(lambda: expected in widget.groups)
    assert_equal_once_quiet(widget, small)
    assert "<script>" not in widget.groups[expected]._repr_html_()
    assert "<script>" not in widget.groups._repr_html_()


@pytest.mark.skipif(VERSION < (2023, 9), reason="keys are text before distributed 2023.9")
def test_names_of_other_types_stay_apart_from_the_same_text(
    widget: TaskGroupWidget, client: Client, small: Any
) -> None:
    futures = [
        client.submit(inc, 1, key=("1", 0)),
        client.submit(inc, 1, key=(1, 0)),
        client.submit(inc, 1, key=((1, 2), 0)),
        client.submit(inc, 1, key=(2.5, 0)),
    ]
    wait(futures)
    truth = on_loop(small, lambda s: {(type(n).__name__, str(n)): len(g) for n, g in s.task_groups.items()})
    eventually(lambda: sum(not model.gone for model in widget.groups.values()) == len(truth))
    living = [key for key, model in widget.groups.items() if not model.gone]
    assert {"1", "1 <int>"} <= set(living) or {"1", "1 <str>"} <= set(living)
    assert sorted(widget.groups[key].name for key in living) == sorted(name for _, name in truth)
