"""The drill-down as Bokeh figures, for those who want to put them elsewhere. Bokeh is imported when one is made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, sqrt
from typing import Any

#: The light colours of ``js/src/theme.ts``; a test compares the two.
STATE_COLOURS = {
    "released": "#1b5c53",
    "memory": "#008363",
    "processing": "#ba7200",
    "queued": "#6e52b5",
    "waiting": "#8c939c",
    "no-worker": "#c34494",
    "erred": "#c72e20",
    "forgotten": "#32363c",
}
UNKNOWN_COLOUR = "#5f6672"
WIDTH_PX, HEIGHT_PX = 640, 300
MOST_BINS = 50


def colour_of(state: str) -> str:
    """A state's colour; one that this version does not know has its own."""
    return STATE_COLOURS.get(state, UNKNOWN_COLOUR)


def durations_figure(seconds: Sequence[float], marks: Mapping[str, float]) -> Any:
    """A histogram of seconds, with a line at each of the named ``marks``."""
    figure = _figure(x_axis_label="seconds", y_axis_label="tasks")
    edges, counts = histogram(seconds)
    figure.quad(
        top=counts,
        bottom=0,
        left=edges[:-1],
        right=edges[1:],
        fill_color=colour_of("memory"),
        line_color="white",
    )
    from bokeh.models import Span

    for at in marks.values():
        figure.add_layout(Span(location=at, dimension="height", line_dash="dashed"))
    figure.title.text = ", ".join(f"{name} {at:.3g} s" for name, at in marks.items())
    return figure


def workers_figure(states: Mapping[str, Mapping[str, int]]) -> Any:
    """Tasks by state for each worker, as stacked bars."""
    names = list(states)
    present = [state for state in _states_of(states) if any(state in counts for counts in states.values())]
    figure = _figure(y_range=names[::-1], x_axis_label="tasks", height=max(HEIGHT_PX, 24 * len(names)))
    source = {
        "worker": names,
        **{state: [states[name].get(state, 0) for name in names] for state in present},
    }
    figure.hbar_stack(
        present,
        y="worker",
        height=0.8,
        source=source,
        color=[colour_of(state) for state in present],
        legend_label=present,
    )
    return figure


def grid_figure(shape: Sequence[int], states: Mapping[tuple[int, ...], str]) -> Any:
    """The blocks of a collection of one or two dimensions, coloured by state. Raises ValueError for more."""
    if len(shape) > 2:
        raise ValueError(
            f"a grid of {len(shape)} dimensions has no figure; take a slice of details.grid.states"
        )
    cells = [(block[0], block[1]) if len(block) == 2 else (0, block[0]) for block in states]
    figure = _figure(x_axis_label="block", y_axis_label="block", match_aspect=len(shape) == 2)
    figure.y_range.flipped = True
    figure.rect(
        x=[column for _, column in cells],
        y=[row for row, _ in cells],
        width=1,
        height=1,
        fill_color=[colour_of(state) for state in states.values()],
        line_color="white",
    )
    return figure


def histogram(seconds: Sequence[float]) -> tuple[list[float], list[int]]:
    """Edges and counts of equal bins, the square root of the number of values at most."""
    if not seconds:
        return [0.0, 1.0], [0]
    bins = max(1, min(MOST_BINS, ceil(sqrt(len(seconds)))))
    low, high = min(seconds), max(seconds)
    width = (high - low) / bins or max(high, 1e-6) / bins
    counts = [0] * bins
    for value in seconds:
        counts[min(bins - 1, int((value - low) / width))] += 1
    return [low + at * width for at in range(bins + 1)], counts


def _states_of(states: Mapping[str, Mapping[str, int]]) -> list[str]:
    others = {state for counts in states.values() for state in counts if state not in STATE_COLOURS}
    return [*STATE_COLOURS, *sorted(others)]


def _figure(**options: Any) -> Any:
    try:
        from bokeh.plotting import figure
    except ImportError:
        raise ImportError("figures need Bokeh: pip install bokeh") from None
    # Bokeh 3 renamed plot_width and plot_height.
    made = figure(**{name: value for name, value in options.items() if name != "height"}, tools="hover,save")
    made.width, made.height = WIDTH_PX, options.get("height", HEIGHT_PX)
    return made
