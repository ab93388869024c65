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

MODULES = ("ledger", "values", "census", "probe")
_OWN_LINES = ("from tgwidget.", "from __future__ ")


@cache
def probe_source() -> str:
    """The probe's modules as one: what each imports from another is defined above it."""
    lines = ["from __future__ import annotations"]
    for module in MODULES:
        source = Path(__file__).with_name(f"{module}.py").read_text(encoding="utf-8")
        lines += [line for line in source.splitlines() if not line.startswith(_OWN_LINES)]
    return "\n".join(lines) + "\n"


@cache
def operation() -> str:
    """Name of the scheduler's handler: another version of the probe has another, and both can be there at once."""
    return "tgwidget-" + hashlib.sha256(probe_source().encode()).hexdigest()[:12]


class _Expression:
    """Unpickles as the value of a Python expression."""

    def __init__(self, expression: str) -> None:
        self.expression = expression

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        return eval, (self.expression,)


@cache
def installer() -> bytes:
    """A pickle of ``probe.install``, which needs nothing but the standard library to be read."""
    names = "{'__name__': 'tgwidget_probe'}"
    code = f"compile({probe_source()!r}, '<tgwidget probe>', 'exec')"
    expression = f"(lambda names: exec({code}, names) or names['install'])({names})"
    return pickle.dumps(_Expression(expression), protocol=4)
