"""Keeps all widgets of a kernel together below the rates at which Jupyter Server drops messages."""

from __future__ import annotations

from time import monotonic

# Jupyter Server's limits are 1,000 messages/s and 1 MB/s over 3 s, for everything that the kernel prints as well.
MESSAGES_PER_SECOND = 100
BYTES_PER_SECOND = 500_000


class Pace:
    """One message at a time; each keeps the next waiting for as long as it is dear."""

    def __init__(self) -> None:
        self._free_at = 0.0

    def delay(self) -> float:
        """Seconds until the next message may go."""
        return max(0.0, self._free_at - monotonic())

    def spent(self, nbytes: int) -> None:
        """Note a message that went."""
        now = max(monotonic(), self._free_at)
        self._free_at = now + max(1 / MESSAGES_PER_SECOND, nbytes / BYTES_PER_SECOND)


#: Shared by all widgets: the limits are the kernel's.
kernel_pace = Pace()
