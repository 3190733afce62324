"""A real browser for the tests that walk the site: Chromium of the machine, nothing downloaded."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Playwright's own loop runs in this thread; Django refuses database calls beside a loop unless it is told.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder: pytest -m browser, or -m "not browser"; and those that do nothing but ask axe."""
    folder = Path(__file__).parent
    for item in items:
        if folder in item.path.parents:
            item.add_marker("browser")
            if "axe_finds" in item.name or "violation_of_accessibility" in item.name:
                item.add_marker("axe")


def chromium() -> str:
    """Return the path of Chromium, or skip; with REQUIRE_BROWSER=1 a machine without it fails."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        missing = "No Chromium on this machine: apt-get install chromium, or name it in CHROMIUM."
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return path


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """Start Playwright once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Start Chromium once for all tests."""
    path = chromium()
    driver: Playwright = request.getfixturevalue("playwright")
    with driver.chromium.launch(executable_path=path, args=FLAGS) as started:
        yield started


@pytest.fixture(autouse=True, scope="session")
def _one_request_at_a_time() -> Iterator[None]:
    """Answer in turn: on SQLite all threads share the one connection of a database in memory, which bears no two.

    A page with pictures asks for many at once. On PostgreSQL each thread has its own.
    """
    get_response, lock = WSGIHandler.get_response, threading.Lock()

    def in_turn(handler: WSGIHandler, request: Any) -> Any:
        with lock:
            return get_response(handler, request)

    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            patch.setattr(WSGIHandler, "get_response", in_turn)
        yield


@pytest.fixture
def context_options() -> dict[str, Any]:
    """Return what the browser's context is opened with; a test module overrides or parametrizes it."""
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", "timezone_id": "Europe/Vienna"}


@pytest.fixture
def context(browser: Browser, context_options: dict[str, Any], live_server: Any) -> Iterator[BrowserContext]:
    """Open a fresh context whose relative addresses lead to the live server."""
    opened = browser.new_context(base_url=live_server.url, **context_options)
    opened.set_default_timeout(10_000)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Open a page; an error in a script of the site or a violation of its CSP fails the test that meets it."""
    opened = context.new_page()
    errors: list[str] = []
    said: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: said.append(message.text))
    yield opened
    assert errors == []
    assert [text for text in said if "Content Security Policy" in text] == []
