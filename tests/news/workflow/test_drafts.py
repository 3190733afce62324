"""The verbs of an open edition."""

import datetime

import pytest

from news import workflow
from news.models import Contribution, Edition
from record.models import Act
from tests import builders

pytestmark = pytest.mark.django_db


def test_submitting_names_everything_that_is_missing_at_once():
    """A writer mends all of it in one go; the draft stays as it was."""
    edition = workflow.create_item(workflow.Content(title="Bare"), by=None)
    with pytest.raises(workflow.WorkflowError) as refused:
        workflow.submit(edition, by=None)
    assert "a summary, a text, the date of issue, an issuing institution" in refused.value.messages[0]
    edition.refresh_from_db()
    assert edition.state == Edition.State.DRAFT


@pytest.mark.parametrize("mended", [{"is_minor": True}, {"change_note": "The date is corrected."}], ids=str)
def test_a_second_edition_needs_a_word_for_readers_unless_it_is_minor(mended):
    """A correction is told, or said to be none."""
    first = builders.published(issued_by=[builders.institution().pk])
    second = workflow.open_edition(first.item, by=None)
    with pytest.raises(workflow.WorkflowError, match="what has changed"):
        workflow.submit(second, by=None)
    content = builders.content("A story", issued_by=first.tags["issued_by"], **mended)
    workflow.save_draft(second, content, by=None)
    assert workflow.submit(second, by=None).state == Edition.State.SUBMITTED


def test_the_next_edition_begins_with_the_content_of_the_last_and_without_its_note():
    """What changed last time is no news of this one."""
    first = builders.published("A story", change_note="Old note", topics=[builders.topic().pk])
    second = workflow.open_edition(first.item, by=None)
    assert (second.title, second.tags, second.change_note) == ("A story", first.tags, "")


def test_what_was_returned_is_a_draft_again_once_it_is_written_and_shows_its_remark_until_it_is_submitted():
    """The remark stands by the form as long as the work lasts."""
    edition = workflow.submit(builders.draft("A story"), by=None)
    workflow.send_back(edition, by=None, remark=" Name the source. ")
    edition.refresh_from_db()
    assert (edition.state, edition.remark) == (Edition.State.RETURNED, "Name the source.")
    content = builders.content("Another", issued_by=edition.tags["issued_by"])
    edition = workflow.save_draft(edition, content, by=None)
    assert (edition.state, edition.remark) == (Edition.State.DRAFT, "Name the source.")
    assert workflow.submit(edition, by=None).remark == ""


def test_returning_needs_a_remark():
    """A writer is told what to mend."""
    edition = workflow.submit(builders.draft(), by=None)
    with pytest.raises(workflow.WorkflowError, match="what has to be mended"):
        workflow.send_back(edition, by=None, remark=" ")


def test_who_writes_and_who_submits_is_remembered():
    """Each once, however often."""
    institution = builders.institution()
    ina = builders.member_of_staff("ina", *builders.WRITER, home=[institution])
    content = builders.content("A story", issued_by=[institution.pk])
    edition = workflow.create_item(content, by=ina)
    workflow.save_draft(edition, content, by=ina)
    workflow.submit(edition, by=ina)
    parts = Contribution.objects.filter(edition=edition, person=ina).order_by("part").values_list("part", flat=True)
    assert list(parts) == ["submitted", "wrote"]


def test_the_record_keeps_what_a_saving_changed_and_nothing_of_what_it_did_not():
    """Before and after, by field."""
    edition = builders.draft(
        "Old title", summary="The same.", issued_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    )
    content = workflow.content_of(edition)
    values = content.fields() | content.tags()
    edition = workflow.save_draft(edition, workflow.Content(**values | {"title": "New title"}), by=None)
    act = Act.objects.get(verb="write")
    assert (act.before, act.after) == ({"title": "Old title"}, {"title": "New title"})
    assert (act.concerned_model, act.concerned_number) == ("news.newsitem", str(edition.item_id))
    workflow.save_draft(edition, workflow.content_of(edition), by=None)
    assert Act.objects.filter(verb="write").count() == 1


def test_a_draft_that_was_discarded_meanwhile_is_said_to_be_gone():
    """Nothing is brought back by a late click."""
    edition = builders.draft()
    workflow.discard(edition, by=None)
    for act in (workflow.submit, workflow.approve, workflow.discard):
        with pytest.raises(workflow.WorkflowError, match="gone"):
            act(edition, by=None)


def test_a_translation_renders_the_newest_approved_edition_of_its_original():
    """Also when it is taken up again after the original has moved on."""
    original = builders.published("A story")
    translation = builders.published("Une histoire", language="fr", translation_of=original.item)
    assert translation.renders == original
    moved_on = builders.next_edition(original, "A better story")
    assert workflow.open_edition(translation.item, by=None).renders == moved_on


def test_the_record_names_what_a_draft_is_tagged_with():
    """A number alone says nothing in ten years."""
    secretariat, austria = builders.institution("Secretariat"), builders.country("Austria")
    builders.draft("A story", issued_by=[secretariat.pk], countries=[austria.pk])
    after = Act.objects.get(verb="create", model="news.edition").after
    assert after["issued_by"] == [f"Secretariat ({secretariat.pk})"]
    assert after["countries"] == [f"Austria ({austria.pk})"]
