"""The front end by itself, given what nobody wants to see: it shows it, says what it cannot show, and rests."""

from __future__ import annotations

import re
from typing import Any, Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from .dev import focused_sentence, open_in

OpenGraph = Callable[..., Locator]

pytestmark = pytest.mark.toolchain

#: Layouts of 10,000 groups take seconds on a busy machine.
LAYOUT_MS = 60_000

#: Counts what a page does by itself: frames, timers, and whatever is put onto a canvas.
WATCH = """
window.work = { frames: 0, timers: 0, drawn: 0 };
const counted = (what, run) => (...given) => { work[what]++; return run(...given); };
for (const [name, what] of [["requestAnimationFrame", "frames"], ["setTimeout", "timers"], ["setInterval", "timers"]]) {
  const start = window[name];
  window[name] = (run, ...rest) => start.call(window, counted(what, run), ...rest);
}
for (const name of ["clearRect", "fillRect", "fill", "stroke", "fillText", "drawImage"]) {
  const draw = CanvasRenderingContext2D.prototype[name];
  CanvasRenderingContext2D.prototype[name] = function (...given) { work.drawn++; return draw.apply(this, given); };
}
"""

#: As in a browser that has neither.
NO_WORKERS = "delete window.Worker; delete window.OffscreenCanvas;"

#: The worker is sent orders that nobody can obey.
POISON = """
const send = Worker.prototype.postMessage;
Worker.prototype.postMessage = function (order, ...rest) {
  return send.call(this, window.poisoned ? { ...order, options: null } : order, ...rest);
};
"""

PIXELS = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let drawn = 0;
  for (let at = 3; at < data.length; at += 4) if (data[at] > 0) drawn++;
  return drawn;
}"""


@pytest.fixture
def open_graph(context: BrowserContext, dev_page: str, console_errors: list[str]) -> Any:
    """``open_graph(script="", headers={}, graph="real50", kind="failed", width=900)``: the widget's root."""

    def opened(script: str = "", **options: Any) -> Locator:
        context.add_init_script(script=WATCH + script)
        return open_in(context, dev_page, **options)

    yield opened
    assert console_errors == []


def canvas_of(root: Locator) -> Locator:
    return root.locator(".tgw-canvas")


def await_picture(root: Locator) -> None:
    """Until there is something on the canvas, and nothing more comes."""
    root.page.wait_for_function(
        f"([canvas]) => ({PIXELS})(canvas) > 20", arg=[canvas_of(root).element_handle()], timeout=LAYOUT_MS
    )
    await_rest(root)


def await_rest(root: Locator) -> None:
    """Until half a second passes without anything being drawn."""
    before = -1
    while before != (now := work_in(root)["drawn"]):
        before = now
        root.page.wait_for_timeout(500)


def walk_onto_a_card(root: Locator) -> None:
    """As soon as one stands somewhere."""
    canvas_of(root).focus()
    for _ in range(LAYOUT_MS // 100):
        root.page.keyboard.press("ArrowRight")
        if "tasks done" in focused_sentence(root):
            return
        root.page.wait_for_timeout(100)
    raise AssertionError("the arrow keys lead nowhere")


def work_in(root: Locator) -> dict[str, int]:
    return root.page.evaluate("() => ({ ...work })")


def work_during(root: Locator, ms: int) -> dict[str, int]:
    before = work_in(root)
    root.page.wait_for_timeout(ms)
    return {name: count - before[name] for name, count in work_in(root).items()}


ALL = "{0} of {0} groups"


@pytest.mark.parametrize(
    ("graph", "kind", "by_itself", "as_groups"),
    [
        ("line", "running", "10,000 of 10,000 groups as 1 card", None),
        ("hub", "running", ALL.format("5,001"), None),
        ("bipartite", "running", ALL.format("400"), None),
        ("components", "running", ALL.format("6,000"), None),
        ("large", "erred", ALL.format("10,000"), None),
        ("names", "running", ALL.format("300"), None),
        (
            "many",
            "finished",
            ALL.format("3,199") + " as 58 prefixes",
            ALL.format("3,199") + r" as \d,\d\d\d cards",
        ),
    ],
)
def test_every_group_is_shown_and_within_the_keyboards_reach(
    open_graph: OpenGraph, graph: str, kind: str, by_itself: str, as_groups: str | None
):
    root = open_graph(graph=graph, kind=kind)
    press = root.page.keyboard.press
    shown = root.locator(".tgw-groups")
    for level in (by_itself, as_groups or by_itself):
        expect(shown).to_have_text(re.compile(f"^{level}$"))
        await_picture(root)
        walk_onto_a_card(root)
        press("+")
        press("f")
        press("l")
    expect(root.locator(".tgw-body > [role=status]")).to_have_text("")


def test_a_line_of_10_000_groups_can_be_opened_and_walked(open_graph: OpenGraph):
    root = open_graph(graph="line")
    await_picture(root)
    walk_onto_a_card(root)
    root.page.keyboard.press("o")
    expect(root.locator(".tgw-groups")).to_have_text("10,000 of 10,000 groups")
    await_rest(root)
    walked = set()
    for _ in range(4):
        root.page.keyboard.press("ArrowRight")
        walked.add(focused_sentence(root))
    assert len(walked) == 4


def test_a_graph_that_changes_wholly_is_followed(open_graph: OpenGraph):
    root = open_graph(graph="real500", kind="running")
    for _ in range(20):
        root.page.evaluate("kernel.replace()")
        root.page.wait_for_timeout(60)
    await_picture(root)
    walk_onto_a_card(root)
    assert root.locator("[role=treeitem]").count() > 10


@pytest.mark.parametrize("width", [0, 1, 20_000])
def test_a_view_of_any_width_is_drawn_as_far_as_it_can_be(open_graph: OpenGraph, width: int):
    root = open_graph(width=width, graph="real500")
    canvas = canvas_of(root)
    if width < 2:
        await_rest(root)
        root.page.evaluate("document.getElementById('cell').style.width = '900px'")
    await_picture(root)
    wide, high = canvas.evaluate("canvas => [canvas.width, canvas.height]")
    assert 0 < wide <= 8192
    assert high > 0
    assert wide * high <= 16_100_000


@pytest.mark.parametrize("how", ["missing", "forbidden"])
def test_without_workers_it_shows_what_it_can_and_says_why_not_more(
    open_graph: OpenGraph, console_errors: list[str], how: str
):
    forbid = {"headers": {"Content-Security-Policy": "worker-src 'none'"}}
    options: dict[str, Any] = {"script": NO_WORKERS} if how == "missing" else forbid
    root = open_graph(graph="large", kind="running", **options)
    expect(root.locator(".tgw-groups")).to_have_text("300 of 10,000 groups")
    expect(root.locator(".tgw-trail")).to_contain_text("At most 300 cards, as this page may not run workers")
    await_picture(root)
    walk_onto_a_card(root)

    coarser = open_graph(graph="many", kind="running", **options)
    await_picture(coarser)
    canvas_of(coarser).focus()
    coarser.page.keyboard.press("l")
    expect(coarser.locator(".tgw-groups")).to_have_text("3,199 of 3,199 groups as 58 prefixes")
    expect(coarser.locator(".tgw-trail")).to_contain_text("Prefixes, as there are 3,199 groups")
    console_errors[:] = [error for error in console_errors if "Content Security Policy" not in error]


def test_a_layout_that_fails_leaves_the_picture_and_is_told(open_graph: OpenGraph):
    root = open_graph(POISON, graph="three", kind="finished")
    told = root.locator(".tgw-body > [role=status]")
    await_picture(root)
    root.page.evaluate("window.poisoned = true")
    canvas_of(root).focus()
    root.page.keyboard.press("ArrowRight")
    root.page.keyboard.press("n")
    expect(told).to_contain_text("could not be put into the picture")
    await_rest(root)
    assert canvas_of(root).evaluate(PIXELS) > 20
    root.page.evaluate("window.poisoned = false")
    root.page.keyboard.press("n")
    expect(told).to_have_text("")


def test_nothing_happens_while_nothing_happens(open_graph: OpenGraph):
    root = open_graph(graph="real200", kind="finished")
    await_picture(root)
    root.page.wait_for_timeout(3000)
    assert work_during(root, 2000) == {"frames": 0, "timers": 0, "drawn": 0}


@pytest.mark.parametrize("how", ["scrolled away", "in a hidden tab"])
def test_nothing_is_drawn_while_nobody_sees_it(open_graph: OpenGraph, how: str):
    root = open_graph(graph="real200", kind="running")
    await_picture(root)
    if how == "scrolled away":
        root.page.evaluate("document.body.style.height = '5000px'; scrollTo(0, 4000)")
    else:
        root.page.evaluate(
            "Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' });"
            "document.dispatchEvent(new Event('visibilitychange'));"
        )
    await_rest(root)
    before = work_in(root)
    for _ in range(10):
        root.page.evaluate("kernel.change(0.2)")
        root.page.wait_for_timeout(100)
    after = work_in(root)
    assert (after["frames"], after["drawn"]) == (before["frames"], before["drawn"])

    if how == "scrolled away":
        root.page.evaluate("scrollTo(0, 0)")
    else:
        root.page.evaluate(
            "delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))"
        )
    await_rest(root)
    assert work_in(root)["drawn"] > after["drawn"]


def test_of_twenty_widgets_only_those_in_sight_are_drawn(open_graph: OpenGraph):
    root = open_graph(graph="real50", kind="finished", copies=19)
    canvases = root.page.locator(".tgw-canvas")
    expect(canvases).to_have_count(20)
    await_picture(root)
    last = root.page.locator(".tgw-root").last
    assert canvases.last.evaluate(PIXELS) == 0
    last.scroll_into_view_if_needed()
    await_picture(last)
    for number in range(20):
        canvases.nth(number).scroll_into_view_if_needed()
    root.page.wait_for_timeout(3000)
    assert work_during(root, 1000) == {"frames": 0, "timers": 0, "drawn": 0}


def test_the_picture_is_as_sharp_as_the_screen_also_when_that_changes(open_graph: OpenGraph):
    root = open_graph()
    await_picture(root)
    session = root.page.context.new_cdp_session(root.page)
    ratio = "canvas => canvas.width / canvas.clientWidth"
    for scale in (2, 1.5, 1):
        session.send(
            "Emulation.setDeviceMetricsOverride",
            {
                "width": round(1280 / scale),
                "height": round(900 / scale),
                "deviceScaleFactor": scale,
                "mobile": False,
            },
        )
        await_picture(root)
        assert canvas_of(root).evaluate(ratio) == pytest.approx(scale, abs=0.01)
