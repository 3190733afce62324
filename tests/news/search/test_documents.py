"""What search holds: the words of what is or will be listed, whatever was done to it, and of nothing else."""

import datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from news import workflow
from news.archive.composition import Composer
from news.archive.storing import store
from news.models import Edition, SearchDocument, SearchHead
from news.search import find, indexing
from news.search.documents import listed_or_later
from news.search.engine import engine
from news.search.matches import matches
from osce_site.set_up import index_for_search
from tests import builders

pytestmark = pytest.mark.django_db

HOUR = datetime.timedelta(hours=1)
SENTINEL = "Xylophonium"


def held(words=SENTINEL):
    """Return the editions whose words search holds."""
    return set(find(words, language="en").match)


def removed(edition, kind):
    """Remove the item of a public edition."""
    wish = workflow.RemovalWish(
        kind=kind,
        reason="Wrong figures.",
        explanation="The figures were wrong." if kind == "withdrawn" else "",
        leads_to=str(builders.published("Elsewhere").item_id) if kind == "consolidated" else "",
    )
    return workflow.remove(edition.item, wish, by=None)


def test_a_draft_and_what_was_submitted_are_not_held():
    """Nobody has approved their words."""
    draft = builders.draft(SENTINEL)
    workflow.submit(draft, by=None)
    assert held() == set()


def test_what_is_approved_is_held_from_title_to_text():
    """At once, and by each of its parts."""
    edition = builders.published("Alpha", summary="Beta.", body="<p>Gamma <strong>del</strong>ta</p><p>epsilon</p>")
    for word in ("alpha", "beta", "gamma", "delta", "epsilon"):
        assert held(word) == {edition.pk}, word
    assert held("strong") == set()


def test_the_next_edition_takes_the_place_of_the_one_before():
    """What was corrected is no longer found."""
    before = builders.published(SENTINEL)
    after = builders.next_edition(before, "Corrected")
    assert held() == set()
    assert held("corrected") == {after.pk}


def test_a_scheduled_edition_is_held_beside_the_public_one_and_leaves_when_it_is_taken_back():
    """Both are needed at its moment; the list decides which of them is shown."""
    public = builders.published("Before")
    scheduled = builders.next_edition(public, SENTINEL, visible_from=timezone.now() + HOUR)
    assert held() == {scheduled.pk}
    assert held("before") == {public.pk}
    workflow.unschedule(scheduled, by=None)
    assert held() == set()
    assert held("before") == {public.pk}


@pytest.mark.parametrize("kind", ["error", "consolidated", "withdrawn"])
def test_what_is_removed_leaves_at_once_and_comes_back_when_that_is_undone(kind):
    """Whatever the reason: none of them is in lists any more."""
    edition = builders.published(SENTINEL)
    assert held() == {edition.pk}
    removed(edition, kind)
    assert held() == set()
    assert not SearchDocument.objects.filter(edition__item=edition.item).exists()
    shown = workflow.restore(edition.item, by=None)
    assert held() == {shown.pk}


def test_a_sample_archive_is_held_as_if_it_had_been_published_text_by_text():
    """Bulk writers keep the same books."""
    call_command("load_reference_data", verbosity=0)
    composer = Composer(items=30, seed=3, until=timezone.now())
    store(composer, composer.compose())
    expected = set(Edition.objects.filter(listed_or_later(timezone.now())).values_list("pk", flat=True))
    assert set(SearchDocument.objects.values_list("pk", flat=True)) == expected
    assert len(expected) >= 20  # the others are drafts, or were removed


def test_the_index_is_made_anew_by_a_command(capsys):
    """What is missing comes, what is wrong is replaced, what ended goes, and it says how many."""
    kept, lost = builders.published(SENTINEL), builders.published("Lost and found")
    with time_machine.travel(timezone.now() - HOUR * 2):
        ended = builders.published("Ended")
    SearchDocument.objects.filter(pk=lost.pk).delete()
    Edition.objects.filter(pk=ended.pk).update(visible_until=timezone.now() - HOUR)
    call_command("index_search")
    assert capsys.readouterr().out.strip() == ("Indexed 1 editions for search; removed 1 that are no longer listed.")
    assert held() == {kept.pk}
    assert held("lost") == {lost.pk}
    assert held("ended") == set()
    assert find("xylophoniun", language="en").spelling(len) == SENTINEL.lower()


@pytest.mark.django_db(transaction=True)
def test_the_command_goes_on_where_it_was_broken_off(capsys, monkeypatch):
    """Each chunk is stored for itself, and what is stored is not written again."""
    editions = [builders.published(f"{SENTINEL} {number}") for number in range(3)]
    SearchDocument.objects.all().delete()
    monkeypatch.setattr(indexing, "AT_ONCE", 1)
    written = []
    write = indexing.write

    def break_off(numbers):
        if len(written) == 2:
            raise KeyboardInterrupt
        written.append(numbers)
        return write(numbers)

    monkeypatch.setattr(indexing, "write", break_off)
    with pytest.raises(KeyboardInterrupt):
        call_command("index_search")
    assert held() == {editions[0].pk, editions[1].pk}
    monkeypatch.setattr(indexing, "write", write)
    call_command("index_search")
    assert capsys.readouterr().out.startswith("Indexed 1 editions")
    assert held() == {edition.pk for edition in editions}


def test_a_check_says_what_is_missing_wrong_or_left_over_and_all_mends_it(capsys):
    """It writes nothing itself; exit code 1 is for whoever watches the site."""
    right, missing, other_head = (builders.published(f"{SENTINEL} {number}") for number in range(3))
    ended = builders.published("Ended")
    call_command("index_search", "--check")
    assert capsys.readouterr().out.strip() == "Search holds all 4 editions rightly."
    SearchDocument.objects.filter(pk=missing.pk).delete()
    SearchHead.objects.filter(pk=other_head.pk).update(head="en\n;\n;")
    Edition.objects.filter(pk=ended.pk).update(visible_until=timezone.now() + HOUR / 60)
    with time_machine.travel(timezone.now() + HOUR), pytest.raises(CommandError) as wrong:
        call_command("index_search", "--check")
    assert str(wrong.value) == (
        f"Of 3 editions 2 are missing or wrong (editions {missing.pk}, {other_head.pk}); "
        "1 are held that are no longer listed. Run: manage.py index_search --all"
    )
    assert held() == {right.pk, other_head.pk}
    with time_machine.travel(timezone.now() + HOUR):
        call_command("index_search", "--all")
        assert capsys.readouterr().out.startswith("Indexed 2 editions for search; removed 1 that")
        call_command("index_search", "--check")


@pytest.mark.django_db(transaction=True)
def test_an_empty_index_is_filled_from_nothing():
    """As after an upgrade from a version without search; on PostgreSQL its index is dropped and built anew."""
    edition = builders.published(SENTINEL)
    SearchDocument.objects.all().delete()
    matches.forget()
    assert held() == set()
    call_command("index_search")
    assert held() == {edition.pk}
    call_command("index_search", "--check")
    with connection.cursor() as cursor:
        tables = connection.introspection.get_constraints(cursor, SearchDocument._meta.db_table)
    assert connection.vendor == "sqlite" or "searchdocument_words" in tables


def test_a_very_long_text_is_held_as_far_as_a_database_can_count():
    """And is no error; the first ten thousand words are found."""
    words = " ".join(f"word{number}" for number in range(30_000))
    edition = builders.published("Long", body=f"<p>{words} end</p>")
    assert held("word5000") == {edition.pk}
    assert held("word29000") == set()


def test_a_long_word_and_signs_of_the_databases_are_stored_as_they_are():
    """Quotes and backslashes reach no statement."""
    edition = builders.published("It’s a 'test' \\ \"quoted\" " + "x" * 200)
    assert held("quoted") == {edition.pk}
    assert held("x" * 150) == {edition.pk}


@pytest.mark.parametrize(
    "body", ["a" * 100_000, "ы" * 100_000, "x-" * 50_000, " ".join(f"слово{n}" for n in range(60_000)), "’" * 9_999]
)
def test_no_text_is_too_odd_to_be_published(body):
    """Whatever stands in it, however long its words: search takes what it can hold."""
    edition = builders.published("Odd", body=f"<p>{body}</p>")
    assert edition.pk in find("odd", language="en").match


def test_an_index_that_was_never_finished_is_told_and_built(monkeypatch):
    """Whoever broke off while it was built left all documents, and no way to find them quickly."""
    builders.published("Story")
    monkeypatch.setattr(engine(), "is_indexed", lambda: False)
    with pytest.raises(CommandError, match=r"manage\.py index_search"):
        call_command("index_search", check=True)
    said = []
    index_for_search(said.append)
    assert said == ["Building the index of search …"]
