"""What a verb hands over is kept as JSON that needs nothing else to be read."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils.translation import gettext_lazy

from record.acts import act_on, record_act, record_acts
from record.models import Act
from tests import builders

pytestmark = pytest.mark.django_db

NINE = datetime.datetime(2026, 11, 24, 9, 0, 30, 5, tzinfo=datetime.UTC)


def test_moments_are_kept_in_utc_and_records_by_name_and_number():
    """Whatever the caller has in hand."""
    country, topic = builders.country("Malta"), builders.topic("Mines")
    after = {
        "visible_from": NINE.astimezone(ZoneInfo("Europe/Vienna")),
        "day": NINE.date(),
        "country": country,
        "topics": [topic],
        "state": gettext_lazy("approved"),
        "tags": {"issued_by": (1, 2)},
        "note": None,
    }
    record_act("approve", topic, before={"state": "draft"}, after=after, reason="In time.", concerns=country)
    act = Act.objects.get(verb="approve")
    assert act.after == {
        "visible_from": "2026-11-24T09:00:30.000005+00:00",
        "day": "2026-11-24",
        "country": f"Malta ({country.pk})",
        "topics": [f"Mines ({topic.pk})"],
        "state": "approved",
        "tags": {"issued_by": [1, 2]},
        "note": None,
    }
    assert (act.before, act.reason) == ({"state": "draft"}, "In time.")
    assert act in Act.objects.on(country)
    assert act in Act.objects.on(topic)


def test_an_act_knows_its_moment_to_the_microsecond():
    """The clock's, not the database's day."""
    with time_machine.travel(NINE, tick=False):
        record_act("review", builders.topic())
    assert Act.objects.get(verb="review").at == NINE


def test_many_acts_cost_one_statement(django_assert_num_queries):
    """An import writes thousands."""
    topics = [builders.topic() for _ in range(20)]
    with django_assert_num_queries(1):
        record_acts(act_on("import", topic) for topic in topics)
    assert Act.objects.filter(verb="import").count() == 20


def test_a_name_longer_than_its_column_is_cut():
    """An act is never lost for its length."""
    topic = builders.topic("Mines")
    topic.name = "M" * 400
    record_act("review", topic)
    assert Act.objects.get(verb="review").title == "M" * 300
