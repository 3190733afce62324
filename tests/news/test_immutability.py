"""Approved editions never change, whoever writes."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from news import workflow
from news.models import Edition, EditionCountry, EditionInstitution, EditionTopic
from tests import builders

MOVING = {
    "visible_until": datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC),
    "listed_until": datetime.datetime(2031, 1, 1, tzinfo=datetime.UTC),
    "is_retracted": True,
}
FIXED = sorted(
    field.name
    for field in Edition._meta.concrete_fields
    if field.name not in MOVING and field.name not in {"id", "state"}
)


def another_value(edition: Edition, name: str) -> object:
    """Return a value of the column's type that the edition does not hold."""
    field = Edition._meta.get_field(name)
    if field.is_relation:
        return builders.draft().pk if name == "renders" else builders.draft().item_id
    kinds = {
        "DateTimeField": datetime.datetime(2021, 5, 5, tzinfo=datetime.UTC),
        "BooleanField": not getattr(edition, name),
        "PositiveIntegerField": 77,
        "JSONField": {"countries": [1]},
    }
    return kinds.get(field.get_internal_type(), "other")


@pytest.mark.django_db
def test_the_model_refuses_to_save_an_approved_edition():
    """The message names the edition and says what to do."""
    edition = builders.published("Signed and sealed")
    edition.title = "Another title"
    with pytest.raises(ValidationError, match="Edition 1 of “Another title” is approved"):
        edition.save()


@pytest.mark.django_db
@pytest.mark.parametrize("name", FIXED)
def test_the_database_refuses_to_change_a_column_of_an_approved_edition(name):
    """Around the model too: a queryset's update is refused."""
    edition = builders.published()
    value = another_value(edition, name)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(**{name: value})


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MOVING))
def test_the_ends_of_visibility_may_move(name):
    """These are the columns that removal and the next edition set."""
    edition = builders.published()
    assert Edition.objects.filter(pk=edition.pk).update(**{name: MOVING[name]}) == 1


@pytest.mark.django_db
def test_an_approved_edition_may_go_back_to_a_draft_with_the_same_content():
    """The trigger allows unscheduling; that its moment has not come is the verb's to check."""
    edition = builders.published()
    assert Edition.objects.filter(pk=edition.pk).update(state="draft", visible_from=None) == 1


@pytest.mark.django_db
def test_an_approved_edition_may_not_go_back_to_a_draft_with_other_content():
    """Else unscheduling would be a way around."""
    edition = builders.published()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(state="draft", visible_from=None, title="Other")


@pytest.mark.django_db
def test_the_database_refuses_to_delete_an_approved_edition():
    """By raw SQL as well."""
    edition = builders.published()
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM news_edition WHERE id = %s", [edition.pk])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("model", "column", "build"),
    [
        pytest.param(EditionCountry, "country", builders.country, id="country"),
        pytest.param(EditionInstitution, "institution", builders.institution, id="institution"),
        pytest.param(EditionTopic, "topic", builders.topic, id="topic"),
    ],
)
def test_the_tags_of_an_approved_edition_cannot_be_added_changed_or_taken(model, column, build):
    """A tag decides in which lists an edition stands."""
    tagged, other = build(), build()
    fields = {"country": "countries", "institution": "issued_by", "topic": "topics"}
    edition = builders.published(**{fields[column]: [tagged.pk]})
    rows = model.objects.filter(edition=edition)
    acts = [
        lambda: model.objects.create(edition=edition, **{column: other}),
        lambda: rows.update(**{column: other}),
        rows.delete,
    ]
    for act in acts:
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            act()


@pytest.mark.django_db
def test_a_draft_and_its_tags_change_freely():
    """Nothing of this concerns what is still being written."""
    edition = builders.draft("Draft")
    saved = workflow.save_draft(edition, builders.content("Changed", topics=[builders.topic().pk]), by=None)
    assert Edition.objects.get(pk=saved.pk).title == "Changed"


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="the exclusion constraint is PostgreSQL's")
def test_two_editions_of_an_item_can_never_be_visible_at_once():
    """PostgreSQL itself holds it, closed intervals included."""
    first = builders.published()
    second = workflow.approve(workflow.open_edition(first.item, by=None), by=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        Edition.objects.filter(pk=first.pk).update(visible_until=second.visible_from + datetime.timedelta(days=1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_number", [1, 2])
def test_the_triggers_stand_again_after_a_test_with_real_commits(round_number):
    """The second round would fail on what the first one's clean-up left."""
    edition = builders.published()
    with pytest.raises(DatabaseError, match="never changes"):
        Edition.objects.filter(pk=edition.pk).update(title=f"Round {round_number}")


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
@pytest.mark.parametrize("way", ["by its number", "by its place in the item"])
def test_an_approved_edition_cannot_be_replaced_by_another_row(way):
    """SQLite takes the old row away without asking the trigger of DELETE."""
    edition, draft = builders.published("Signed and sealed"), builders.draft("Forged")
    names = ", ".join(f'"{field.column}"' for field in Edition._meta.concrete_fields)
    forged = names.replace('"title"', "'Forged'")
    insert = f"REPLACE INTO news_edition ({names}) SELECT {forged} FROM news_edition WHERE id = %s"  # noqa: S608 - ours
    statements = {
        "by its number": (insert, [edition.pk]),
        "by its place in the item": (
            "UPDATE OR REPLACE news_edition SET item_id = %s, number = 1 WHERE id = %s",
            [edition.item_id, draft.pk],
        ),
    }
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(*statements[way])
    assert Edition.objects.get(pk=edition.pk).title == "Signed and sealed"
