"""When a run of computations began and ended. Pure: clock readings in, times out."""

from __future__ import annotations

#: A pause shorter than this does not end a run: a loop of small computations is one.
PAUSE_SECONDS = 2.0


class Runs:
    """The present run, or the last one. Times are seconds since the epoch on the scheduler's clock; 0: not yet."""

    def __init__(self) -> None:
        self.started = 0.0
        self.ended = 0.0

    def step(
        self, now: float, *, running: bool, submitted: bool, submitted_at: float, finished_at: float = 0.0
    ) -> bool:
        """Note a look at the scheduler; whether a new run began.

        ``running``: some task is unfinished. ``submitted``: there is a new group or computation, perhaps finished
        since; ``submitted_at``: when the newest computation was. ``finished_at``: when the last task that is known
        to have finished did so.
        """
        begins = False
        if running or submitted:
            begins = not self.started or (self.ended > 0 and now - self.ended > PAUSE_SECONDS)
            if begins:
                self.started = min(now, max(submitted_at, self.ended)) or now
            self.ended = 0.0
        if not running and self.started and not self.ended:
            # Looks can be far apart; a cancelled run has nothing that finished.
            self.ended = min(now, finished_at) if finished_at > self.started else now
        return begins
