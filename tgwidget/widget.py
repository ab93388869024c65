"""The widget: subscribes to a client's stream and sends pages what they lack."""

from __future__ import annotations

import contextvars
import difflib
import uuid
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any

import anywidget
import traitlets as t
from dask.utils import parse_timedelta
from distributed import Client, default_client

from tgwidget import wire
from tgwidget.catalog import LiveMapping, Workers, catalog_of
from tgwidget.details import details_of, waited_for
from tgwidget.inquiry import DISCONNECTED
from tgwidget.models import Computation, TaskGroup, TaskPrefix
from tgwidget.pace import kernel_pace
from tgwidget.panels import Panels, answer_where_asked
from tgwidget.sync import stream_of

BUNDLE = Path(__file__).parent / "static" / "widget.js"
INTERVAL_SECONDS = (0.05, 60.0)
#: Until a page has answered, everything is sent again after these pauses, each twice as long.
REPEAT_SECONDS = (1.0, 60.0)


class TaskGroupWidget(anywidget.AnyWidget):
    """A live picture of the task groups of a Dask cluster.

    Parameters
    ----------
    client:
        A ``distributed.Client``; ``None``: the current default client.
    interval:
        Shortest time between two updates, as Dask writes durations (``"200ms"``, ``0.2``); 50 ms to 60 s.
    height:
        Height of the picture in CSS pixels, 120 to 4,000.
    theme:
        ``"auto"`` follows the notebook, ``"light"`` and ``"dark"`` do not.
    selected:
        Keys of the groups to select; see the trait ``selected``.

    Raises
    ------
    ValueError
        There is no client, or an option is out of range.
    TypeError
        ``client`` is something else, or an option is unknown.

    Observers of ``groups`` and the like run on the client's event loop thread; those of ``selected`` where
    the page's message is handled.
    """

    # The kernel may have another anywidget than the notebook server: any that is there will do.
    _model_module_version = t.Unicode("*").tag(sync=True)
    _view_module_version = t.Unicode("*").tag(sync=True)

    #: Keys, in ``groups``, of the selected groups. Two writers by design: user code and the page.
    selected = t.List(t.Unicode()).tag(sync=True)
    height = t.Int(400, min=120, max=4000).tag(sync=True)
    theme = t.Enum(["auto", "light", "dark"], "auto").tag(sync=True)

    def __init__(
        self,
        client: Any = None,
        *,
        interval: float | str = "200ms",
        height: int = 400,
        theme: str = "auto",
        selected: Sequence[str] = (),
    ) -> None:
        self._closed = True
        usable, self._interval = _usable(client), _seconds(interval)
        if not BUNDLE.exists():
            raise RuntimeError(
                f"tgwidget was installed without its front end ({BUNDLE.name} is missing): "
                "install a wheel, or run `pip install .` in the source tree with Node.js there"
            )
        super().__init__(
            _esm=BUNDLE.read_text(encoding="utf-8"),
            height=height,
            theme=theme,
            selected=list(selected),
        )
        answer_where_asked(self.comm)
        self._session = uuid.uuid4().hex[:12]
        #: Pages have everything up to `_sent`; while more of the same follows, it began after `_base`.
        self._sent = self._base = 0
        self._sent_at = 0.0
        self._flush_pending = False
        #: Pages that said hello and not yet bye, and how far the answers under way to them are.
        self._pages: set[str] = set()
        self._answers: dict[str, int] = {}
        self._answered = False
        self._repeat = REPEAT_SECONDS[0]
        self._repeat_at = monotonic() + self._repeat
        # ipykernel 7.0 looks the cell up in the sender's context, which a thread of its own does not have.
        self._context = contextvars.copy_context()
        self._stream = stream_of(usable)
        self._panels = Panels(self._stream, self._post, self._interval)
        self._catalog = catalog_of(self._stream)
        self._closed = False
        self.on_msg(self._on_request)
        self._stream.subscribe(self._flush, self._interval)

    @property
    def groups(self) -> LiveMapping[TaskGroup]:
        """Live task groups by name as text, those that the scheduler forgot included."""
        return self._catalog.groups

    @property
    def prefixes(self) -> LiveMapping[TaskPrefix]:
        """Live task prefixes by name."""
        return self._catalog.prefixes

    @property
    def computations(self) -> LiveMapping[Computation]:
        """Live computations by id, the scheduler's last hundred and those seen before."""
        return self._catalog.computations

    @property
    def workers(self) -> Workers:
        """Live workers by name as text."""
        return self._catalog.workers

    @property
    def status(self) -> str:
        """ "connecting", "live", "lost" (trying again) or "closed"."""
        return "closed" if self._closed else self._stream.status

    @property
    def message(self) -> str:
        """One sentence on what happened and what to do; empty when there is nothing to say."""
        return self._stream.message

    def details(self, name: str) -> Any:
        """Everything about the tasks of one group, by its key in ``groups``: a ``tgwidget.details.Details``.

        Costs the scheduler a pass over its tasks, in slices. With an asynchronous client, to be awaited. Raises
        KeyError for an unknown group, ``DetailsError`` when the scheduler does not answer, and in observers of
        ``groups`` and the like: these run on the thread that would bring the answer.
        """
        with self._stream.lock:
            record = self._stream.mirror.groups.get(name) if isinstance(name, str) else None
        if record is None:
            raise KeyError(_unknown(name, list(self.groups)))
        return waited_for(self._stream, details_of, self._stream, record.id, self.groups[name])

    def clear(self) -> None:
        """Drop the groups that the scheduler forgot, from ``groups`` and the picture, in all widgets of the client."""
        self._stream.forget_gone()

    def close(self) -> None:
        """End the widget. The last one of a client takes the probe off the scheduler."""
        if not getattr(self, "_closed", True):
            self._closed = True
            kernel_pace.leave(self)
            self._stream.call(self._panels.close)
            self._stream.unsubscribe(self._flush)
        super().close()

    def __enter__(self) -> TaskGroupWidget:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        count = len(self.groups)
        return f"<TaskGroupWidget: {self.status}, {count} group{'' if count == 1 else 's'}>"

    # On the client's event loop, but for `_on_request`, which may run on any thread.

    def _on_request(self, _: Any, content: Any, __: Any) -> None:
        request = wire.request(content)
        if request is None:
            return
        if self._stream.status != "closed":
            self._stream.call(lambda: self._take(request))
        elif isinstance(request, wire.Request):
            self._take(request)
        elif isinstance(request, wire.Question):
            content = {"type": "answer", "nonce": request.nonce, "request": request.number}
            self._post(content, wire.study(DISCONNECTED))

    def _take(self, request: wire.Request | wire.Follow | wire.Question) -> None:
        if self._closed:
            return
        if isinstance(request, wire.Question):
            self._panels.answer(request)
            return
        if isinstance(request, wire.Follow):
            if request.group is None:
                self._panels.unfollow(request.nonce)
            else:
                self._panels.follow(request)
            return
        if request.type == "bye":
            self._pages.discard(request.nonce)
            self._panels.unfollow(request.nonce)
            return
        self._answered = True
        self._pages.add(request.nonce)
        self._answers[request.nonce] = 0
        self._flush()

    def _has_news(self) -> bool:
        if self._closed:
            return False
        if self._answers:
            return True
        # Nobody looks once every page that ever answered has said bye.
        unseen = self._answered and not self._pages
        return not unseen and self._sent < self._stream.mirror.ledger.seq

    def _flush(self) -> None:
        """Send what pages lack, now or when it is time."""
        while self._has_news() or self._is_to_repeat():
            if self.status != "closed":
                wait = self._wait()
                if wait > 0:
                    self._flush_later(wait)
                    return
            self._send_next()
        kernel_pace.leave(self)

    def _is_to_repeat(self) -> bool:
        """Whether to say everything again, as no page has answered so far."""
        now = monotonic()
        if self._closed or self._answered or not self._sent or now < self._repeat_at:
            return False
        self._repeat = min(2 * self._repeat, REPEAT_SECONDS[1])
        self._repeat_at = now + self._repeat
        self._sent = self._base = 0
        return True

    def _wait(self) -> float:
        # A tenth of slack: the scheduler paces at the same interval, and its clock is not ours.
        due = 0.0 if self._answers else self._sent_at + 0.9 * self._interval - monotonic()
        return due if due > 0 else kernel_pace.delay(self)

    def _send_next(self) -> None:
        """A page of an answer first; else of what changed since the last message."""
        nonce = next(iter(self._answers), None)
        since = self._sent if nonce is None else self._answers[nonce]
        base = self._base if nonce is None else 0
        with self._stream.lock:
            message = wire.update(self._stream.mirror, since, self._session, base=base, reply_to=nonce)
        kernel_pace.spent(self, len(message.data))
        self._post({"type": "update"}, message.data)
        if nonce is not None:
            if message.more:
                self._answers[nonce] = message.seq
            else:
                del self._answers[nonce]
                if len(self._pages) == 1 and not self._answers:
                    self._sent = self._base = message.seq
            return
        self._sent = message.seq
        if not message.more:
            self._base = self._sent
            self._sent_at = monotonic()

    def _post(self, content: dict[str, Any], data: bytes) -> None:
        self._context.copy().run(self.send, content, [data])

    def _flush_later(self, seconds: float) -> None:
        if not self._flush_pending:
            self._flush_pending = True
            self._stream.later(seconds, self._flush_now)

    def _flush_now(self) -> None:
        self._flush_pending = False
        self._flush()


def _usable(client: Any) -> Client:
    if client is None:
        try:
            return default_client()
        except ValueError:
            raise ValueError(
                "there is no Dask client: make one first, client = distributed.Client(), "
                "or pass one, TaskGroupWidget(client)"
            ) from None
    if not isinstance(client, Client):
        raise TypeError(
            f"client must be a distributed.Client, not {type(client).__name__}: "
            "for a cluster or an address, pass distributed.Client(it)"
        )
    return client


def _unknown(name: Any, names: list[str]) -> str:
    close = difflib.get_close_matches(name, names, 1, 0.3) if isinstance(name, str) else []
    hint = f"; did you mean {close[0]!r}?" if close else ""
    return f"there is no task group {name!r} among the {len(names)} in w.groups{hint}"


def _seconds(interval: float | str) -> float:
    try:
        seconds = float(parse_timedelta(interval, default="s"))
    except (TypeError, ValueError, KeyError, AttributeError):
        seconds = -1.0
    least, most = INTERVAL_SECONDS
    if not least <= seconds <= most:
        raise ValueError(f"interval {interval!r} is not a duration of 50 ms to 60 s, such as '200ms' or 0.2")
    return seconds
