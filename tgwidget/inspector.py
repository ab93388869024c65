"""Who follows which groups inside the scheduler, and the clock of their study: slices of a share of its loop.

Everything that it holds, and its hook, is there only while somebody follows a group.
Runs inside the scheduler (see ``probe``): standard library only, Python 3.8 syntax.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Iterator, Sequence
from time import perf_counter, thread_time, time
from typing import Any, Callable

from tgwidget.alarm import Alarm
from tgwidget.answers import Answers
from tgwidget.census import SLICE_SECONDS
from tgwidget.roster import Roster
from tgwidget.study import Study, Tables
from tgwidget.values import text

#: Share of the event loop for what somebody waits for, and for reading the same again.
URGENT_SHARE = 0.33
REFRESH_SHARE = 0.03
REFRESH_SECONDS = 0.2
#: Where no task changed its state: results are copied and moved all the same.
QUIET_SECONDS = 2.0
TROUBLE_SECONDS = 10.0
#: Not asked for so long, a follower is gone.
EXPIRY_SECONDS = 10.0
#: What nobody follows is kept for so long.
LINGER_SECONDS = 3.0
#: Steps of the roster after which those who wait for a group's first tasks get what was found.
SIFTED = 50
CHUNKS = 25

logger = logging.getLogger("distributed.scheduler")


class Follower:
    """Somebody who follows a group, and the request of theirs that waits for news."""

    __slots__ = (
        "client",
        "columns",
        "complete",
        "cursor",
        "deadline",
        "future",
        "not_before",
        "seen",
        "study",
    )

    def __init__(self, client: str, study: Study) -> None:
        self.client = client
        self.study = study
        self.seen = 0.0
        self.cursor = 0
        self.columns: Sequence[str] = ()
        #: Whether they were told that all tasks are read.
        self.complete = False
        self.not_before = self.deadline = 0.0
        self.future: asyncio.Future[None] | None = None

    def release(self) -> None:
        if self.future is not None and not self.future.done():
            self.future.set_result(None)


class Job:
    """Work in slices that somebody waits for."""

    __slots__ = ("future", "steps")

    def __init__(self, steps: Iterator[None], future: asyncio.Future[None]) -> None:
        self.steps = steps
        self.future = future


class Inspector:
    """Studies groups for as long as they are followed.

    ``group_of`` finds a TaskGroup by the number that the probe gave it; None: there is none.
    ``hook`` is called with a function to be told of transitions, and with None when there is nothing more to tell.
    """

    def __init__(
        self,
        scheduler: Any,
        states: Sequence[str],
        group_of: Callable[[int], Any],
        hook: Callable[[Callable[..., None] | None], None],
    ) -> None:
        self.scheduler = scheduler
        self.cost_seconds = 0.0
        self._states = states
        self._group_of = group_of
        self._hook = hook
        self._loop = asyncio.get_running_loop()
        self._roster: Roster | None = None
        #: No two lists of tasks have the same: a reader's places and names are of one.
        self._generation = int(time())
        self._tables = Tables(states)
        self._studies: dict[int, Study] = {}
        self._followers: dict[str, Follower] = {}
        self._jobs: deque[Job] = deque()
        self._answers = Answers(scheduler, self._studied, self._run)
        self._pass: Iterator[None] | None = None
        self._passed_at = 0.0
        self._gate: tuple[int, int] | None = None
        self._next_slice = 0.0
        self._trouble = ""
        self._alarm = Alarm(self._loop, self._tick)

    # Requests

    async def handle(self, cmd: str, **request: Any) -> dict[str, Any]:
        """Answer one request; what is wrong with it is told as ``{"error": a sentence}``."""
        answers: dict[str, Callable[..., Awaitable[dict[str, Any]]]] = {
            "follow": self._follow,
            "rows": self._answers.rows,
            "find": self._answers.find,
            "task": self._answers.task,
            "error": self._answers.error,
            "stack": self._answers.stack,
        }
        answer = answers.get(cmd)
        if answer is None:
            return {"error": "unknown request " + repr(cmd)}
        try:
            return await answer(**request)
        except Exception as error:
            logger.debug("tgwidget cannot answer %s", cmd, exc_info=True)
            return {"error": "This cannot be told: " + text(f"{type(error).__name__}: {error}", 500)}

    def unfollow(self, follower: str) -> None:
        """Somebody follows no longer. What was read for them stays a little: they may come back."""
        gone = self._followers.pop(follower, None)
        if gone is not None:
            gone.release()

    def leave(self, client: str) -> None:
        """A client is gone, and all that it followed."""
        for key, follower in list(self._followers.items()):
            if follower.client == client:
                self.unfollow(key)

    def close(self) -> None:
        """Let go of everything."""
        for key in list(self._followers):
            self.unfollow(key)
        self._stop()

    def restart(self) -> None:
        """The scheduler has let go of all tasks at once."""
        if self._roster is not None:
            self._roster.reset()
            self._pass = None
            self._answers.clear()

    async def _follow(
        self,
        follower: str,
        client: str,
        group: int,
        cursor: int = 0,
        generation: int = -1,
        columns: Sequence[str] = ("state",),
        tables: Sequence[int] = (0, 0, 0),
        wait: float = 2.0,
        gap: float = 0.2,
    ) -> dict[str, Any]:
        """Columns of a group's tasks newer than ``cursor``, as soon as there are some but not within ``gap`` seconds.

        ``tables``: how many names of states, workers and types the reader has.
        """
        subject = self._group_of(group)
        if subject is None:
            return {"error": "The scheduler has no such group any more."}
        first = follower not in self._followers
        study = self._study(follower, client, subject)
        me = self._followers[follower]
        now = self._loop.time()
        me.seen = now
        me.columns = columns
        me.cursor = cursor if generation == study.generation else -1
        me.not_before = now + (0.0 if first else gap)
        me.deadline = now + max(wait, gap)
        reply: dict[str, Any] = {}
        if first and not study.passes:
            reply["first"] = self._answers.first_rows(subject)
            me.deadline = now
        if "block" in columns and not study.wants_blocks:
            study.wants_blocks = True
            self._passed_at = self._next_slice = 0.0
        me.release()
        me.future = self._loop.create_future()
        self._alarm.ring_in(0.0 if first else 0.001)
        await me.future
        if self._followers.get(follower) is not me:
            return {"closing": True}
        if self._trouble:
            return {"error": self._trouble}
        me.seen = self._loop.time()
        began = thread_time()
        if generation != study.generation:
            cursor, tables = 0, (0, 0, 0)
        news, more = study.since(cursor, columns, CHUNKS)
        reply.update(news)
        names = (self._tables.states.names, self._tables.workers.names, self._tables.types.names)
        reply["tables"] = [list(known[have:]) for known, have in zip(names, tables)]
        reply["gone"] = self._is_gone(subject)
        reply["complete"] = me.complete = not more and study.is_complete(columns)
        reply["more"] = more
        reply["time"] = time()
        self.cost_seconds += thread_time() - began
        return reply

    # Followers and studies

    def _study(self, follower: str, client: str, group: Any) -> Study:
        key = id(group)
        if self._roster is None:
            self._roster = Roster(self.scheduler, self._generation)
            self._hook(self._on_transition)
        study = self._studies.get(key)
        if study is None:
            study = self._studies[key] = Study(group, self._tables, self._roster.generation)
        known = self._followers.get(follower)
        if known is None or known.study is not study:
            if known is not None:
                known.release()
            self._followers[follower] = Follower(client, study)
            study.followed_at = self._loop.time()
            self._passed_at = self._next_slice = 0.0
        return study

    def _stop(self) -> None:
        self._hook(None)
        if self._roster is not None:
            self._generation = self._roster.generation + 1
        self._alarm.cancel()
        for job in self._jobs:
            if not job.future.done():
                job.future.set_result(None)
        self._jobs.clear()
        self._roster = self._pass = None
        self._studies = {}
        self._tables = Tables(self._states)
        self._answers.clear()

    def _on_transition(
        self,
        key: Any,
        start: str,
        finish: str,
        *_: Any,
        startstops: Any = None,
        worker: Any = "",
        **__: Any,
    ) -> None:
        roster = self._roster
        if roster is None:
            return
        if finish == "forgotten":
            roster.forgotten += 1
        elif startstops and start == "processing":
            task = self.scheduler.tasks.get(key)
            study = self._studies.get(id(task.group)) if task is not None else None
            if study is not None:
                for each in startstops:
                    if each["action"] == "compute":
                        study.note(task, worker, float(each["start"]), float(each["stop"]))

    # The clock

    def _studied(self, group: int, generation: int) -> Study | None:
        study = self._studies.get(id(self._group_of(group)))
        if study is None or study.generation != generation:
            return None
        # Whoever asks about it may follow it no longer: thousands of rows take a while.
        study.followed_at = self._loop.time()
        return study

    def _is_gone(self, group: Any) -> bool:
        return self.scheduler.task_groups.get(group.name) is not group

    async def _run(self, steps: Iterator[None]) -> None:
        job = Job(steps, self._loop.create_future())
        self._jobs.append(job)
        self._alarm.ring_in(0.0)
        await job.future

    def _passing(self, deep: bool) -> Iterator[None]:
        """One look at all tasks that are followed."""
        roster = self._roster
        assert roster is not None
        for count, _ in enumerate(roster.steps(), 1):
            yield
            if count % SIFTED == 0:
                # What is found so far can be read before all is found.
                for study in [study for study in self._studies.values() if not study.passes]:
                    yield from study.steps(roster.members(study.group), roster.generation, deep=False)
        for study in list(self._studies.values()):
            if study.passes and self._is_gone(study.group):
                # What is known of it stays.
                yield from study.read_blocks()
                continue
            yield from study.steps(roster.members(study.group), roster.generation, deep)
            study.passes += 1

    def _tick(self) -> None:
        now = self._loop.time()
        self._expire(now)
        if not self._studies:
            self._stop()
            return
        if now >= self._next_slice:
            spent = self._slice(now)
            self.cost_seconds += spent
            urgent = self._jobs or self._is_unread()
            share = URGENT_SHARE if urgent else REFRESH_SHARE
            self._next_slice = max(self._next_slice, self._loop.time() + spent / share - spent)
        self._alarm.ring_in(max(0.001, min(self._next_slice, self._answer(now)) - self._loop.time()))

    def _slice(self, now: float) -> float:
        """Work for two milliseconds: on what is asked for, and on the pass under way or the next one that is due."""
        began, cpu = perf_counter(), thread_time()
        gate = (self.scheduler.transition_counter, len(self.scheduler.tasks))
        quiet = gate == self._gate
        pause = QUIET_SECONDS if quiet and not self._is_unread() else REFRESH_SECONDS
        if self._pass is None and now >= self._passed_at + pause:
            self._pass = self._passing(deep=quiet)
            self._gate = gate
        while perf_counter() - began < SLICE_SECONDS and (self._jobs or self._pass is not None):
            if self._jobs:
                self._advance(self._jobs.popleft())
            if self._pass is not None:
                self._look(self._pass)
        if self._pass is None and not self._jobs:
            self._next_slice = now + REFRESH_SECONDS
        return thread_time() - cpu

    def _is_unread(self) -> bool:
        return any(study.is_unread for study in self._studies.values())

    def _advance(self, job: Job) -> None:
        try:
            if next(job.steps, self) is not self:
                self._jobs.append(job)
            elif not job.future.done():
                job.future.set_result(None)
        except Exception as error:
            job.future.set_exception(error)

    def _look(self, steps: Iterator[None]) -> None:
        try:
            if next(steps, self) is not self:
                return
            self._trouble = ""
            self._passed_at = self._loop.time()
        except Exception as error:
            logger.exception("tgwidget cannot read the tasks of a group")
            self._trouble = f"The scheduler's tasks cannot be read: {type(error).__name__}: {error}"
            self._passed_at = self._loop.time() + TROUBLE_SECONDS
        self._pass = None

    def _answer(self, now: float) -> float:
        """Answer who waits for news that are there; when to look again."""
        wake = now + 1.0
        for follower in self._followers.values():
            if follower.future is None or follower.future.done():
                continue
            study = follower.study
            completed = not follower.complete and study.is_complete(follower.columns)
            news = completed or study.seq > follower.cursor or bool(self._trouble)
            due = follower.not_before if news else follower.deadline
            if due <= now:
                follower.release()
            else:
                wake = min(wake, due)
        return wake

    def _expire(self, now: float) -> None:
        for key, follower in list(self._followers.items()):
            waits = follower.future is not None and not follower.future.done()
            if not waits and follower.seen < now - EXPIRY_SECONDS:
                self.unfollow(key)
        for follower in self._followers.values():
            follower.study.followed_at = now
        self._studies = {
            key: study for key, study in self._studies.items() if study.followed_at > now - LINGER_SECONDS
        }
