"""The panel beside the graph, on a made-up kernel: by hand and by keys, with a million tasks, in a busy kernel."""

from __future__ import annotations

import re
from typing import Callable

import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from .dev import barriers, open_in

TABS = ("Overview", "Tasks", "Chunks", "Workers", "Timeline", "Errors")

OpenGraph = Callable[..., Locator]

pytestmark = pytest.mark.toolchain


@pytest.fixture
def open_graph(context: BrowserContext, dev_page: str) -> OpenGraph:
    """``open_graph(open="3", tab="tasks", busy=1)``: the widget's root, with the panel of the third group."""
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin="http://127.0.0.1")
    return lambda **options: open_in(context, dev_page, **options)


def panel_of(root: Locator) -> Locator:
    return root.get_by_role("complementary", name="Details")


def tab(root: Locator, name: str) -> Locator:
    return panel_of(root).get_by_role("tab", name=name)


def select_first(root: Locator) -> None:
    # Laid out beside the page, the cards are there a little later.
    root.page.wait_for_timeout(600)
    root.locator(".tgw-canvas").focus()
    root.page.keyboard.press("ArrowRight")
    root.page.wait_for_timeout(300)
    root.page.keyboard.press("Enter")


def test_the_panel_opens_beside_the_graph_and_no_card_moves(open_graph):
    root = open_graph(kind="finished", graph="real50", height=420)
    page = root.page
    page.wait_for_timeout(800)
    canvas = root.locator(".tgw-canvas")
    before = canvas.bounding_box()
    root.locator(".tgw-canvas").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    # Beside the card that is selected, above the hover card.
    part = {"x": before["x"] + 150, "y": before["y"] + 12, "width": 250, "height": 20}
    picture = page.screenshot(clip=part)
    page.keyboard.press("Enter")
    expect(panel_of(root)).to_be_visible()
    page.wait_for_timeout(600)
    after, panel = canvas.bounding_box(), panel_of(root).bounding_box()
    assert after["x"] + after["width"] <= panel["x"] + 1
    assert after["width"] < before["width"]
    assert page.screenshot(clip=part) == picture
    page.keyboard.press("Escape")
    expect(panel_of(root)).to_be_hidden()
    page.wait_for_timeout(600)
    assert canvas.bounding_box() == before
    assert page.screenshot(clip=part) == picture


def test_on_a_narrow_page_the_panel_stands_below(open_graph):
    root = open_graph(width=420, height=300)
    height = root.locator(".tgw-canvas").bounding_box()["height"]
    select_first(root)
    canvas, panel = root.locator(".tgw-canvas").bounding_box(), panel_of(root).bounding_box()
    assert canvas["height"] == height
    assert panel["y"] >= canvas["y"] + canvas["height"] - 1
    assert panel["height"] >= 280


@pytest.mark.parametrize("width", [900, 420])
def test_no_card_repeats_what_the_panel_tells(open_graph, width):
    root = open_graph(width=width, height=300)
    select_first(root)
    expect(panel_of(root)).to_be_visible()
    hover = root.locator(":scope > .tgw-hover")
    expect(hover).to_have_count(1)
    root.page.wait_for_timeout(300)
    expect(hover).to_be_hidden()
    root.page.keyboard.press("ArrowRight")
    expect(hover).to_be_visible()


def test_escape_leaves_one_thing_after_the_other(open_graph):
    root = open_graph()
    press = root.page.keyboard.press
    select_first(root)
    expect(panel_of(root)).to_be_visible()
    press("?")
    press("Escape")
    expect(root.get_by_role("dialog", name="Keys")).to_be_hidden()
    expect(panel_of(root)).to_be_visible()
    press("Escape")
    expect(panel_of(root)).to_be_hidden()
    press("Enter")
    expect(panel_of(root)).to_be_visible()


def test_enter_goes_on_into_the_panel_and_escape_comes_back(open_graph):
    root = open_graph()
    press = root.page.keyboard.press
    select_first(root)
    expect(panel_of(root)).to_be_visible()
    expect(root.locator(".tgw-canvas")).to_be_focused()
    press("Enter")
    expect(tab(root, "Overview")).to_be_focused()
    press("ArrowRight")
    expect(tab(root, "Tasks")).to_be_focused()
    press("Tab")
    press("Escape")
    expect(root.locator(".tgw-canvas")).to_be_focused()


def test_a_page_that_runs_to_the_left_leaves_the_widget_as_it_is(open_graph):
    root = open_graph(open=3)
    expect(panel_of(root)).to_be_visible()
    before = panel_of(root).bounding_box()
    root.page.evaluate("document.documentElement.dir = 'rtl'")
    root.page.wait_for_timeout(300)
    frame = root.bounding_box()
    after = panel_of(root).bounding_box()
    assert after["x"] - frame["x"] == pytest.approx(frame["width"] - before["width"], abs=2)


def test_the_next_error_is_a_key_away(open_graph):
    root = open_graph()
    select_first(root)
    expect(panel_of(root)).to_be_visible()
    root.page.keyboard.press("e")
    expect(tab(root, "Errors")).to_have_attribute("aria-selected", "true")
    expect(panel_of(root)).to_contain_text("ValueError")
    expect(panel_of(root)).to_contain_text("Your code")


def test_the_width_is_dragged_by_hand_and_by_key_and_remembered(open_graph):
    root = open_graph(open=3)
    panel, edge = panel_of(root), panel_of(root).get_by_role("separator")
    expect(panel).to_be_visible()
    width = panel.bounding_box()["width"]
    box = edge.bounding_box()
    mouse = root.page.mouse
    mouse.move(box["x"] + 4, box["y"] + 100)
    mouse.down()
    mouse.move(box["x"] + 4 - 60, box["y"] + 100, steps=4)
    mouse.up()
    assert panel.bounding_box()["width"] == pytest.approx(width + 60, abs=1)
    edge.focus()
    root.page.keyboard.press("ArrowRight")
    assert panel.bounding_box()["width"] == pytest.approx(width + 36, abs=1)
    again = panel_of(open_graph(open=3))
    expect(again).to_be_visible()
    assert again.bounding_box()["width"] == pytest.approx(width + 36, abs=1)


def test_a_million_tasks_are_listed_with_a_few_rows(open_graph):
    root = open_graph(graph="three", kind="running", open=2, large=2, still=1, tab="tasks")
    table = panel_of(root).get_by_role("grid")
    expect(panel_of(root).locator(".tgw-find-line")).to_contain_text(
        re.compile(r"^[\d,]{9,} tasks$"), timeout=30_000
    )
    table.focus()
    root.page.keyboard.press("End")
    count = int(table.get_attribute("aria-rowcount"))
    assert count > 1_000_000
    last = table.locator(f"[aria-rowindex='{count}']")
    expect(last).to_be_visible()
    expect(last).to_contain_text("(…, ")
    assert table.get_by_role("row").count() < 60


def test_tasks_are_filtered_searched_and_opened(open_graph):
    root = open_graph(graph="three", kind="running", open=2, still=1, tab="tasks")
    panel = panel_of(root)
    running = panel.get_by_role("button", name=re.compile("processing"))
    running.click()
    expect(running).to_have_attribute("aria-pressed", "true")
    expect(panel.locator(".tgw-find-line")).to_contain_text(re.compile(r"^144 of 1,277 tasks"))
    running.click()
    panel.get_by_label("Search by key").fill(", 12, 3")
    expect(panel.locator(".tgw-find-line")).to_contain_text(re.compile(r"^7 of 1,277 tasks"))
    grid = panel.get_by_role("grid")
    grid.focus()
    root.page.keyboard.press("ArrowRight")
    root.page.wait_for_function("grid => grid.scrollLeft > 0", arg=grid.element_handle())
    root.page.keyboard.press("ArrowDown")
    root.page.keyboard.press("Enter")
    expect(panel).to_contain_text("Used by 213 tasks")
    panel.get_by_role("button", name="Back").click()
    expect(panel.get_by_label("Search by key")).to_have_value(", 12, 3")


def test_a_busy_kernel_is_said_to_be_and_what_came_by_itself_is_shown(open_graph):
    root = open_graph(graph="three", kind="running", open=2, busy=1, tab="tasks")
    panel = panel_of(root)
    expect(panel).to_contain_text("The kernel is busy", timeout=6_000)
    expect(panel.get_by_role("grid")).to_contain_text("processing")


@pytest.mark.parametrize(
    ("theme", "width", "host"),
    [("light", 1100, ""), ("dark", 1100, ""), ("light", 420, "1"), ("dark", 420, "1")],
)
def test_an_automatic_check_finds_no_barrier_in_any_tab(open_graph, theme, width, host):
    root = open_graph(theme=theme, width=width, host=host, open=13)
    found = {}
    for name in TABS:
        tab(root, name).click()
        root.page.wait_for_timeout(700)
        found[name] = barriers(root)
    assert found == {name: [] for name in TABS}
