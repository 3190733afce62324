"""The public site as files: whole, with no broken link, and with nothing that is not public."""

import pytest

from tests.osce_site.mirror.conftest import SENTINEL, contents, export
from tests.osce_site.mirror.crawl import served, walked

pytestmark = pytest.mark.django_db


def test_a_plain_file_server_serves_the_site_with_no_broken_link(mirror, everything):
    """Every page, picture, file and feed that a page leads to is there, and so is each place on a page."""
    export(mirror)
    with served(mirror / "site") as site:
        reached, broken = walked(site)
    assert broken == []
    paths = {address.removeprefix(site) for address in reached}
    wanted = {everything[name].get_absolute_url() for name in ("first", "french", "local")}
    assert wanted <= paths
    assert {"/", "/fr/", "/news/feed.rss", "/search/", "/fr/search/", "/countries/ukraine/"} <= paths
    assert any(path.startswith("/files/images/") for path in paths)
    assert any(path.endswith(".pdf") for path in paths)
    assert f"{everything['first'].get_absolute_url()}editions/compare/from/1/to/2/" in paths
