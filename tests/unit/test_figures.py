"""The drill-down's figures, and the colours that they share with the page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tgwidget.figures import (
    STATE_COLOURS,
    UNKNOWN_COLOUR,
    durations_figure,
    grid_figure,
    histogram,
    workers_figure,
)

THEME = Path(__file__).parents[2] / "js" / "src" / "theme.ts"


def test_figures_and_page_have_one_table_of_colours() -> None:
    text = THEME.read_text(encoding="utf-8")
    table = re.search(r"STATE_STYLES.*?= \{(.*?)\n\};", text, re.DOTALL)
    assert table
    assert dict(re.findall(r'"?([\w-]+)"?: \{ light: "(#\w+)"', table[1])) == STATE_COLOURS
    unknown = re.search(r'UNKNOWN_STATE: StateStyle = \{ light: "(#\w+)"', text)
    assert unknown
    assert unknown[1] == UNKNOWN_COLOUR


def test_a_histogram_counts_every_value_once() -> None:
    assert histogram([1.0, 1.0, 2.0, 3.0]) == ([1.0, 2.0, 3.0], [2, 2])
    assert histogram([]) == ([0.0, 1.0], [0])
    edges, counts = histogram([5.0] * 9)
    assert sum(counts) == 9
    assert edges[0] == 5.0
    assert len(histogram([float(value) for value in range(10_000)])[1]) == 50


def test_figures_show_what_they_are_given() -> None:
    pytest.importorskip("bokeh")
    durations = durations_figure([1.0, 2.0, 4.0], {"median": 2.0, "p95": 4.0})
    assert durations.title.text == "median 2 s, p95 4 s"
    assert len(durations.center) == 4
    workers = workers_figure({"tcp://a": {"memory": 3, "dreaming": 1}, "tcp://b": {"erred": 2}})
    assert len(workers.renderers) == 3
    assert list(workers.y_range.factors) == ["tcp://b", "tcp://a"]
    grid = grid_figure((2, 2), {(0, 0): "memory", (1, 1): "erred"})
    assert grid.renderers[0].data_source.data["fill_color"] == [
        STATE_COLOURS["memory"],
        STATE_COLOURS["erred"],
    ]
    with pytest.raises(ValueError, match="3 dimensions"):
        grid_figure((2, 2, 2), {})
