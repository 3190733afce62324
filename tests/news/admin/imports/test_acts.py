"""A file on its way: uploaded, planned, applied, undone, as an editor does it in the browser."""

import threading

import pytest
import time_machine
from django.db import connection

from news import workflow
from news.imports import batches, taking_back, uploads
from news.models import DiscardedImport, Edition, ImportBatch, NewsItem, Removal
from record.models import Act
from tests import builders
from tests.news.admin.desk import messages_of
from tests.news.admin.imports.desk import LIST, applied, file_of, page_of, planned, press, row, upload, words

pytestmark = pytest.mark.django_db


def test_a_file_is_planned_applied_and_undone(browser, client):
    """The whole way, with what the public sees at each step."""
    plan = words(upload(browser, file_of(row(1, "Talks open"), row(2, "Talks close")), publish="on"))
    assert "Planned: nothing is written yet" in plan
    assert "Talks open would be new : public archive.jsonl:1" in plan
    assert NewsItem.objects.count() == 0
    batch = ImportBatch.objects.get()
    answer = press(browser, batch, "apply")
    assert messages_of(answer) == "The import is done. New: 2."
    item = NewsItem.objects.get(source_id="1")
    assert "Talks open" in client.get(item.get_absolute_url()).content.decode()
    asked = words(browser.get(f"{LIST}{batch.pk}/undo/"))
    assert "2 new items that are or were public become “published in error”" in asked
    assert messages_of(press(browser, batch, "undo")) == "The import is undone."
    assert client.get(item.get_absolute_url()).status_code == 410
    acts = Act.objects.filter(concerned_model="news.newsitem") | Act.objects.filter(model="news.newsitem")
    assert {"create", "remove"} <= set(acts.values_list("verb", flat=True))
    assert set(acts.values_list("actor", flat=True)) == {"pia"}


def test_a_plan_writes_nothing_but_itself(browser):
    """Neither item nor edition nor act of the newsroom."""
    planned(browser, row(1), publish="on")
    assert (NewsItem.objects.count(), Edition.objects.count(), Removal.objects.count()) == (0, 0, 0)
    assert not Act.objects.filter(model="news.edition").exists()


def test_what_changes_stands_field_by_field(browser):
    """Old and new as people read them, names and not numbers."""
    builders.topic("Elections")
    applied(browser, row(1, "Talks open"), publish="on")
    plan = page_of(browser, planned(browser, row(1, "Talks go on", topics=["elections"]), publish="on"))
    assert "would change : a new edition, public" in plan
    assert "title Here Talks open In the file Talks go on" in plan
    assert "fields of work Here – In the file Elections" in plan


def test_an_editors_change_is_a_conflict_and_stays(browser, pia):
    """Shown with both values, and kept unless the file is to count more."""
    applied(browser, row(1, "Talks open"))
    draft = Edition.objects.get()
    workflow.save_draft(draft, workflow.content_of(draft), by=None)
    content = builders.content("Talks begin", issued_by=draft.tags["issued_by"])
    workflow.save_draft(draft, content, by=pia)
    plan = page_of(browser, batch := planned(browser, row(1, "Talks resume")))
    assert "conflict: kept as it is" in plan
    assert "title kept Here Talks begin In the file Talks resume" in plan
    press(browser, batch, "apply")
    assert Edition.objects.get().title == "Talks begin"


def test_what_is_wrong_stands_with_its_place(browser):
    """Line and column, the value and the remedy."""
    plan = page_of(browser, planned(browser, row(1), row(2, kind="newz")))
    assert "archive.jsonl:2:" in plan
    assert "“newz”" in plan
    assert "Rejected (1)" in plan


def test_a_plan_that_comes_out_otherwise_is_said_to(browser):
    """The site has changed between the plan and its application."""
    first = planned(browser, row(1, "Talks open"), row(2), publish="on")
    applied(browser, row(1, "Talks open"), source="x", publish="on")
    answer = press(browser, first, "apply")
    assert "1 row came out otherwise than planned" in messages_of(answer)
    told = page_of(browser, first, "?act=differs")
    assert "Talks open unchanged archive.jsonl:1 The plan said: would be new (public)" in told
    assert "Story 2" not in told


def test_references_among_new_items_do_not_count_as_otherwise(browser):
    """A plan cannot know the numbers that new items will get."""
    applied(browser, row(1), publish="on")
    batch = planned(browser, row(2), row(1, related=["2"]), row(3, language="fr", translation_of="2"), publish="on")
    assert "related items Here – In the file a new item" in page_of(browser, batch)
    builders.draft("In between, so that the numbers move on")
    answer = press(browser, batch, "apply")
    assert messages_of(answer) == "The import is done. New: 2, Changed: 1."


def test_applying_twice_does_nothing_the_second_time(browser):
    """A double click, or the button of a page that is out of date."""
    batch = planned(browser, row(1), publish="on")
    press(browser, batch, "apply")
    acts = Act.objects.count()
    answer = press(browser, batch, "apply")
    assert messages_of(answer) == "Nothing was done: this import is applied already, or its file is gone."
    assert (NewsItem.objects.count(), Act.objects.count()) == (1, acts)


def test_undoing_twice_does_nothing_the_second_time(browser):
    """As above."""
    batch = applied(browser, row(1), publish="on")
    press(browser, batch, "undo")
    acts = Act.objects.count()
    assert messages_of(press(browser, batch, "undo")) == "Nothing was done: this import is undone already."
    assert Act.objects.count() == acts


@pytest.mark.parametrize("act", ["apply", "undo"])
def test_two_imports_at_once_are_refused(browser, monkeypatch, act):
    """The second person is told to wait, and nothing is written."""
    batch = planned(browser, row(1))
    if act == "undo":
        press(browser, batch, "apply")

    def busy():
        raise batches.Busy

    before = NewsItem.objects.count()
    monkeypatch.setattr(batches, "alone", busy)
    assert "Another import is running" in messages_of(press(browser, batch, act))
    assert NewsItem.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_a_second_person_waits_for_the_first(browser):
    """By the lock itself, which the first one's process holds."""
    batch = planned(browser, row(1))
    held, over = threading.Event(), threading.Event()

    def import_elsewhere() -> None:
        with batches.alone():
            held.set()
            over.wait(30)
        connection.close()

    first = threading.Thread(target=import_elsewhere)
    first.start()
    assert held.wait(30)
    try:
        answer = press(browser, batch, "apply")
    finally:
        over.set()
        first.join()
    assert "Another import is running" in messages_of(answer)
    assert NewsItem.objects.count() == 0
    assert messages_of(press(browser, batch, "apply")) == "The import is done. New: 1."


def test_a_large_import_is_undone_by_the_command(browser, monkeypatch):
    """Which the page names; nothing is done here."""
    batch = applied(browser, row(1), row(2))
    monkeypatch.setattr(uploads, "MOST_ROWS", 1)
    assert f"manage.py import_news --undo {batch.pk}" in words(browser.get(f"{LIST}{batch.pk}/undo/"))
    press(browser, batch, "undo")
    assert NewsItem.objects.count() == 2


def test_the_same_file_again_takes_the_place_of_its_plan(browser, folder, django_capture_on_commit_callbacks):
    """Sent twice by mistake, there is one plan and one file."""
    planned(browser, row(1))
    with django_capture_on_commit_callbacks(execute=True):
        planned(browser, row(1))
    assert ImportBatch.objects.count() == 1
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_an_interrupted_import_goes_on_where_it_stopped(browser, monkeypatch):
    """Its page says so, and offers it."""
    batch = planned(browser, row(1), row(2), publish="on")
    with monkeypatch.context() as patch:
        patch.setattr(batches, "finish", broken)
        with pytest.raises(ZeroDivisionError):
            press(browser, batch, "apply")
    assert "Interrupted after row 2" in page_of(browser, batch)
    assert "Go on with it" in browser.get(f"{LIST}{batch.pk}/").content.decode()
    assert messages_of(press(browser, batch, "apply")) == "The import is done. New: 2."
    assert NewsItem.objects.count() == 2


def test_an_import_that_failed_says_so_and_goes_on(browser, monkeypatch):
    """Once the error is mended."""
    batch = planned(browser, row(1), row(2), publish="on")
    with monkeypatch.context() as patch:
        patch.setattr(uploads.planned, "compare", broken)
        with pytest.raises(ZeroDivisionError):
            press(browser, batch, "apply")
    assert "Failed after row 2" in page_of(browser, batch)
    assert messages_of(press(browser, batch, "apply")) == "The import is done. New: 2."
    assert NewsItem.objects.count() == 2


def broken(*_args, **_options):
    """Fail as a process does that is killed."""
    raise ZeroDivisionError


def test_undoing_takes_no_longer_than_a_person_waits(browser, monkeypatch):
    """What is left is undone when it is asked for again."""
    monkeypatch.setattr(taking_back.undoing, "AT_ONCE", 1)
    monkeypatch.setattr(taking_back.take_back, "__kwdefaults__", {"seconds": 0.0})
    batch = applied(browser, row(1), row(2))
    assert messages_of(press(browser, batch, "undo")) == "1 rows are left to be undone. Go on."
    assert "Undone in part" in page_of(browser, batch)
    assert messages_of(press(browser, batch, "undo")) == "The import is undone."
    assert (NewsItem.objects.count(), DiscardedImport.objects.count()) == (0, 2)


def test_what_an_editor_has_changed_since_is_not_undone_and_listed(browser, pia):
    """With the reason."""
    batch = applied(browser, row(1), row(2))
    draft = Edition.objects.get(item__source_id="1")
    workflow.save_draft(draft, builders.content("Mine", issued_by=draft.tags["issued_by"]), by=pia)
    answer = press(browser, batch, "undo")
    assert "1 row is not undone: see why below." in messages_of(answer)
    assert "Mine new : as a draft archive.jsonl:1 not undone Why it is not undone: an editor has" in words(answer)
    assert "Story 2" not in words(answer)
    assert NewsItem.objects.count() == 1
    draft.refresh_from_db()
    workflow.discard(draft, by=None)
    assert "Try again to undo what was kept" in page_of(browser, batch)
    assert messages_of(press(browser, batch, "undo")) == "The import is undone."
    assert "Try again" not in page_of(browser, batch)


def test_a_plan_is_thrown_away_with_its_file(browser, folder):
    """And nothing else that has been begun."""
    batch = planned(browser, row(1))
    assert messages_of(press(browser, batch, "drop")) == "The plan and its file are gone. Nothing was imported."
    assert (ImportBatch.objects.count(), [path for path in folder.rglob("*") if path.is_file()]) == (0, [])
    done = applied(browser, row(1))
    assert "Nothing was thrown away" in messages_of(press(browser, done, "drop"))
    assert ImportBatch.objects.filter(pk=done.pk).exists()


def test_a_plan_that_nobody_applies_goes_after_a_month(browser, folder):
    """With its file, when somebody looks at the list."""
    with time_machine.travel("2026-01-01T12:00Z"):
        planned(browser, row(1))
    with time_machine.travel("2026-01-30T12:00Z"):
        uploads.tidy(now=uploads.timezone.now())
        assert ImportBatch.objects.count() == 1
    with time_machine.travel("2026-02-01T12:00Z"):
        uploads.tidy(now=uploads.timezone.now())
    assert (ImportBatch.objects.count(), [path for path in folder.rglob("*") if path.is_file()]) == (0, [])


def test_a_get_does_nothing(browser):
    """Whoever comes by a link sees the import."""
    batch = planned(browser, row(1))
    for act in ("apply", "drop"):
        assert browser.get(f"{LIST}{batch.pk}/{act}/")["Location"] == f"{LIST}{batch.pk}/"
    assert (ImportBatch.objects.get().state, NewsItem.objects.count()) == ("planned", 0)
