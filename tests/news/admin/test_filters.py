"""The editors' list: what it says of each item, and how it is narrowed."""

import datetime

import pytest
import time_machine
from django.urls import reverse

from news import workflow
from tests import builders

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)  # 10:00 in Vienna


def test_the_list_names_each_item_by_its_newest_title_and_says_how_far_it_is(desk):
    """The four states, in words; a moment as Vienna's clocks show it."""
    with time_machine.travel(NOW, tick=False):
        builders.draft("Only a draft")
        builders.published("Read by all")
        reopened = builders.published("Old title")
        again = workflow.open_edition(reopened.item, by=None)
        workflow.save_draft(again, builders.content("New title"), by=None)
        workflow.approve(
            builders.draft("To come"), visible_from=datetime.datetime(2026, 12, 3, 9, tzinfo=datetime.UTC), by=None
        )
        found = desk.get(reverse("admin:news_newsitem_changelist")).content.decode()
    for words in ("Only a draft", "Read by all", "New title", "To come"):
        assert words in found
    assert "Old title" not in found
    for state in ("draft", "public", "public; a new edition is being written", "scheduled for 3 December 2026, 10:00"):
        assert f'<td class="field-state">{state}</td>' in found


def test_the_list_costs_the_same_number_of_queries_however_many_items(desk, django_assert_num_queries):
    """Session, user, two of permissions, the count, the items, their editions."""
    address = reverse("admin:news_newsitem_changelist")
    for number in range(25):
        builders.published(f"Story {number}")
    desk.get(address)
    with django_assert_num_queries(7):
        desk.get(address)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("state=draft", {"Draft"}),
        ("state=scheduled", {"Scheduled"}),
        ("state=public", {"Public", "Reopened"}),
        ("state=reopened", {"Reopened"}),
        ("state=invented", set()),
        ("kind=speech", {"Draft"}),
        ("language=fr", {"Public"}),
        ("q=sched", {"Scheduled"}),
        ("q=nothing+of+the+kind", set()),
    ],
)
def test_the_list_is_narrowed_by_state_kind_language_and_words(desk, asked, expected):
    """Each filter keeps exactly what it names."""
    builders.draft("Draft", kind="speech")
    builders.published("Public", language="fr")
    workflow.open_edition(builders.published("Reopened").item, by=None)
    workflow.approve(
        builders.draft("Scheduled"), visible_from=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC), by=None
    )
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
