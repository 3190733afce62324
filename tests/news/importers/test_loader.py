"""Storing what was read, and never over an editor's change."""

import datetime
import time
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import workflow
from news.importers import page_text
from news.importers.loader import Act, Loader, Outcome, Wish, body_html
from news.importers.rows import ReadingError
from news.importers.written_dates import VIENNA
from news.models import Edition, NewsItem
from tests import builders

NOW = datetime.datetime(2025, 12, 1, 12, 0, tzinfo=datetime.UTC)
ISSUED = datetime.datetime(2025, 11, 25, tzinfo=VIENNA)
COMPLETE = Wish(issued_at=ISSUED, publish=True)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secretariat(db: None) -> int:  # noqa: ARG001 - opens the database
    """Have the institution that pages name "OSCE Secretariat"."""
    return builders.institution("Secretariat").pk


def load(text: str, wish: Wish = Wish()) -> Outcome:  # noqa: B008 - frozen
    """Import a page at a fixed moment."""
    (row,) = page_text.read(text.encode(), file="page.txt", language="en")
    return Loader(now=lambda: NOW).load(row, wish)


def page(**parts: object) -> str:
    """Return a page about the same story each time."""
    return builders.page_text("A story of two bridges", **parts)


def change_as_an_editor(edition: Edition, **changes: object) -> None:
    """Save the draft with changes, as the admin does."""
    workflow.save_draft(edition, replace(workflow.content_of(edition), **changes), by=None)


def test_a_page_without_a_date_becomes_a_draft_that_says_what_it_lacks(secretariat):
    """Nothing is invented."""
    outcome = load(page())
    edition = Edition.objects.get()
    assert (outcome.act, outcome.lacks) == (Act.CREATED, ("the date of issue",))
    assert (edition.state, edition.issued_at, edition.visible_from) == ("draft", None, None)
    assert edition.tags["issued_by"] == [secretariat]
    assert edition.item.imported_at == NOW


def test_with_a_date_it_is_published_from_that_moment_on():
    """A day means its beginning in Vienna."""
    outcome = load(page(), COMPLETE)
    assert outcome.act == Act.PUBLISHED
    assert Edition.objects.visible(at=ISSUED).get().issued_at == ISSUED


def test_a_date_ahead_schedules_it():
    """It becomes visible by itself."""
    ahead = NOW + datetime.timedelta(days=2)
    assert load(page(), Wish(issued_at=ahead, publish=True)).act == Act.SCHEDULED
    assert not Edition.objects.visible(at=NOW).exists()


def test_the_date_of_the_page_counts_more_than_the_wish():
    """The wish is for pages that have none."""
    load(page(facts=["- Issued on: 3 May 2020", "- Issued by: OSCE Secretariat"]), Wish(issued_at=ISSUED))
    assert Edition.objects.get().issued_at == datetime.datetime(2020, 5, 3, tzinfo=VIENNA)


def test_what_is_incomplete_stays_a_draft_when_publishing_was_asked_for():
    """The outcome names what keeps it."""
    outcome = load(page(summary=""), COMPLETE)
    assert (outcome.act, outcome.lacks) == (Act.CREATED, ("a summary",))


@pytest.mark.parametrize("wish", [Wish(), COMPLETE], ids=["a draft", "published"])
def test_a_second_import_of_the_same_page_writes_nothing(wish):
    """Not one INSERT, UPDATE or DELETE reaches the database."""
    load(page(), wish)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        outcome = load(page(), wish)
    writes = [query["sql"] for query in queries if query["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]
    assert (outcome.act, writes) == (Act.UNCHANGED, [])


def test_a_published_item_stays_unchanged_when_imported_without_its_date():
    """The date was given the first time."""
    load(page(), COMPLETE)
    assert load(page()).act == Act.UNCHANGED


def test_a_draft_is_completed_by_a_later_import_with_a_date():
    """The item and its number stay the same."""
    load(page())
    assert load(page(), COMPLETE).act == Act.PUBLISHED
    assert NewsItem.objects.count() == Edition.objects.count() == 1


def test_a_changed_page_updates_a_draft_that_nobody_has_touched():
    """The file is the newer one."""
    load(page())
    outcome = load(page(body=["A better text."]))
    assert outcome.act == Act.UPDATED
    assert Edition.objects.get().body == "<p>A better text.</p>"


def test_an_editors_change_of_a_draft_is_kept():
    """The import says so and writes nothing."""
    change_as_an_editor(load(page()).edition, summary="An editor's words.")
    outcome = load(page(body=["A better text."]))
    assert outcome.act == Act.CONFLICT
    assert Edition.objects.get().summary == "An editor's words."
    assert "A better text." not in Edition.objects.get().body


def test_a_draft_on_which_an_editor_works_is_not_published_by_an_import():
    """The editor decides when it is ready."""
    change_as_an_editor(load(page()).edition, summary="Half a sen", issued_at=ISSUED)
    assert load(page(), COMPLETE).act == Act.CONFLICT
    assert Edition.objects.get().is_open


def test_a_changed_page_of_a_published_item_opens_a_new_edition_as_draft():
    """What is public stays until a person approves the new one, even where publishing was asked for."""
    load(page(), COMPLETE)
    outcome = load(page(body=["A correction."]), COMPLETE)
    again = load(page(body=["A correction."]), COMPLETE)
    assert (outcome.act, again.act) == (Act.NEW_EDITION, Act.UNCHANGED)
    states = Edition.objects.order_by("number").values_list("number", "state")
    assert list(states) == [(1, "approved"), (2, "draft")]


def test_an_edition_that_an_editor_has_published_since_is_kept():
    """A page that changes after that is a conflict."""
    edition = workflow.open_edition(load(page(), COMPLETE).edition.item, by=None)
    change_as_an_editor(edition, summary="An editor's words.")
    workflow.approve(edition, visible_from=NOW, now=NOW, by=None)
    assert load(page(body=["Another text."]), COMPLETE).act == Act.CONFLICT
    assert Edition.objects.count() == 2


def test_an_unknown_institution_is_refused_with_the_nearest_names():
    """Nothing is stored."""
    with pytest.raises(
        ReadingError, match=r"page\.txt:8: “OSCE Secretariet” is not known. Did you mean “Secretariat”\?"
    ):
        load(page(facts=["- Issued on:", "- Issued by: OSCE Secretariet"]))
    assert not NewsItem.objects.exists()


def test_countries_and_fields_of_work_are_matched_by_their_names():
    """As institutions are."""
    country, topic = builders.country("Serbia"), builders.topic("Youth")
    load(page(facts=["- Issued by: OSCE Secretariat", "- Countries: Serbia", "- Fields of work: Youth"]))
    tags = Edition.objects.get().tags
    assert (tags["countries"], tags["topics"]) == ([country.pk], [topic.pk])


@pytest.mark.parametrize(
    ("issued_at", "dateline", "body"),
    [
        pytest.param(ISSUED, "KYIV", "<p>The text.</p>", id="moved where it repeats the date of issue"),
        pytest.param(None, "", "<p>KYIV, 25 November 2025 – The text.</p>", id="kept without a date of issue"),
        pytest.param(NOW, "", "<p>KYIV, 25 November 2025 – The text.</p>", id="kept with another date of issue"),
    ],
)
def test_a_dateline_is_taken_out_of_the_text_only_where_nothing_is_lost(issued_at, dateline, body):
    """The date in it may be another than that of issue."""
    load(page(body=["KYIV, 25 November 2025 – The text."]), Wish(issued_at=issued_at))
    edition = Edition.objects.get()
    assert (edition.dateline, edition.body) == (dateline, body)


def test_lines_become_paragraphs_and_lists_with_their_quotes_kept():
    """And what looks like HTML is text."""
    html = body_html(['He said "no" & “yes”.', "- one", "- two", "<b>End</b>"])
    assert html == (
        '<p>He said "no" &amp; “yes”.</p><ul><li><p>one</p></li><li><p>two</p></li></ul><p>&lt;b&gt;End&lt;/b&gt;</p>'
    )


def test_a_megabyte_of_text_is_stored_within_two_seconds():
    """Cleaning it costs no more."""
    started = time.process_time()
    load(page(body=["word " * 10] * 19_000), COMPLETE)
    assert time.process_time() - started < 2
