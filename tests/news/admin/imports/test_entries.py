"""The rows of an import: page by page, by act and words, and as a table."""

import csv
import io

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from news import workflow
from news.models import Edition, ImportBatch, NewsItem
from tests import builders
from tests.news.admin.imports.desk import LIST, applied, page_of, planned, press, row

pytestmark = pytest.mark.django_db


def titles(browser: Client, batch: ImportBatch, query: str = "") -> list[str]:
    """Return the titles of the rows that a page shows."""
    return [told.title for told in browser.get(f"{LIST}{batch.pk}/{query}").context["page"].entries]


def places(browser: Client, batch: ImportBatch, query: str = "") -> list[str]:
    """Return where the rows stand that a page shows."""
    return [told.entry.place for told in browser.get(f"{LIST}{batch.pk}/{query}").context["page"].entries]


def table(browser: Client, batch: ImportBatch, query: str = "") -> list[list[str]]:
    """Return the report as a table, without the mark at its beginning."""
    text = browser.get(f"{LIST}{batch.pk}/report.csv{query}").getvalue().decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def test_rows_come_fifty_at_a_time(browser):
    """With a way on, and one back to the first."""
    batch = planned(browser, *(row(number) for number in range(1, 121)))
    first = titles(browser, batch)
    assert (len(first), first[0], first[-1]) == (50, "Story 1", "Story 50")
    following = browser.get(f"{LIST}{batch.pk}/").context["page"].following
    assert titles(browser, batch, following)[0] == "Story 51"
    last = browser.get(f"{LIST}{batch.pk}/{following}").context["page"].following
    page = browser.get(f"{LIST}{batch.pk}/{last}").context["page"]
    assert (len(page.entries), page.following, page.first) == (20, "", "?")


def test_rows_are_found_by_what_became_of_them_and_by_words(browser):
    """Of titles and places; a choice and words together; what is none counts for nothing."""
    applied(browser, row(1, "Talks open"))
    batch = applied(browser, row(1, "Talks go on"), row(2, "Talks close"), row(3, "Fire", kind="newz"))
    assert titles(browser, batch, "?act=create") == ["Talks close"]
    assert places(browser, batch, "?act=rejected") == ["archive.jsonl:3"]
    assert titles(browser, batch, "?q=talks") == ["Talks go on", "Talks close"]
    assert titles(browser, batch, "?q=CLOSE&act=create") == ["Talks close"]
    assert titles(browser, batch, "?q=jsonl:2") == ["Talks close"]
    assert titles(browser, batch, "?q=nothing") == []
    assert len(titles(browser, batch, "?act=nonsense&after=x&q=%00")) == 3


def test_each_row_leads_to_its_item(browser):
    """Once there is one."""
    batch = planned(browser, row(1))
    assert "/newsitem/" not in browser.get(f"{LIST}{batch.pk}/").content.decode()
    press(browser, batch, "apply")
    address = f"/admin/news/newsitem/{NewsItem.objects.get().pk}/change/"
    assert address in browser.get(f"{LIST}{batch.pk}/").content.decode()


def test_an_item_that_has_gone_to_others_is_not_named(browser):
    """Its new title is theirs; the import keeps what its file said."""
    batch = applied(browser, row(1, "Talks open"))
    draft = Edition.objects.get()
    elsewhere = builders.institution("Elsewhere")
    workflow.save_draft(draft, builders.content("Their secret", issued_by=[elsewhere.pk]), by=None)
    text = page_of(browser, batch)
    assert "Their secret" not in text
    assert "/newsitem/" not in browser.get(f"{LIST}{batch.pk}/").content.decode()
    assert titles(browser, batch, "?q=secret") == []


def test_the_report_is_a_table_of_what_is_shown(browser):
    """A line for each field and each sentence."""
    applied(browser, row(1, "Talks open"))
    batch = applied(browser, row(1, "Talks go on", summary="Shorter."), row(2, kind="newz"))
    lines = table(browser, batch)
    assert lines[0] == ["place", "act", "outcome", "number", "title", "field", "here", "in the file", "text"]
    number = str(NewsItem.objects.get().pk)
    start = ["archive.jsonl:1", "changed", "the draft rewritten", number, "Talks go on"]
    assert [*start, "title", "Talks open", "Talks go on", ""] in lines
    assert [*start, "summary", "In short.", "Shorter.", ""] in lines
    assert "newz" in lines[-1][-1]
    assert len(table(browser, batch, "?act=rejected")) == 2


def test_no_cell_of_the_report_is_a_formula(browser):
    """Whatever a title begins with."""
    batch = planned(browser, row(1, "=cmd|'/c calc'!A1"))
    assert table(browser, batch)[1][4] == "'=cmd|'/c calc'!A1"


def test_what_a_file_says_is_shown_as_text(browser):
    """Markup in it as well."""
    batch = planned(browser, row(1, "<script>alert(1)</script>", kind="<b>"))
    assert "<script>alert" not in browser.get(f"{LIST}{batch.pk}/").content.decode()


def test_a_page_costs_as_many_queries_however_many_rows(browser, django_assert_max_num_queries):
    """Titles and names of all rows come at once."""

    def cost(batch: ImportBatch) -> int:
        with django_assert_max_num_queries(25) as asked:
            browser.get(f"{LIST}{batch.pk}/")
        return len(asked.captured_queries)

    few = cost(applied(browser, row(1)))
    assert cost(applied(browser, *(row(number) for number in range(2, 42)))) == few


def test_the_facts_of_an_import_are_told(browser):
    """The file with its checksum and format, and what was chosen."""
    options = {"publish": "on", "issued_on": "2025-11-25", "take_theirs": ["title", "body_html"]}
    text = page_of(browser, batch := planned(browser, row(1), source="old.example", **options))
    assert (
        f"JSON Lines, {batch.sources[0]['bytes']}\xa0bytes SHA-256 {batch.sources[0]['sha256']}".replace("\xa0", " ")
        in text
    )
    assert "Published what is complete, from its date of issue on" in text
    assert "Date of issue of texts without one 25 November 2025, 00:00" in text
    assert "The file counts more than an editor’s change in text, title" in text


def test_nobody_can_open_an_uploaded_file(browser, client, folder):
    """It has no address, lies outside of what is served, and only the site's own user may read it."""
    batch = planned(browser, row(1, "Embargoed"))
    name = batch.upload.name
    for address in (f"/media/{name}", f"/media/imports/{name}", f"/{name}", f"/static/{name}", f"/imports/{name}"):
        assert client.get(address, follow=True).status_code == 404
    with pytest.raises(ValueError, match="not served"):
        _address = batch.upload.url
    assert not default_storage.exists(name)
    (kept,) = (path for path in folder.rglob("*") if path.is_file())
    assert (kept.stat().st_mode & 0o777, kept.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_file_is_gone_once_it_is_imported(browser, folder):
    """Its checksum stays."""
    batch = applied(browser, row(1, "Embargoed"))
    assert list(folder.rglob("*")) == []
    assert (bool(batch.upload), len(batch.sources[0]["sha256"])) == (False, 64)
