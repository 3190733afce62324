"""The record in a real browser: found by filter, read whole, and what axe says of its pages."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from record.actors import acting
from tests import builders
from tests.browser.axe import violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _auditor(context: BrowserContext, live_server: Any) -> None:
    """Let someone who may read everything be logged in."""
    client = Client()
    client.force_login(User.objects.create_superuser("anna"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])


def sound(page: Page) -> bool:
    """Tell whether axe finds nothing and the page does not scroll sideways."""
    assert violations(page) == []
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(
    "context_options",
    [{"color_scheme": "light"}, {"color_scheme": "dark", "viewport": {"width": 320, "height": 720}}],
    ids=["light", "dark and narrow"],
)
def test_an_auditor_finds_who_did_it_and_reads_it_whole(page):
    """From the first page of the admin to the history of the thing, each page sound."""
    for name in ("boris (Boris Tal)", "doris (Doris Tal)"):
        with acting(name, address="192.0.2.7"):
            builders.country(f"Land of {name[:5]}", description=f"<p>{'many words ' * 30}the end</p>")
    page.goto("/admin/")
    assert sound(page)
    page.get_by_role("link", name="Record of all acts", exact=True).click()
    assert sound(page)
    page.get_by_label("Who:").fill("oris")
    page.get_by_role("button", name="Show").click()
    assert sound(page)
    page.get_by_role("link", name="doris (Doris Tal)").click()
    assert page.locator("table.acts tbody tr").count() == 1
    page.locator("table.acts tbody th a").click()
    assert page.get_by_text("the end").is_visible()
    assert sound(page)
    page.get_by_role("link", name="Land of doris").click()
    page.get_by_role("link", name="Who did what").click()
    assert page.locator("table.acts tbody tr").count() == 1
    assert sound(page)
