"""A timer that whoever is in a greater hurry may move up.

Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

import asyncio
from typing import Callable


class Alarm:
    """Calls ``ring`` at the earliest of the times that were asked for since it last rang."""

    def __init__(self, loop: asyncio.AbstractEventLoop, ring: Callable[[], None]) -> None:
        self._loop = loop
        self._ring = ring
        self._timer: asyncio.TimerHandle | None = None

    def ring_in(self, seconds: float) -> None:
        """Ring after so many seconds at the latest."""
        when = self._loop.time() + seconds
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(when, self._go_off)

    def cancel(self) -> None:
        """Do not ring, until somebody asks again."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _go_off(self) -> None:
        self._timer = None
        self._ring()
