"""Carries the probe to the scheduler as source text, for schedulers that do not have tgwidget installed.

Functions pickled by value do not survive a scheduler of another Python version; by reference, they need the
package there.
"""

from __future__ import annotations

import hashlib
import pickle
from functools import cache
from pathlib import Path
from typing import Any, Callable

MODULES = (
    *("ledger", "values", "taskfacts", "glances", "census"),
    *("alarm", "walk", "roster", "study", "answers", "inspector"),
    "probe",
)
_OWN_LINES = ("from tgwidget.", "from __future__ ")


@cache
def probe_sources() -> tuple[str, ...]:
    """The text of each of the probe's modules, without what it imports from those before it."""
    sources = []
    for module in MODULES:
        source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
        kept = [line for line in source.splitlines() if not line.startswith(_OWN_LINES)]
        sources.append("\n".join(["from __future__ import annotations", *kept]) + "\n")
    return tuple(sources)


@cache
def operation() -> str:
    """Name of the scheduler's handler: another version of the probe has another, and both can be there at once."""
    return "tgwidget-" + hashlib.sha256("".join(probe_sources()).encode()).hexdigest()[:12]


class _Expression:
    """Unpickles as the value of a Python expression."""

    def __init__(self, expression: str) -> None:
        self.expression = expression

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        return eval, (self.expression,)


@cache
def installer() -> bytes:
    """A pickle of ``probe.install``, which needs nothing but the standard library to be read."""
    return pickle.dumps(
        _Expression(f"(lambda names: exec({_LOADER!r}, names) or names['install'])({_names()!r})"), protocol=4
    )


def _names() -> dict[str, Any]:
    return {"sources": dict(zip(MODULES, probe_sources()))}


#: Each module has globals of its own, in which the names of those before it stand.
_LOADER = """
names = {}
for module, source in sources.items():
    names = dict(names, __name__="tgwidget_probe")
    exec(compile(source, "<tgwidget " + module + ">", "exec"), names)
install = names["install"]
"""
