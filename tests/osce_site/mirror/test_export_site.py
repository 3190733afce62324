"""The public site as files: whole, with no broken link, and with nothing that is not public."""

import pytest
from django.core.management import CommandError

from news import workflow
from news.workflow import RemovalWish
from tests import builders
from tests.osce_site.mirror.conftest import SENTINEL, contents, export
from tests.osce_site.mirror.crawl import served, walked

pytestmark = pytest.mark.django_db


def test_a_plain_file_server_serves_the_site_with_no_broken_link(mirror, everything):
    """Every page, picture, file and feed that a page leads to is there, and so is each place on a page."""
    export(mirror)
    with served(mirror / "site") as site:
        reached, broken = walked(site)
    assert broken == [], "\n".join(broken)
    paths = {address.removeprefix(site) for address in reached}
    wanted = {everything[name].get_absolute_url() for name in ("first", "french", "local")}
    assert wanted <= paths
    assert {"/", "/fr/", "/news/feed.rss", "/search/", "/fr/search/", "/countries/ukraine/"} <= paths
    assert any(path.startswith("/files/images/") for path in paths)
    assert any(path.endswith(".pdf") for path in paths)
    assert f"{everything['first'].get_absolute_url()}editions/compare/from/1/to/2/" in paths


def test_what_is_not_public_is_in_no_file(mirror, everything):
    """Neither in a page, nor in what the mirror remembers."""
    export(mirror)
    held = contents(mirror) | {"state": (mirror / "state.sqlite3").read_bytes()}
    assert everything["first"].title.encode() in held["news/index.html"]
    assert [name for name, content in held.items() if SENTINEL.encode() in content] == []


def test_a_further_run_writes_what_has_changed_and_removes_what_is_gone(mirror, everything):
    """Nothing after nothing; after an act the pages concerned, the same as a fresh export has."""
    export(mirror)
    before = contents(mirror)
    export(mirror)
    assert contents(mirror) == before
    builders.next_edition(everything["local"], "Tunel", issued_by=[everything["office"].pk], countries=[], topics=[])
    workflow.remove(everything["french"].item, RemovalWish(kind="error", reason="Wrong."), by=None)
    stamps = {path: path.stat().st_ino for path in mirror.joinpath("site").rglob("*.html")}
    export(mirror)
    after = contents(mirror)
    export(mirror.with_name("fresh"))
    assert after == contents(mirror.with_name("fresh"))
    untouched = mirror / "site" / "institutions/index.html"
    assert stamps[untouched] == untouched.stat().st_ino
    assert "Pont" not in after["fr/news/index.html"].decode()
    export(mirror, check=50)


def test_a_folder_that_is_no_export_is_refused_and_left_alone(mirror):
    """Whatever stands there is somebody's."""
    mirror.mkdir()
    (mirror / "thesis.txt").write_text("mine")
    with pytest.raises(CommandError, match=r"thesis\.txt"):
        export(mirror)
    (mirror / "thesis.txt").rename(mirror / "state.sqlite3")
    with pytest.raises(CommandError, match="cannot be read"):
        export(mirror)
    assert (mirror / "state.sqlite3").read_text() == "mine"
