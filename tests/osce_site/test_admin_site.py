"""The admin as a whole: its name, its languages, its policy."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    """Return an administrator's browser."""
    client.force_login(User.objects.create_superuser("root"))
    return client


def test_the_admin_bears_the_sites_name_and_leads_to_the_site_in_its_language(desk):
    """Django's own name is nowhere."""
    found = desk.get("/fr/admin/").content.decode()
    assert "Django" not in re.sub(r"<script.*?</script>", "", found)
    assert 'href="/fr/"' in found


@pytest.mark.parametrize(
    ("code", "prefix"), [("en", ""), ("fr", "/fr"), ("de", "/de"), ("it", "/it"), ("ru", "/ru"), ("es", "/es")]
)
def test_each_page_of_the_admin_links_to_itself_in_six_languages(desk, code, prefix):
    """With its parameters; the one being read is marked."""
    found = desk.get(f"{prefix}/admin/news/newsitem/?q=talks").content.decode()
    links = dict(re.findall(r'<a href="([^"]+)" lang="(\w\w)" hreflang', found))
    assert sorted(links.values()) == ["de", "en", "es", "fr", "it", "ru"]
    assert links["/de/admin/news/newsitem/?q=talks"] == "de"
    assert re.search(rf'lang="{code}" hreflang="{code}" title="[^"]+" aria-current="true"', found)


def test_no_page_of_the_admin_carries_an_inline_style_or_an_inline_script_without_a_nonce(desk):
    """And the policy allows neither."""
    edition = builders.draft()
    pages = [
        reverse("admin:index"),
        reverse("admin:news_newsitem_changelist"),
        reverse("admin:news_newsitem_add"),
        reverse("admin:news_newsitem_change", args=[edition.item_id]),
        reverse("admin:news_newsitem_discard", args=[edition.item_id]),
        reverse("admin:auth_user_changelist"),
    ]
    for address in pages:
        answer = desk.get(address)
        found = answer.content.decode()
        assert "unsafe" not in answer["Content-Security-Policy"], address
        assert not re.search(r"<[^>]+\s(style|on\w+)=", found), address
        assert "<style" not in found, address
        inline = [tag for tag in re.findall(r"<script[^>]*>", found) if "src=" not in tag]
        assert all("nonce=" in tag or "application/json" in tag for tag in inline), (address, inline)
