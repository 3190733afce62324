"""What axe-core finds wrong with a page."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

UNMENDED = "span.help-tooltip[aria-label]:not([role])"  # mended by the admin's own script after the load
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def violations(page: Page) -> list[str]:
    """Return each violation with the elements that it concerns, in words that name the place."""
    page.wait_for_load_state("load")
    expect(page.locator(UNMENDED)).to_have_count(0)
    options: dict[str, Any] = {"runOnly": {"type": "tag", "values": list(RULES)}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def look(page: Page) -> list[str]:
    """Return what axe finds, and whether the page is wider than the screen."""
    page.wait_for_load_state("networkidle")
    over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return violations(page) + ([f"wider than the screen by {over} px"] if over > 0 else [])
