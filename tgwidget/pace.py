"""Keeps all widgets of a kernel together below the rates at which Jupyter Server drops messages."""

from __future__ import annotations

import threading
from time import monotonic

# Jupyter Server's limits are 1,000 messages/s and 1 MB/s over 3 s, for everything that the kernel prints as well.
MESSAGES_PER_SECOND = 100
BYTES_PER_SECOND = 500_000
#: Who does not come when it is its turn loses it.
PATIENCE_SECONDS = 2.0


class Pace:
    """A queue, first come, first served; each message keeps the next waiting for as long as it is dear.

    Who has something to send asks ``delay`` until that is 0, sends, and says what it ``spent``. Safe from any thread.
    """

    def __init__(self) -> None:
        self._free_at = 0.0
        #: In order of arrival.
        self._waiting: dict[object, None] = {}
        self._lock = threading.Lock()

    def delay(self, who: object) -> float:
        """Seconds until it makes sense to ask again; 0: send now."""
        with self._lock:
            now = monotonic()
            self._waiting.setdefault(who)
            if now > self._free_at + PATIENCE_SECONDS:
                self._free_at = now
                if next(iter(self._waiting)) is not who:
                    del self._waiting[next(iter(self._waiting))]
            place = list(self._waiting).index(who)
            return max(0.0, self._free_at - now) + place / MESSAGES_PER_SECOND

    def spent(self, who: object, nbytes: int) -> None:
        """Note a message that went."""
        with self._lock:
            self._waiting.pop(who, None)
            start = max(monotonic(), self._free_at)
            self._free_at = start + max(1 / MESSAGES_PER_SECOND, nbytes / BYTES_PER_SECOND)

    def leave(self, who: object) -> None:
        """Give up a place."""
        with self._lock:
            self._waiting.pop(who, None)


#: Shared by all widgets: the limits are the kernel's.
kernel_pace = Pace()
