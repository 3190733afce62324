"""The desk: what waits for whom, on the first page of the admin and on a page of its own."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from news import workflow
from news.admin.desk import ROWS
from news.models import Edition
from record.actors import acting
from tests import builders
from tests.news.admin.desk import submitted

pytestmark = pytest.mark.django_db

DESK = reverse("admin:news_newsitem_desk")
NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)


def later(days: int) -> datetime.datetime:
    """Return a moment some days ahead."""
    return NOW + datetime.timedelta(days=days)


def sections(response) -> dict[str, list[str]]:
    """Return the titles on the desk by section."""
    return {part["section"].key: [row.edition.title for row in part["rows"]] for part in response.context["sections"]}


def written_by(user, title: str, **fields) -> Edition:
    """Create an item whose draft the user wrote."""
    return workflow.create_item(builders.content(title, **fields), by=user)


def test_each_section_holds_what_waits_for_this_person(publishing, publisher):
    """What others submitted; what is one's own; what comes by itself, the next one first; what is flagged or gone."""
    other = builders.member_of_staff("olga", *builders.PUBLISHER, "work_everywhere")
    with time_machine.travel(NOW, tick=False):
        submitted("Of others")
        written_by(other, "Draft of others")
        written_by(publisher, "My draft")
        workflow.submit(written_by(publisher, "My submitted"), by=publisher)
        sent = workflow.submit(written_by(publisher, "My returned"), by=publisher)
        workflow.send_back(sent, remark="No.", by=other)
        workflow.approve(submitted("Second to come"), visible_from=later(9), by=None)
        workflow.approve(submitted("First to come"), visible_from=later(2), by=None)
        workflow.force(builders.draft("Forced"), reason="R", by=publisher)
        reviewed = workflow.force(builders.draft("Reviewed"), reason="R", by=publisher)
        workflow.review(reviewed, by=other)
        for kind in ("withdrawn", "error"):
            wish = workflow.RemovalWish(kind=kind, reason="R", explanation="E")
            workflow.remove(builders.published(f"Gone: {kind}").item, wish, by=None)
        builders.published("Public")
        expected = {
            "forced": ["Forced"],
            "to-approve": ["Of others"],
            "returned": ["My returned"],
            "drafts": ["My draft"],
            "submitted": ["My submitted"],
            "scheduled": ["First to come", "Second to come"],
            "removed": ["Gone: error", "Gone: withdrawn"],
        }
        assert sections(publishing.get(DESK)) == expected
        assert sections(publishing.get(reverse("admin:index"))) == expected


def test_nobody_sees_more_than_what_is_at_home_and_what_their_rights_are_for(client):
    """A writer has nothing to approve and nothing to review; other institutions' items are on other desks."""
    own = builders.institution()
    writer = builders.member_of_staff("wanda", *builders.WRITER, home=[own])
    submitted("Ours", issued_by=[own.pk])
    workflow.approve(
        submitted("Ours to come", issued_by=[own.pk]),
        visible_from=datetime.datetime.max.replace(year=2100, tzinfo=datetime.UTC),
        by=None,
    )
    workflow.approve(
        submitted("Theirs to come"), visible_from=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC), by=None
    )
    person = builders.member_of_staff("olga", *builders.PUBLISHER, "work_everywhere")
    workflow.force(builders.draft("Forced", issued_by=[own.pk]), reason="R", by=person)
    workflow.remove(
        builders.published("Theirs, gone").item,
        workflow.RemovalWish(kind="error", reason="R"),
        by=None,
    )
    client.force_login(writer)
    assert sections(client.get(DESK)) == {"scheduled": ["Ours to come"]}
    editor = builders.member_of_staff("edgar", *builders.EDITOR, home=[own])
    client.force_login(editor)
    assert sections(client.get(DESK)) == {"to-approve": ["Ours"], "scheduled": ["Ours to come"]}


def test_a_row_says_what_it_is_who_issues_it_who_sent_it_and_since_when(publishing):
    """And leads to the item."""
    issuer = builders.institution("Mission to Moldova")
    with time_machine.travel(NOW, tick=False), acting("boris (Boris Berg)"):
        edition = submitted("Talks", issued_by=[issuer.pk], kind="press-release")
    found = publishing.get(DESK).content.decode()
    assert f'<a href="{reverse("admin:news_newsitem_change", args=[edition.item_id])}">Talks</a>' in found
    facts = "Press release · Mission to Moldova · boris (Boris Berg) · since 24 November 2026, 10:00"
    assert facts in found


def test_an_empty_desk_says_so_and_no_desk_is_drawn_for_who_has_no_right(publishing, client):
    """The first page of the admin serves those who look after taxonomy alone too."""
    assert "Nothing waits for you." in publishing.get(DESK).content.decode()
    client.force_login(builders.member_of_staff("clerk", "view_country"))
    assert "Nothing waits for you." not in client.get(reverse("admin:index")).content.decode()


def test_a_long_section_ends_with_a_link_to_the_filtered_list(publishing):
    """Which holds all of them and nothing else."""
    for number in range(ROWS + 2):
        submitted(f"Story {number}")
    written_by(builders.member_of_staff("olga", *builders.WRITER, "work_everywhere"), "A draft")
    part = publishing.get(DESK).context["sections"][0]
    assert len(part["rows"]) == ROWS
    assert part["has_more"]
    listed = publishing.get(part["address"]).context["cl"]
    assert listed.result_count == ROWS + 2


@pytest.mark.parametrize("size", [1, 15])
def test_the_desk_costs_the_same_number_of_queries_however_many_rows(
    publishing, publisher, size, django_assert_num_queries
):
    """Session, user, two of permissions; seven sections, one more for removals; who did it."""
    for number in range(size):
        submitted(f"Submitted {number}")
        written_by(publisher, f"Draft {number}")
        workflow.force(builders.draft(f"Forced {number}"), reason="R", by=publisher)
        wish = workflow.RemovalWish(kind="withdrawn", reason="R", explanation="E")
        workflow.remove(builders.published(f"Gone {number}").item, wish, by=None)
    publishing.get(DESK)
    with django_assert_num_queries(13):
        publishing.get(DESK)
