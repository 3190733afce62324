"""A row meets an item that is here: what changes, what an editor has changed and is kept."""

from dataclasses import replace

import pytest
from django.core.management import call_command

from news import workflow
from news.models import Edition, EditionAttachment, EditionImage, FormerAddress, NewsItem
from tests import builders
from tests.news.imports.files import run, story, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def secretariat(db: None) -> int:  # noqa: ARG001 - opens the database
    """Have the institution that rows name."""
    return builders.institution("Secretariat").pk


@pytest.fixture
def file(tmp_path):
    """Return the path of a file to import."""
    return tmp_path / "rows.jsonl"


def change_as_an_editor(**changes: object) -> None:
    """Save the one draft with changes, as the admin does."""
    edition = Edition.objects.order_by("-number")[0]
    workflow.save_draft(edition, replace(workflow.content_of(edition), **changes), by=None)


def publish_as_an_editor(**changes: object) -> None:
    """Approve the next edition of the one item with changes."""
    edition = workflow.open_edition(NewsItem.objects.get(), by=None)
    change_as_an_editor(**changes)
    workflow.approve(edition, by=None)


def only(told):
    """Return what was told of the one row, without what is empty."""
    (one,) = told
    return {name: value for name, value in one.items() if value and name not in {"place", "id", "language", "title"}}


def newest():
    """Return the newest edition of the one item."""
    return Edition.objects.order_by("-number")[0]


def test_a_draft_is_completed_and_published_by_a_later_import(file):
    """The item and its number stay the same."""
    take(file, [story(1, issued_at=...)])
    assert only(take(file, [story(1)], "--publish")) == {
        "act": "update",
        "outcome": "published",
        "changes": {"issued_at": [None, "2020-05-03 12:00:00+02:00"]},
    }
    assert NewsItem.objects.count() == Edition.objects.count() == 1
    assert newest().visible_from == newest().issued_at


def test_what_the_file_does_not_say_stays_as_it_is(file):
    """Even where it once said it."""
    take(file, [story(1, dateline="KYIV")], "--publish")
    assert only(take(file, [story(1)], "--publish")) == {"act": "unchanged"}
    assert newest().dateline == "KYIV"
    assert only(take(file, [story(1, dateline="")], "--publish"))["changes"] == {"dateline": ["KYIV", ""]}


@pytest.mark.parametrize(
    ("options", "outcome", "states"),
    [
        ((), "opened a new edition as draft", ["approved", "draft"]),
        (("--publish",), "published a new edition", ["approved", "approved"]),
    ],
)
def test_what_is_published_gets_a_new_edition(file, options, outcome, states):
    """A draft, unless publishing is asked for; the one that was public never changes."""
    take(file, [story(1)], "--publish")
    assert only(take(file, [story(1, title="Mended")], *options))["outcome"] == outcome
    assert list(Edition.objects.order_by("number").values_list("state", flat=True)) == states
    assert Edition.objects.get(number=1).title == "Story 1"


def test_the_draft_of_a_new_edition_is_published_later_and_from_then_on(file):
    """Not from its date of issue on: another edition was public then."""
    take(file, [story(1)], "--publish")
    take(file, [story(1, title="Mended")])
    assert only(take(file, [story(1, title="Mended")], "--publish"))["outcome"] == "published"
    assert newest().visible_from > newest().issued_at
    assert Edition.objects.get(number=1).visible_until == newest().visible_from


def test_a_draft_that_an_editor_has_changed_is_kept(file):
    """All of the row is: nobody publishes half a sentence."""
    take(file, [story(1)])
    change_as_an_editor(summary="Half a sen")
    told = only(take(file, [story(1, title="Mended")], "--publish"))
    assert (told["act"], told["conflicts"]) == ("conflict", {"title": ["Story 1", "Mended"]})
    assert told["notes"] == ["an editor is working on it"]
    assert (newest().title, newest().is_open) == ("Story 1", True)


def test_of_what_an_editor_has_published_only_his_fields_are_kept(file):
    """The others follow the file."""
    take(file, [story(1)], "--publish")
    publish_as_an_editor(title="An editor’s title")
    told = only(take(file, [story(1, title="Mended", summary="New.")], "--publish"))
    assert told["conflicts"] == {"title": ["An editor’s title", "Mended"]}
    assert (newest().title, newest().summary) == ("An editor’s title", "New.")
    again = only(take(file, [story(1, title="Mended", summary="New.")], "--publish"))
    assert again == {"act": "conflict", "conflicts": told["conflicts"]}


@pytest.mark.parametrize("publish", [True, False], ids=["published", "as a draft"])
def test_pictures_and_attachments_that_an_editor_has_added_stay(file, publish, settings, tmp_path):
    """No row names them; a text that an editor has placed them in is the editor's."""
    settings.MEDIA_ROOT = str(tmp_path)
    take(file, [story(1)], "--publish")
    image, placed = (builders.described(builders.image(), "A bridge.") for _each in range(2))
    paper = builders.attachment("Annual report")
    body = f'<p>At length.</p><figure data-image="{placed.pk}"></figure>'
    publish_as_an_editor(pictures=[image.pk], attachments=[paper.pk], body=body)
    take(file, [story(1, title="Mended", body_html="<p>Other.</p>")], *(["--publish"] if publish else []))
    edition = newest()
    assert (edition.number, edition.title, edition.body) == (3, "Mended", body)
    assert (edition.tags["pictures"], edition.tags["attachments"]) == ([image.pk], [paper.pk])
    assert edition.files["lead"]["alternative"] == "A bridge."
    held = EditionImage.objects.filter(edition=edition).order_by("image").values_list("image", flat=True)
    assert list(held) == [image.pk, placed.pk]
    assert EditionAttachment.objects.get(edition=edition).version.attachment_id == paper.pk


def test_a_history_that_grows_brings_its_editions(file):
    """Each from its own moment on; what the file does not say stays in them too."""
    first = {"number": 1, "state": "approved", "visible_from": "2020-05-04"}
    take(file, [story(1, state="approved", visible_from="2020-05-04", dateline="KYIV")])
    item = NewsItem.objects.get()
    second = {"number": 2, "state": "approved", "visible_from": "2021-05-04"}
    told = only(take(file, [story(1, summary="Second.", editions=[first | {"summary": "In short: 1."}, second])]))
    assert told["outcome"] == "published a new edition"
    assert [(edition.number, edition.dateline) for edition in item.editions.order_by("number")] == [
        (1, "KYIV"),
        (2, "KYIV"),
    ]
    assert str(newest().visible_from.date()) == "2021-05-03"


@pytest.mark.parametrize(("field", "name"), [("title", "title"), ("body_html", "body")])
def test_theirs_are_taken_where_that_is_asked_for(file, field, name):
    """Of the named fields alone."""
    take(file, [story(1)], "--publish")
    publish_as_an_editor(title="An editor’s", body="<p>An editor’s</p>", summary="An editor’s")
    row = story(1, summary="Other.")
    told = only(take(file, [row], "--publish", "--take-theirs", field))
    assert (set(told["changes"]), set(told["conflicts"])) == ({field}, {"summary"})
    assert getattr(newest(), name) == {"title": "Story 1", "body": "<p>Story 1, at length.</p>"}[name]


def test_a_scheduled_edition_is_kept(file):
    """A person has to take it back first."""
    take(file, [story(1, state="approved", visible_from="2199-01-01")])
    assert only(take(file, [story(1, title="Mended")]))["notes"] == [
        "edition 1 is scheduled: take it back on the site first"
    ]


def test_another_original_is_a_conflict(file):
    """The item would belong to another story."""
    rows = [story(1), story(2), story(3, language="de", translation_of="1")]
    take(file, rows)
    told = take(file, [story(3, language="de", translation_of="2")])
    numbers = dict(NewsItem.objects.values_list("source_id", "pk"))
    assert told[0]["conflicts"] == {"translation_of": [numbers["1"], numbers["2"]]}
    assert NewsItem.objects.get(source_id="3").translation_of_id == numbers["1"]


def test_the_items_own_address_is_no_former_one(file, settings):
    """An export's url is one."""
    take(file, [story(1, former_addresses=["/node/1"])])
    own = NewsItem.objects.get().get_absolute_url()
    take(file, [story(1, url=f"{settings.SITE_URL}{own}", former_addresses=["/node/1", "/node/2"])])
    assert list(FormerAddress.objects.values_list("path", flat=True)) == ["/node/1", "/node/2"]


def test_a_row_whose_removal_is_refused_writes_nothing_at_all(file):
    """Not its new title either; the plan says so before."""
    take(file, [story(1)], "--publish")
    row = story(
        1, title="Mended", removal={"kind": "consolidated", "leads_to": NewsItem.objects.get().get_absolute_url()}
    )
    planned = take(file, [row], "--publish", "--plan")
    assert take(file, [row], "--publish") == planned
    assert planned[0]["act"] == "rejected"
    assert "leads back to it" in planned[0]["problems"][0]
    assert Edition.objects.count() == 1


def test_a_row_may_publish_and_remove(file):
    """The edition begins before it ends, were it by an instant."""
    take(file, [story(1)], "--publish")
    row = story(1, title="Mended", removal={"kind": "consolidated", "leads_to": "/news/"})
    planned = take(file, [row], "--publish", "--plan")
    assert take(file, [row], "--publish") == planned
    assert planned[0]["outcome"] == "published a new edition, removed"
    assert newest().title == "Mended"
    assert newest().visible_from < newest().visible_until


def test_two_that_lead_to_each_other_are_refused(file):
    """A reader would never arrive."""
    gone = {"state": "approved", "visible_from": "2020-05-04"}
    rows = [
        story(1, removal={"kind": "consolidated", "leads_to": {"source_id": "2"}}, **gone),
        story(2, removal={"kind": "consolidated", "leads_to": {"source_id": "1"}}, **gone),
    ]
    planned = take(file, rows, "--plan")
    assert {one["act"] for one in planned} == {"rejected"}
    assert [one["problems"] for one in take(file, rows)] == [one["problems"] for one in planned]


def test_a_report_is_a_table_for_spreadsheets(file, tmp_path):
    """A line for each field; what looks like a formula is text."""
    report = tmp_path / "report.csv"
    take(file, [story(1)])
    take(file, [story(1, title="=1+1"), story(2, issued_by=["nobody"])], "--report", str(report))
    text = report.read_bytes().decode("utf-8-sig").splitlines()
    assert text[0] == "place,act,outcome,number,language,title,field,here,in the file,text"
    assert ",update,updated draft," in text[1]
    assert text[1].endswith(",title,Story 1,'=1+1,")
    assert "institution “nobody” is not known." in text[2]
    code, _out, err = run(file, "--report", "-")
    assert (code, "--report -: name a file" in err) == (2, True)
    code, _out, err = run(file, "--report", tmp_path)
    assert (code, f"--report {tmp_path}: it cannot be written" in err) == (2, True)


def test_what_is_exported_with_images_in_its_text_comes_back_unchanged(file):
    """The figures name numbers of this site, and an import of it knows them."""
    placed = builders.described(builders.image(), "A bridge.")
    builders.published(body=f'<p>At length.</p><figure data-image="{placed.pk}"></figure><p>More.</p>')
    call_command("export_news", "--output", str(file))
    assert ": unchanged " in run(file)[1]
