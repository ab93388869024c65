"""The widget as a user has it: its options, its models, and what it sends."""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

import pytest
import traitlets
from distributed import Client, wait
from page import Page

from tgwidget import TaskGroupWidget, wire

from .helpers import eventually, hasten, inc, on_loop, traces


class Post:
    """What a widget sends, and a page that reads it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[tuple[float, bytes]] = []
        self.page = Page()
        self.lock = threading.Lock()
        monkeypatch.setattr(TaskGroupWidget, "send", self.send)

    def send(self, content: Any, buffers: Any = None) -> None:
        assert content == {"type": "update"}
        with self.lock:
            self.sent.append((time.monotonic(), bytes(buffers[0])))

    def messages(self) -> list[dict[str, Any]]:
        import msgpack

        with self.lock:
            return [msgpack.unpackb(data) for _, data in self.sent]

    def same(self, page: Page, widget: TaskGroupWidget) -> bool:
        with self.lock, widget._stream.lock:
            for _, data in self.sent:
                page.take(data)
            return not page.differences(widget._stream.mirror)


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    return Post(monkeypatch)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"colour": "red"}, TypeError),
        ({"interval": "10ms"}, ValueError),
        ({"interval": 61}, ValueError),
        ({"interval": "soon"}, ValueError),
        ({"interval": None}, ValueError),
        ({"height": 10}, traitlets.TraitError),
        ({"height": 5000}, traitlets.TraitError),
        ({"theme": "pink"}, traitlets.TraitError),
        ({"selected": [1]}, traitlets.TraitError),
    ],
)
def test_an_option_that_is_unknown_or_out_of_range_raises(
    client: Client, small: Any, options: dict[str, Any], error: type[Exception]
) -> None:
    with pytest.raises(error) as raised:
        TaskGroupWidget(client, **options)
    assert next(iter(options)) in str(raised.value) or str(next(iter(options.values()))) in str(raised.value)
    assert not on_loop(small, traces)


def test_without_a_client_the_way_out_is_told() -> None:
    with pytest.raises(ValueError, match=r"client = distributed\.Client\(\)"):
        TaskGroupWidget()


@pytest.mark.parametrize("wrong", ["tcp://127.0.0.1:8786", 7, object()])
def test_what_is_no_client_is_told_by_its_type(wrong: Any) -> None:
    with pytest.raises(TypeError, match=type(wrong).__name__):
        TaskGroupWidget(wrong)


def test_the_default_client_is_taken(client: Client) -> None:
    with TaskGroupWidget() as widget:
        assert widget._stream.client is client


def test_everything_is_sent_first_and_then_what_changed(post: Post, client: Client, small: Any) -> None:
    futures = [client.submit(inc, number, key=f"k{chr(97 + number % 26)}{number}") for number in range(200)]
    wait(futures)
    with TaskGroupWidget(client) as widget:
        hasten(small, widget)
        eventually(lambda: post.same(Page(), widget))
        widget._handle_custom_msg({"type": "hello", "v": 1, "nonce": "page"}, [])
        eventually(lambda: not widget._answers and widget._answered)
        count = len(post.messages())
        futures.append(client.submit(inc, 1, key="new"))
        wait(futures)
        eventually(lambda: "new" in widget.groups and post.same(Page(), widget))
        first, *_ = messages = post.messages()
        assert first["since"] == 0
        assert all(len(message.get("groups", ())) < 20 for message in messages[count:])


def test_a_page_that_asks_gets_everything_and_others_lose_nothing(
    post: Post, client: Client, small: Any
) -> None:
    with TaskGroupWidget(client) as widget:
        hasten(small, widget)
        futures = client.map(inc, range(5))
        wait(futures)
        eventually(lambda: "inc" in widget.groups and post.same(post.page, widget))
        before = len(post.messages())
        widget._handle_custom_msg({"type": "hello", "v": 1, "nonce": "late"}, [])
        eventually(lambda: any(m.get("reply_to") == "late" for m in post.messages()))
        answer = [m for m in post.messages()[before:] if m.get("reply_to") == "late"]
        assert answer[0]["since"] == 0
        late = Page()
        for _, data in post.sent[before:]:
            late.take(data)
        eventually(lambda: post.same(late, widget))
        eventually(lambda: post.same(post.page, widget))


@pytest.mark.parametrize(
    "content", [None, 7, {"type": "other"}, {"type": "hello", "nonce": {"a": 1}}, [], {}]
)
def test_rubbish_from_a_page_does_no_harm(widget: TaskGroupWidget, client: Client, content: Any) -> None:
    widget._handle_custom_msg(content, [])
    assert client.submit(inc, 1).result() == 2
    eventually(lambda: "inc" in widget.groups)
    assert widget.status == "live"


def test_at_most_five_messages_a_second(post: Post, client: Client, small: Any) -> None:
    with TaskGroupWidget(client) as widget:
        hasten(small, widget)
        widget._handle_custom_msg({"type": "hello", "v": 1, "nonce": "page"}, [])
        eventually(lambda: not widget._answers and widget._answered)
        post.sent.clear()
        began = time.monotonic()
        while time.monotonic() - began < 3:
            wait([client.submit(inc, number, pure=False) for number in range(5)])
        assert 3 <= len(post.sent) <= 3 * 5.6 + 2


def test_a_page_that_does_not_answer_is_sent_everything_again(
    post: Post, client: Client, small: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tgwidget.widget.REPEAT_SECONDS", (0.3, 60.0))
    with TaskGroupWidget(client, interval="50ms") as widget:
        hasten(small, widget)
        future = client.submit(inc, 1)
        wait(future)
        eventually(lambda: sum(message["since"] == 0 for message in post.messages()) >= 2)
        assert post.same(post.page, widget)


def test_models_are_read_only_and_told_apart_only_by_change(
    widget: TaskGroupWidget, client: Client, small: Any
) -> None:
    future = client.submit(inc, 1)
    wait(future)
    eventually(lambda: "inc" in widget.groups and widget.groups["inc"].progress.done == 1)
    model = widget.groups["inc"]
    heard: list[str] = []
    model.observe(lambda change: heard.append(change["name"]))
    for trait in ("states", "gone", "name", "dependencies"):
        with pytest.raises(traitlets.TraitError, match="read-only"):
            setattr(model, trait, getattr(model, trait))
    more = client.submit(inc, 2)
    wait(more)
    eventually(lambda: model.progress.done == 2)
    eventually(lambda: "states" in heard and "nbytes_total" in heard)
    assert "name" not in heard
    assert "gone" not in heard
    assert widget.groups["inc"] is model


def test_an_observer_that_raises_stops_nothing(
    widget: TaskGroupWidget, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    wait(client.submit(inc, 1))
    eventually(lambda: "inc" in widget.groups)

    def observer(change: Any) -> None:
        raise RuntimeError("my own mistake")

    widget.groups["inc"].observe(observer)
    with caplog.at_level(logging.ERROR, "tgwidget"):
        futures = client.map(inc, range(10, 14))
        wait(futures)
        eventually(lambda: widget.groups["inc"].progress.done >= 4)
        other = client.submit(pow, 2, 2)
        wait(other)
        eventually(lambda: "pow" in widget.groups)
    assert "my own mistake" in caplog.text
    assert widget.status == "live"


def test_a_widget_whose_page_cannot_be_reached_stops_no_other(
    post: Post, client: Client, small: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(TaskGroupWidget):
        def send(self, content: Any, buffers: Any = None, callbacks: Any = None) -> None:
            raise OSError("no page")

    with Broken(client, interval="50ms"), TaskGroupWidget(client, interval="50ms") as widget:
        hasten(small, widget)
        future = client.submit(inc, 1)
        wait(future)
        eventually(lambda: "inc" in widget.groups and post.same(post.page, widget))


def test_an_observer_may_use_the_client_asynchronously(widget: TaskGroupWidget, client: Client) -> None:
    wait(client.submit(inc, 1))
    eventually(lambda: "inc" in widget.groups)
    chained: list[Any] = []

    def observer(change: Any) -> None:
        if not chained:
            chained.append(client.submit(pow, 3, 3))

    widget.groups["inc"].observe(observer, "states")
    future = client.submit(inc, 7)
    wait(future)
    eventually(lambda: chained)
    assert chained[0].result(timeout=5) == 27


def test_an_observer_may_close_the_widget(client: Client, small: Any) -> None:
    widget = TaskGroupWidget(client, interval="50ms")
    future = client.submit(inc, 1)
    wait(future)
    eventually(lambda: "inc" in widget.groups)
    widget.groups["inc"].observe(lambda change: widget.close(), "states")
    more = client.submit(inc, 7)
    wait(more)
    eventually(lambda: widget.status == "closed")
    eventually(lambda: not on_loop(small, traces), seconds=2)


def test_mappings_are_read_only_and_know_no_other_keys(widget: TaskGroupWidget, client: Client) -> None:
    eventually(lambda: len(widget.workers) == 1)
    (name,) = widget.workers
    worker = widget.workers[name]
    assert widget.workers[worker.address] is worker
    assert worker.address in widget.workers
    assert 7 not in widget.groups
    assert widget.groups.get("nobody") is None
    with pytest.raises(KeyError, match="nobody"):
        widget.groups["nobody"]
    with pytest.raises(TypeError):
        widget.groups["x"] = 1  # type: ignore[index]


def test_cleared_groups_leave_every_page(post: Post, client: Client, small: Any) -> None:
    with TaskGroupWidget(client, interval="50ms") as widget:
        hasten(small, widget)
        client.submit(inc, 1, key="short").result()
        kept = client.submit(pow, 2, 2)
        wait(kept)
        eventually(
            lambda: "short" in widget.groups and widget.groups["short"].gone and "pow" in widget.groups
        )
        eventually(lambda: post.same(post.page, widget))
        widget.clear()
        assert list(widget.groups) == ["pow"]
        eventually(lambda: post.same(post.page, widget))
        assert len(post.page.groups) == 1


def test_a_widget_closed_while_messages_are_on_their_way_sends_no_more(post: Post, client: Client) -> None:
    widget = TaskGroupWidget(client, interval="50ms")
    futures = client.map(inc, range(200))
    eventually(lambda: post.sent)
    widget.close()
    time.sleep(0.1)
    count = len(post.sent)
    wait(futures)
    time.sleep(0.3)
    assert len(post.sent) == count


def test_the_versions_of_both_sides_are_in_every_message(post: Post, client: Client) -> None:
    with TaskGroupWidget(client):
        eventually(lambda: post.sent)
    assert all(message["v"] == wire.WIRE_VERSION for message in post.messages())
    assert len({message["session"] for message in post.messages()}) == 1


def test_a_widget_that_could_not_be_made_leaves_no_traceback_behind(
    capfd: pytest.CaptureFixture[str],
) -> None:
    import gc

    with pytest.raises(TypeError):
        TaskGroupWidget(7)
    gc.collect()
    assert capfd.readouterr().err == ""
