"""The editors' list: what it says of each item, and how it is narrowed."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from news import workflow
from tests import builders
from tests.news.admin.desk import submitted

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)  # 10:00 in Vienna


def test_the_list_names_each_item_by_its_newest_title_and_says_how_far_it_is(desk):
    """In words; a moment as Vienna's clocks show it."""
    with time_machine.travel(NOW, tick=False):
        builders.draft("Only a draft")
        builders.published("Read by all")
        reopened = builders.published("Old title")
        again = workflow.open_edition(reopened.item, by=None)
        workflow.save_draft(again, builders.content("New title"), by=None)
        later = datetime.datetime(2026, 12, 3, 9, tzinfo=datetime.UTC)
        workflow.approve(builders.draft("To come"), visible_from=later, by=None)
        submitted("Waiting")
        withdrawn = builders.published("No longer true")
        workflow.remove(withdrawn.item, workflow.RemovalWish(kind="withdrawn", reason="R", explanation="E"), by=None)
        found = desk.get(reverse("admin:news_newsitem_changelist")).content.decode()
    for words in ("Only a draft", "Read by all", "New title", "To come", "Waiting", "No longer true"):
        assert words in found
    assert "Old title" not in found
    states = ["draft", "public", "scheduled for 3 December 2026, 10:00 (Vienna)", "submitted", "removed: withdrawn"]
    assert [state for state in states if f'<td class="field-state">{state}</td>' not in found] == []


def test_the_list_costs_the_same_number_of_queries_however_many_items(desk, django_assert_num_queries):
    """Session, user, two of permissions, the count, the items, their editions, their removals."""
    address = reverse("admin:news_newsitem_changelist")
    for number in range(25):
        builders.published(f"Story {number}")
    desk.get(address)
    with django_assert_num_queries(8):
        desk.get(address)


EVERYTHING = (*builders.PUBLISHER, "work_everywhere")


def written_by(user, title):
    """Create an item whose first edition the user wrote and submitted."""
    return workflow.submit(workflow.create_item(builders.content(title), by=user), by=user)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("state=draft", {"Draft", "Reopened"}),
        ("state=submitted", {"Submitted"}),
        ("state=returned", {"Returned"}),
        ("state=scheduled", {"Scheduled"}),
        ("state=public", {"Public", "Reopened", "Forced", "Withdrawn"}),
        ("state=reopened", {"Reopened"}),
        ("state=forced", {"Forced"}),
        ("state=withdrawn", {"Withdrawn"}),
        ("state=removed", {"Withdrawn", "In error"}),
        ("hand=own", {"Returned"}),
        ("hand=others", {"Draft", "Reopened", "Submitted"}),
        ("hand=invented", set()),
        ("state=invented", set()),
        ("kind=speech", {"Draft"}),
        ("language=fr", {"Public"}),
        ("q=sched", {"Scheduled"}),
        ("q=nothing+of+the+kind", set()),
    ],
)
def test_the_list_is_narrowed_by_state_hand_kind_language_and_words(desk, editor, asked, expected):
    """Each filter keeps exactly what it names."""
    builders.draft("Draft", kind="speech")
    builders.published("Public", language="fr")
    workflow.open_edition(builders.published("Reopened").item, by=None)
    later = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
    workflow.approve(builders.draft("Scheduled"), visible_from=later, by=None)
    submitted("Submitted")
    workflow.send_back(written_by(editor, "Returned"), remark="Why?", by=None)
    workflow.force(builders.draft("Forced"), reason="R", by=builders.member_of_staff("", *EVERYTHING))
    for title, kind in (("Withdrawn", "withdrawn"), ("In error", "error")):
        wish = workflow.RemovalWish(kind=kind, reason="R", explanation="E")
        workflow.remove(builders.published(title).item, wish, by=None)
    answer = desk.get(f"{reverse('admin:news_newsitem_changelist')}?{asked}")
    assert {item.editions.all()[0].title for item in answer.context["cl"].result_list} == expected


def test_the_institution_filter_includes_what_is_below_it(desk):
    """Choosing a parent includes its descendants, as everywhere."""
    parent = builders.institution("Secretariat")
    child = builders.institution("Press section", parent=parent)
    builders.published("Of the child", issued_by=[child.pk])
    builders.published("Of another")
    answer = desk.get(f"{reverse('admin:news_newsitem_changelist')}?institution={parent.pk}")
    assert [item.editions.all()[0].title for item in answer.context["cl"].result_list] == ["Of the child"]


@pytest.mark.parametrize("form", ["{number}", "/news/{number}/any-slug/", "https://site.example/fr/news/{number}/x/"])
def test_the_list_finds_an_item_by_its_number_and_by_its_address(desk, form):
    """Editors paste what they have."""
    builders.published("Another")
    edition = builders.published("Sought")
    answer = desk.get(reverse("admin:news_newsitem_changelist"), {"q": form.format(number=edition.item_id)})
    assert edition.item_id in [item.pk for item in answer.context["cl"].result_list]


def titles_listed(client):
    """Return the titles of the newest editions in the list."""
    found = client.get(reverse("admin:news_newsitem_changelist")).context["cl"].result_list
    return {item.editions.all()[0].title for item in found}


def test_the_list_holds_only_what_is_at_home(client):
    """What the person's institutions and those below them issue, and what nobody issues yet but the person wrote."""
    own = builders.institution("Own")
    below = builders.institution("Below", parent=own)
    user = builders.member_of_staff("wanda", *builders.WRITER, home=[own])
    builders.published("Of the house", issued_by=[own.pk])
    builders.published("Of its section", issued_by=[below.pk])
    builders.published("Of both", issued_by=[builders.institution().pk, below.pk])
    workflow.create_item(workflow.Content(title="Begun"), by=user)
    builders.draft("Of nobody", issued_by=[])
    builders.published("Of others")
    moved = builders.published("Once ours", issued_by=[own.pk])
    draft = workflow.save_draft(workflow.open_edition(moved.item, by=None), builders.content("Theirs soon"), by=None)
    client.force_login(user)
    at_home = {"Of the house", "Of its section", "Of both", "Begun"}
    assert titles_listed(client) == at_home | {"Theirs soon"}  # what is public is still ours
    workflow.approve(draft, by=None)
    assert titles_listed(client) == at_home
