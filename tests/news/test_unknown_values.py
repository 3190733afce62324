"""What is answered to a value that nobody knows."""

import pytest

from tests import builders
from tests.pages import main

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "parameter", "value", "way"),
    [
        ("/news/?kind=news&country=<b>atlantis", "country", "&lt;b&gt;atlantis", "/news/"),
        ("/news/?page=7", "page", "7", "/news/"),
        ("/news/?page=7&at=2020-01-01T00:00:00Z", "page", "7", "/news/"),
        ("/news/?at=2999-01-01", "at", "2999-01-01", "/news/"),
        ("/countries/malta/?topic=alchemy", "topic", "alchemy", "/countries/malta/"),
        ("/news/feed.rss?kind=rumour", "kind", "rumour", "/news/feed.rss"),
    ],
)
def test_what_is_not_found_names_the_value_and_offers_the_list(client, address, parameter, value, way):
    """In the language of the page."""
    builders.country("Malta")
    shown = main(client, address, status=404)
    assert f"“{value}” is no value of the parameter “{parameter}”." in shown
    assert f'href="{way}">Open this page without any choice</a>' in shown
    french = main(client, f"/fr{address}", status=404)
    assert "is no value of" not in french
    assert value in french
