"""Whoever tries to change the record or to empty it, the database refuses."""

import pytest
from django.db import DatabaseError, connection, transaction

from record import immutability
from record.acts import record_act
from record.models import Act
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def act() -> Act:
    """Have one act in the record."""
    record_act("review", builders.topic("Minefields"), after={"remark": "Well done."})
    return Act.objects.get(verb="review")


def refused(sql: str) -> bool:
    """Try a statement past Django, and tell whether the database refused it for the record's sake."""
    with pytest.raises(DatabaseError, match=immutability.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return True


@pytest.mark.parametrize("column", [field.column for field in Act._meta.concrete_fields])
def test_no_column_of_an_act_can_be_written_again(act, column):
    """Not even with the value that it has."""
    assert refused(f"UPDATE record_act SET {column} = {column} WHERE id = {act.pk}")  # noqa: S608 - names and numbers of our own


def test_no_act_can_be_deleted(act):
    """Neither one nor all."""
    assert refused(f"DELETE FROM record_act WHERE id = {act.pk}")  # noqa: S608 - names and numbers of our own
    assert refused("DELETE FROM record_act")
    assert Act.objects.filter(pk=act.pk).exists()


def test_the_models_own_ways_end_at_the_triggers_too(act):
    """A script with the ORM gets no further."""
    for attempt in (act.save, act.delete, Act.objects.all().delete, lambda: Act.objects.update(actor="nobody")):
        with pytest.raises(DatabaseError, match=immutability.REFUSAL), transaction.atomic():
            attempt()


@pytest.mark.usefixtures("act")
def test_the_table_cannot_be_emptied_at_once():
    """TRUNCATE asks no trigger of a row."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    assert refused("TRUNCATE record_act")


def test_without_the_triggers_the_same_writes_would_succeed(act):
    """What the tests above see refused is refused by the triggers alone."""
    immutability.remove(using="default")
    Act.objects.filter(pk=act.pk).update(actor="nobody")
    act.delete()
    assert not Act.objects.filter(pk=act.pk).exists()
    immutability.install(using="default")
    record_act("review", builders.topic())
    assert refused("DELETE FROM record_act")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_an_act_cannot_be_replaced_by_another_of_its_number():
    """SQLite takes the old row away without asking the trigger of DELETE."""
    record_act("review", builders.topic("Mines"))
    names = ", ".join(f'"{field.column}"' for field in Act._meta.concrete_fields)
    values = names.replace('"actor"', "'nobody'")
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"REPLACE INTO record_act ({names}) SELECT {values} FROM record_act")  # noqa: S608 - our own names
    assert not Act.objects.filter(actor="nobody").exists()
