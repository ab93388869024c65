"""The front end by itself, on a made-up graph: by keyboard alone, by fingers, and for those who hear instead of see."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from .dev import barriers, focused_sentence, open_in

OpenGraph = Callable[..., Locator]

pytestmark = pytest.mark.toolchain


@pytest.fixture
def open_graph(context: BrowserContext, dev_page: str) -> OpenGraph:
    """``open_graph(graph="real50", kind="failed", theme="light", width=900)``: the widget's root."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin="http://127.0.0.1")
    return lambda **options: open_in(context, dev_page, **options)


@pytest.fixture
def touchscreen(browser: Browser, dev_page: str) -> Iterator[Locator]:
    """The widget under fingers, on a page that is longer than the screen."""
    context = browser.new_context(viewport={"width": 444, "height": 560}, has_touch=True)
    root = open_in(context, dev_page, width=420)
    root.page.evaluate("document.body.style.height = '2000px'")
    yield root
    context.close()


def test_layouts_are_made_by_a_worker_also_on_a_page_that_is_a_file(
    context: BrowserContext, dev_page: str, tmp_path: Path
) -> None:
    page = context.new_page()
    file = tmp_path / "page.html"
    file.write_text(dev_page, "utf-8")
    with page.expect_worker():
        page.goto(f"{file.as_uri()}?graph=syn500")
    expect(page.locator(".tgw-root")).to_contain_text("500 of 500 groups")
    page.wait_for_function("document.querySelectorAll('[role=treeitem]').length > 0")
    assert len(page.workers) == 1


def reach(root: Locator, target: Locator) -> None:
    """With the Tab key alone."""
    for _ in range(30):
        root.page.keyboard.press("Tab")
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError("out of the Tab key's reach")


def test_everything_can_be_done_from_the_keyboard(open_graph):
    root = open_graph()
    press = root.page.keyboard.press
    canvas, trail, groups = (
        root.locator(".tgw-canvas"),
        root.locator(".tgw-trail"),
        root.locator(".tgw-groups"),
    )
    reach(root, canvas)

    press("ArrowRight")
    assert "tasks done" in focused_sentence(root)
    press("e")
    first = focused_sentence(root)
    assert "erred" in first
    press("e")
    assert focused_sentence(root) != first
    press("Shift+E")
    assert focused_sentence(root) == first

    press("n")
    expect(trail).to_contain_text("1 up, 1 down")
    press("]")
    expect(trail).to_contain_text("2 up, 2 down")
    press("Escape")
    expect(trail).to_be_hidden()
    press("Escape")
    assert focused_sentence(root) == ""

    press("/")
    root.page.keyboard.type("sum")
    expect(root.get_by_role("search")).to_contain_text(re.compile(r"\d (matches|of \d)"))
    press("Enter")
    expect(root.get_by_role("search")).to_contain_text(re.compile(r"\d of \d"))
    press("Escape")
    expect(canvas).to_be_focused()
    assert "sum" in focused_sentence(root)

    press("v")
    press("Tab")
    press("Tab")
    press("p")
    expect(root.get_by_label("Cards")).to_have_value("prefixes")
    press("Escape")
    expect(canvas).to_be_focused()
    expect(groups).to_contain_text("prefixes")

    press("c")
    expect(root.locator(".tgw-hint")).to_have_text("Copied")
    assert "sum" in root.page.evaluate("navigator.clipboard.readText()")

    press("?")
    expect(root.get_by_role("dialog", name="Keys")).to_be_visible()
    press("Escape")
    expect(root.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(canvas).to_be_focused()

    press("Shift+F")
    expect(root).to_have_class(re.compile("tgw-full"))
    press("Shift+F")
    expect(root).not_to_have_class(re.compile("tgw-full"))


INK = """canvas => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, at) => at % 4 === 3 && value > 0).length;
}"""


def test_the_graph_cannot_be_lost(open_graph):
    root = open_graph()
    canvas = root.locator(".tgw-canvas")
    mouse = root.page.mouse
    box = canvas.bounding_box()
    canvas.focus()
    for _ in range(30):
        root.page.keyboard.press("-")
    root.page.wait_for_timeout(300)
    assert canvas.evaluate(INK) > 5000
    for _ in range(4):
        mouse.move(box["x"] + 20, box["y"] + 20)
        mouse.down()
        mouse.move(box["x"] + 850, box["y"] + 380, steps=3)
        mouse.up()
    root.page.wait_for_timeout(300)
    assert canvas.evaluate(INK) > 1000


def test_where_there_is_nothing_left_to_zoom_the_page_does_not_move_instead(open_graph):
    root = open_graph()
    root.page.evaluate("document.body.style.height = '3000px'")
    root.locator(".tgw-canvas").click(position={"x": 5, "y": 300})
    for _ in range(6):
        root.page.mouse.wheel(0, 400)
        root.page.wait_for_timeout(250)
    assert root.page.evaluate("scrollY") == 0


def place_of_several(root: Locator) -> dict[str, float]:
    """On the canvas, of a card of several groups."""
    canvas, card = root.locator(".tgw-canvas"), root.locator(".tgw-hover")
    for y in range(60, 380, 8):
        canvas.hover(position={"x": 200, "y": y})
        root.page.wait_for_timeout(50)
        if card.is_visible() and re.search(r"[2-9]\d* groups", card.inner_text()):
            return {"x": 200, "y": y}
    raise AssertionError("there is no card of several groups")


def test_a_double_click_opens_a_card_and_leaves_the_selection_as_it_was(open_graph):
    root = open_graph(graph="real200", kind="running")
    canvas, selected = root.locator(".tgw-canvas"), root.locator("[role=treeitem][aria-selected=true]")
    place = place_of_several(root)
    canvas.click(position=place)
    expect(selected).to_have_count(1)
    panel = root.get_by_role("complementary", name="Details")
    expect(panel).to_be_visible()
    root.page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    root.page.keyboard.press("Escape")
    expect(selected).to_have_count(0)
    root.page.wait_for_timeout(600)
    canvas.dblclick(position=place)
    expect(root.locator(".tgw-trail")).to_contain_text("1 card opened")
    root.page.wait_for_timeout(600)
    expect(selected).to_have_count(0)


DRAWN = "canvas => canvas.toDataURL()"


def test_a_grown_graph_is_arranged_anew_when_asked_to_and_back(open_graph):
    root = open_graph(graph="real50", kind="running", live=15)
    canvas, hint = root.locator(".tgw-canvas"), root.locator(".tgw-hint")
    press = root.page.keyboard.press
    expect(root.locator(".tgw-groups")).to_contain_text("46 of 46 groups")
    root.page.wait_for_timeout(1000)
    canvas.focus()
    press("Shift+A")
    assert hint.text_content() == ""
    grown = canvas.evaluate(DRAWN)
    press("a")
    expect(hint).to_have_text("Arranged anew (Shift+A: as before)")
    root.page.wait_for_timeout(600)
    fresh = canvas.evaluate(DRAWN)
    assert fresh != grown
    press("Shift+A")
    expect(hint).to_have_text("Arranged as before")
    root.page.wait_for_timeout(600)
    assert canvas.evaluate(DRAWN) != fresh


CORNER = """async () => {
  const [item] = await navigator.clipboard.read();
  const picture = await createImageBitmap(await item.getType("image/png"));
  const ctx = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  ctx.drawImage(picture, 0, 0);
  return [picture.width, ...ctx.getImageData(0, 0, 1, 1).data];
}"""


def test_the_copied_picture_is_large_and_has_the_ground_of_the_page(open_graph):
    root = open_graph()
    root.locator(".tgw-canvas").focus()
    root.page.keyboard.press("v")
    root.get_by_role("button", name="Copy as PNG").click()
    expect(root.locator(".tgw-hint")).to_have_text("Copied")
    width, *colour = root.page.evaluate(CORNER)
    assert width > 1000
    assert colour == [0xFA, 0xFB, 0xFC, 0xFF]


def test_the_legend_filters_and_gives_the_graph_back(open_graph):
    root = open_graph()
    erred = root.get_by_role("button", name=re.compile("erred"))
    reach(root, erred)
    root.page.keyboard.press("Enter")
    expect(erred).to_have_attribute("aria-pressed", "true")
    expect(root.locator(".tgw-trail")).to_contain_text("only erred")
    root.page.keyboard.press("Escape")
    expect(erred).to_have_attribute("aria-pressed", "false")
    expect(erred).to_be_focused()


STATES = {
    "running": [],
    "searching": ["/", "m", "e", "a", "n", "Enter"],
    "menu": ["v"],
    "help": ["?"],
    "neighbourhood": ["ArrowRight", "n"],
}


@pytest.mark.parametrize(
    ("theme", "width", "host"),
    [("light", 1100, ""), ("dark", 420, ""), ("light", 420, "1"), ("dark", 1100, "1")],
)
def test_an_automatic_check_finds_no_barrier(open_graph, theme, width, host):
    found = {}
    for state, keys in STATES.items():
        root = open_graph(graph="real500", theme=theme, width=width, host=host)
        root.locator(".tgw-canvas").focus()
        for key in keys:
            root.page.keyboard.press(key)
        root.page.wait_for_timeout(300)
        found[state] = barriers(root)
        root.page.close()
    assert found == {state: [] for state in STATES}


def test_a_screen_reader_finds_the_graph_as_a_tree(open_graph):
    root = open_graph()
    tree = root.page.context.new_cdp_session(root.page).send("Accessibility.getFullAXTree")
    roles = [node["role"]["value"] for node in tree["nodes"] if not node["ignored"]]
    assert roles.count("tree") == 1
    assert roles.count("treeitem") == root.locator("[role=treeitem]").count() > 10


def test_a_large_graph_makes_no_more_elements_than_a_window_of_it(open_graph):
    root = open_graph(graph="many")
    root.locator(".tgw-canvas").focus()
    for _ in range(4):
        root.page.keyboard.press("l")
    assert root.locator("[role=treeitem]").count() <= 200


def fingers(page: Page) -> Callable[..., None]:
    session = page.context.new_cdp_session(page)

    def touch(*path: list[tuple[float, float]]) -> None:
        """Each step has a point for each finger; they rest before they are lifted, so that nothing rolls on."""
        places: list[dict[str, float]] = []
        for number, points in enumerate(path):
            places = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(points)]
            kind = "touchMove" if number else "touchStart"
            session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})
        page.wait_for_timeout(200)
        session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": places})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    return touch


def test_a_finger_scrolls_the_page_until_the_graph_is_tapped(touchscreen):
    page, touch = touchscreen.page, fingers(touchscreen.page)
    upwards = [[(200, 400 - 20 * step)] for step in range(8)]
    touch(*upwards)
    page.wait_for_function("scrollY > 50")
    page.evaluate("scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.touchscreen.tap(60, 300)
    expect(touchscreen.locator(".tgw-canvas")).to_be_focused()
    touch(*upwards)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") == 0
