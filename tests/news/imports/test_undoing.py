"""Taking an import back: what the public sees is as it was before, and what editors have changed since is kept."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from news import workflow
from news.imports import undoing
from news.models import DiscardedImport, Edition, ImportBatch, NewsItem
from record.models import Act
from taxonomy import catalogue
from tests import builders
from tests.news.imports import random_rows
from tests.news.imports.files import last_batch, run, story, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def names(db: None) -> None:  # noqa: ARG001 - opens the database
    """Have what rows name."""
    builders.institution("Secretariat")
    builders.country("Serbia")


@pytest.fixture
def file(tmp_path):
    """Return the path of a file to import."""
    return tmp_path / "rows.jsonl"


def public() -> dict[int, Any]:
    """Return what readers see of each item: its page's content, and whether lists have it."""
    listed = set(Edition.objects.listed().values_list("pk", flat=True))
    seen = {}
    for edition in Edition.objects.visible():
        content = workflow.content_of(edition).plain() | {"is_minor": None, "change_note": None}
        seen[edition.item_id] = (content, edition.pk in listed, edition.language)
    return seen


def status_codes(client: Client, numbers: Any) -> dict[int, int]:
    """Return how the address of each item answers."""
    items = NewsItem.objects.filter(pk__in=numbers)
    return {item.pk: client.get(item.get_absolute_url()).status_code for item in items}


def undo(batch: ImportBatch) -> list[str]:
    """Undo an import and return what became of each item."""
    return [outcome.word for outcome in undoing.undo(batch)]


@settings(max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(
    first=random_rows.files(),
    edits=random_rows.edits(),
    second=random_rows.files(),
    options=random_rows.options(),
    killed_after=st.integers(0, 3),
)
def test_undoing_restores_what_is_public(tmp_path_factory, first, edits, second, options, killed_after):
    """Whatever the import did, and wherever the undoing was killed; the same items come back at the next import."""
    file = tmp_path_factory.mktemp("files") / "rows.jsonl"
    client = Client()
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(undoing, "AT_ONCE", 1)
        take(file, first, "--publish")
        random_rows.edit(edits)
        before = public()
        codes = status_codes(client, before)
        done = take(file, second, *options)
        batch = last_batch()
        outcomes = undoing.undo(batch)
        for _killed in range(killed_after):
            next(outcomes, None)
        outcomes.close()
        words = undo(batch)
        assert (public(), status_codes(client, before)) == (before, codes)
        again = take(file, second, *options)
        if "kept" not in words:
            numbers, numbers_again = numbers_of(done), numbers_of(again)
            assert {one["place"] for one in done if one["act"] == "create"} <= numbers_again.keys()
            assert all(numbers_again.get(place, number) == number for place, number in numbers.items())
        transaction.set_rollback(True)
    catalogue.forget()


def test_what_was_never_public_is_discarded_and_comes_back_under_its_number(file):
    """Drafts that name each other and translations too."""
    rows = [
        story(1, translation_of="2", language="de"),
        story(2),
        story(3, related=["4"]),
        story(4, related=["3"]),
        story(5),
    ]
    take(file, rows)
    numbers = dict(NewsItem.objects.values_list("source_id", "pk"))
    assert set(undo(last_batch())) == {"discarded"}
    assert not NewsItem.objects.exists()
    builders.draft("Another one in between")
    take(file, rows)
    assert dict(NewsItem.objects.exclude(source_id="").values_list("source_id", "pk")) == numbers
    assert not DiscardedImport.objects.exists()


def test_what_was_public_says_that_it_was_published_in_error_until_it_is_imported_again(file, client):
    """410, then the page again."""
    take(file, [story(1)], "--publish")
    address = NewsItem.objects.get().get_absolute_url()
    code, out, err = run("--undo", last_batch().pk)
    assert (code, out.split(":")[0], "1 removed" in err) == (0, f"removed {NewsItem.objects.get().pk}", True)
    assert client.get(address).status_code == 410
    (told,) = take(file, [story(1)], "--publish")
    assert (told["act"], told["outcome"]) == ("update", "restored")
    assert client.get(address).status_code == 200


def test_an_item_that_editors_take_for_an_error_stays_away(file, client):
    """The undoing of an update before that does not let a later import bring it back."""
    take(file, [story(1)], "--publish")
    take(file, [story(1, title="Mended")], "--publish")
    undo(last_batch())
    item = NewsItem.objects.get()
    workflow.remove(item, workflow.RemovalWish(kind="error", reason="It was one."), by=None)
    (told,) = take(file, [story(1, title="Mended")], "--publish")
    assert told["act"] == "conflict"
    assert client.get(item.get_absolute_url()).status_code == 410


def test_what_editors_have_changed_since_is_kept_and_listed(file):
    """The others are taken back; once the editor's draft is gone, it can be undone too."""
    take(file, [story(1), story(2)])
    edition = Edition.objects.get(item__source_id="1")
    random_rows.rewrite(edition.item, edition)
    code, out, _err = run("--undo", last_batch().pk)
    assert (code, f"kept {edition.item_id}: Story 1 – an editor has changed it since" in out) == (0, True)
    assert list(NewsItem.objects.values_list("source_id", flat=True)) == ["1"]


def test_a_draft_is_as_it_was_and_one_that_the_import_published_is_gone(file):
    """A draft of a public item is discarded with the edition that came of it."""
    take(file, [story(1, title="Before"), story(2)])
    take(file, [story(1, title="After"), story(2, state="approved")])
    undo(last_batch())
    one, two = NewsItem.objects.order_by("source_id")
    assert workflow.newest_edition(one).title == "Before"
    assert two.removals.standing().get().kind == "error"


def test_a_scheduled_edition_becomes_the_draft_again_that_it_was(file):
    """It was never public."""
    take(file, [story(1, title="Before")])
    take(file, [story(1, title="After", state="approved", visible_from="2199-01-01")])
    undo(last_batch())
    edition = Edition.objects.get()
    assert (edition.title, edition.state) == ("Before", "draft")


def test_every_act_of_an_import_and_of_its_undoing_tells_which(file):
    """In the record."""
    take(file, [story(1), story(2)])
    first = last_batch().pk
    take(file, [story(1, state="approved"), story(2, title="Another")], "--publish")
    second = last_batch().pk
    undo(last_batch())
    acts = Act.objects.filter(model__in=["news.newsitem", "news.edition", "news.removal"]).order_by("pk")
    told = [(act.after.get("import"), act.after.get("undone import")) for act in acts]
    assert {number for number, _undone in told} == {first, second, None}
    assert all(number or undone == second for number, undone in told)


def numbers_of(told: list[dict[str, Any]]) -> dict[str, int]:
    """Return the numbers of items by place."""
    return {one["place"]: one["id"] for one in told if one["act"] in {"create", "update", "unchanged"}}
