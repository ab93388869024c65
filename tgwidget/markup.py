"""HTML for notebooks without a front end. All that comes from the scheduler is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_CELL = "text-align:left;padding:2px 12px 2px 0;vertical-align:top"


def counted(count: int, noun: str) -> str:
    """A number of things: "1 prefix", "1,200 prefixes"."""
    plural = "" if count == 1 else "es" if noun.endswith("x") else "s"
    return f"{count:,} {noun}{plural}"


def facts_table(kind: str, name: str, facts: Iterable[tuple[str, str]]) -> str:
    """One object as a table of labelled facts."""
    rows = "".join(
        f"<tr><th style='{_CELL};font-weight:normal;opacity:.7'>{escape(label)}</th>"
        f"<td style='{_CELL}'>{escape(value)}</td></tr>"
        for label, value in facts
        if value
    )
    return f"<div><b>{escape(name)}</b> <small>{escape(kind)}</small><table>{rows}</table></div>"


def list_table(kind: str, rows: Sequence[tuple[str, Sequence[tuple[str, str]]]], total: int) -> str:
    """Many objects of one kind, a row each; says how many of how many are shown."""
    labels = list(dict.fromkeys(label for _, facts in rows for label, _ in facts))
    head = "".join(f"<th style='{_CELL}'>{escape(label)}</th>" for label in ["name", *labels])
    body = "".join(
        "<tr>"
        + "".join(
            f"<td style='{_CELL}'>{escape(value)}</td>"
            for value in [name, *(dict(facts).get(label, "") for label in labels)]
        )
        + "</tr>"
        for name, facts in rows
    )
    shown = "" if len(rows) == total else f"{len(rows):,} of "
    return (
        f"<div><small>{shown}{escape(counted(total, kind))}</small>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )
