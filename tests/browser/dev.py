"""The development page: the front end by itself, on a made-up kernel."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

ROOT = Path(__file__).parents[2]
ADDRESS = "http://127.0.0.1/dev"
AXE = ROOT / "js" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def built_page() -> str:
    """The page with everything in it."""
    subprocess.run(["node", "dev/build.mjs"], cwd=ROOT / "js", check=True)
    return (ROOT / "out" / "dev" / "index.html").read_text("utf-8")


def open_in(
    context: BrowserContext, dev_page: str, headers: dict[str, str] | None = None, **options: Any
) -> Locator:
    """A new tab with the widget: its root."""
    asked = {"graph": "real50", "kind": "failed", "width": 900, **options}
    page = context.new_page()
    page.route(
        f"{ADDRESS}*",
        lambda route: route.fulfill(
            body=dev_page, content_type="text/html; charset=utf-8", headers=headers or {}
        ),
    )
    page.goto(f"{ADDRESS}?{'&'.join(f'{name}={value}' for name, value in asked.items())}")
    root = page.locator(".tgw-root").first
    expect(root).to_contain_text("groups")
    return root


def focused_sentence(root: Locator) -> str:
    """What a screen reader says of where the keyboard is."""
    return root.locator(".tgw-canvas").evaluate(
        "canvas => document.getElementById(canvas.getAttribute('aria-activedescendant'))?.textContent ?? ''"
    )


def barriers(root: Locator) -> list[tuple[str, list[Any]]]:
    """What an automatic check finds in the widget: rules, and where each is broken."""
    root.page.evaluate(AXE.read_text("utf-8"))
    result = root.page.evaluate("rules => axe.run('.tgw-root', { runOnly: rules })", RULES)
    return [
        (violation["id"], [node["target"] for node in violation["nodes"]])
        for violation in result["violations"]
    ]
