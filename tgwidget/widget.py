"""The widget: subscribes to a client's stream and sends pages what they lack."""

from __future__ import annotations

import contextvars
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
from tgwidget.models import Computation, TaskGroup, TaskPrefix
from tgwidget.pace import kernel_pace
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
        stream = stream_of(_usable(client))
        self._interval = _seconds(interval)
        self._stream = stream
        self._closed = False
        catalog = catalog_of(self._stream)
        self._groups, self._prefixes = catalog.groups, catalog.prefixes
        self._computations, self._workers = catalog.computations, catalog.workers
        self._session = uuid.uuid4().hex[:12]
        self._sent = 0
        #: What `_sent` was before the messages of which more follow.
        self._base = 0
        self._sent_at = 0.0
        self._flush_pending = False
        self._answered = False
        self._repeat = REPEAT_SECONDS[0]
        self._repeat_at = monotonic() + self._repeat
        # ipykernel 7.0 looks the cell up in the sender's context, which a thread of its own does not have.
        self._context = contextvars.copy_context()
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
        self.on_msg(self._on_request)
        self._stream.subscribe(self._flush, self._interval)

    @property
    def groups(self) -> LiveMapping[TaskGroup]:
        """Live task groups by name as text, those that the scheduler forgot included."""
        return self._groups

    @property
    def prefixes(self) -> LiveMapping[TaskPrefix]:
        """Live task prefixes by name."""
        return self._prefixes

    @property
    def computations(self) -> LiveMapping[Computation]:
        """Live computations by id, the scheduler's last hundred and those seen before."""
        return self._computations

    @property
    def workers(self) -> Workers:
        """Live workers by name as text."""
        return self._workers

    @property
    def status(self) -> str:
        """ "connecting", "live", "lost" (trying again) or "closed"."""
        return "closed" if self._closed else self._stream.status

    @property
    def message(self) -> str:
        """One sentence on what happened and what to do; empty when there is nothing to say."""
        return self._stream.message

    def clear(self) -> None:
        """Drop the groups that the scheduler forgot, from ``groups`` and the picture, in all widgets of the client."""
        with self._stream.lock:
            self._stream.mirror.forget_gone()
        self._stream.call(self._flush)

    def close(self) -> None:
        """End the widget. The last one of a client takes the probe off the scheduler."""
        if not getattr(self, "_closed", True):
            self._closed = True
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
        nonce = wire.hello_nonce(content)
        if nonce is None:
            return
        self._answered = True
        if self._stream.status == "closed":
            self._answer(nonce)
        else:
            self._stream.call(lambda: self._answer(nonce))

    def _answer(self, nonce: str) -> None:
        since, more = 0, True
        while more and not self._closed:
            with self._stream.lock:
                message = wire.update(self._stream.mirror, since, self._session, base=0, reply_to=nonce)
            self._post(message)
            since, more = message.seq, message.more

    def _flush(self) -> None:
        """Send what changed since the last message, now or when it is time."""
        if self._closed:
            return
        now = monotonic()
        if not self._answered and self._sent and now >= self._repeat_at:
            self._repeat = min(2 * self._repeat, REPEAT_SECONDS[1])
            self._repeat_at = now + self._repeat
            self._sent = self._base = 0
        if self._sent >= self._stream.mirror.ledger.seq:
            return
        # A tenth of slack: the scheduler paces at the same interval, and its clock is not ours.
        wait = max(kernel_pace.delay(), self._sent_at + 0.9 * self._interval - now)
        if wait > 0 and self.status != "closed":
            self._flush_later(wait)
            return
        with self._stream.lock:
            message = wire.update(self._stream.mirror, self._sent, self._session, base=self._base)
        self._post(message)
        self._sent = message.seq
        if not message.more:
            self._base = self._sent
            self._sent_at = now
        elif self.status == "closed":
            self._flush()
        else:
            self._flush_later(kernel_pace.delay())

    def _flush_later(self, seconds: float) -> None:
        if not self._flush_pending:
            self._flush_pending = True
            self._stream.later(seconds, self._flush_now)

    def _flush_now(self) -> None:
        self._flush_pending = False
        self._flush()

    def _post(self, message: wire.Message) -> None:
        kernel_pace.spent(len(message.data))
        self._context.copy().run(self.send, {"type": "update"}, [message.data])


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


def _seconds(interval: float | str) -> float:
    try:
        seconds = float(parse_timedelta(interval, default="s"))
    except (TypeError, ValueError, KeyError, AttributeError):
        seconds = -1.0
    least, most = INTERVAL_SECONDS
    if not least <= seconds <= most:
        raise ValueError(f"interval {interval!r} is not a duration of 50 ms to 60 s, such as '200ms' or 0.2")
    return seconds
