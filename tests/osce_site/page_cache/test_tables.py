"""Which tables the kept pages ask: one that nobody follows would leave them stale."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import builders

pytestmark = pytest.mark.django_db

TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Why a page is made anew when a row of the table changes. A new one needs such a reason, and a test of it.
FOLLOWED = {
    "news_edition": "its questions are noted, and each act on one writes a row into the log",
    "news_removal": "likewise",
    "news_newsitem": "read beside its editions; its address, language and original are fixed once it is public",
    "news_change": "the log itself, for the date of a feed",
    "news_editioncountry": "fixed with its edition; read by the index",
    "news_editioninstitution": "likewise",
    "news_editiontopic": "likewise",
    "library_logo": "saved and deleted as a part of taxonomy",
    "library_image": "of a logo alone, whose size and colour are its file's; no words stand beside it",
}


def test_kept_pages_ask_followed_tables_alone(site):
    """Taxonomy's are: each of its acts makes every page anew."""
    country, topic, office = builders.country("Ukraine"), builders.topic("Media"), builders.institution("Office")
    told = {"countries": [country.pk], "topics": [topic.pk], "issued_by": [office.pk]}
    told |= {"pictures": [builders.described(builders.image(), "A bridge.").pk]}
    told |= {"attachments": [builders.attachment("Paper").pk]}
    builders.logo(builders.image(), institution=office)
    other = builders.published("Other", **told)
    edition = builders.published("Bridge", related=[other.item_id], **told)
    builders.next_edition(edition, "Bridge", **told)
    builders.navigation_item("About")
    page = edition.get_absolute_url()
    with CaptureQueriesContext(connection) as asked:
        for address in (
            "/", "/news/", "/news/?country=ukraine&topic=media", "/news/feed.atom", page, f"{page}editions/1/",
            f"{page}editions/compare/?from=1&to=2", "/countries/ukraine/", "/institutions/office/",
            "/fields-of-work/media/", "/countries/", "/institutions/", "/fields-of-work/", "/about/",
        ):  # fmt: skip
            assert site.get(address).how == "made", address
    tables = {table for query in asked.captured_queries for table in TABLE.findall(query["sql"])}
    assert {"news_edition", "news_change"} <= tables
    assert {table for table in tables if not table.startswith("taxonomy_")} - set(FOLLOWED) == set()
