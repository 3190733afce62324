"""Moments as they are typed: by which clock, in the hour that clocks skip, in the hour that they show twice."""

import datetime
import zoneinfo

import pytest
import time_machine
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from news.admin.moments import read_moment, readings_of, write_moment
from tests import builders
from tests.news.admin.desk import act, seen, submitted

NOW = datetime.datetime(2026, 11, 24, 9, 0, tzinfo=datetime.UTC)  # 10:00 in Vienna
ZONES = ["Europe/Vienna", "UTC", "America/New_York", "Asia/Tashkent", "Australia/Lord_Howe", "Africa/Casablanca"]


@pytest.fixture
def traveller(client: Client) -> Client:
    """Return the browser of an editor whose clock is New York's."""
    user = builders.member_of_staff("anna", *builders.EDITOR, "work_everywhere")
    user.person.time_zone = "America/New_York"
    user.person.save()
    client.force_login(user)
    return client


def approve_from(client: Client, text: str, **more: str):
    """Ask for an approval from a moment on; return the edition and the answer."""
    edition = submitted()
    said = {"later": "1", "approve-visible_from": text} | {f"approve-visible_from_{name}": more[name] for name in more}
    with time_machine.travel(NOW, tick=False):
        answer = client.post(act("approve", edition.item), seen(edition, **said))
    edition.refresh_from_db()
    return edition, answer


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("2026-12-03T10:00", {}, "2026-12-03T09:00"),
        ("2026-12-03T10:00", {"zone": "Europe/Vienna"}, "2026-12-03T09:00"),
        ("2026-12-03T10:00", {"zone": "America/New_York"}, "2026-12-03T15:00"),
        ("2026-12-03T10:00", {"zone": "UTC"}, "2026-12-03T10:00"),
        ("2027-10-31T02:30", {"hour": "first"}, "2027-10-31T00:30"),
        ("2027-10-31T02:30", {"hour": "second"}, "2027-10-31T01:30"),
        ("2027-10-31T02:30", {"zone": "UTC"}, "2027-10-31T02:30"),
        ("2027-11-07T01:30", {"zone": "America/New_York", "hour": "second"}, "2027-11-07T06:30"),
        ("2027-07-01T10:00", {"hour": "second"}, "2027-07-01T08:00"),
    ],
    ids=[
        "Vienna by itself",
        "Vienna",
        "own",
        "UTC",
        "first",
        "second",
        "UTC repeats nothing",
        "own, second",
        "no such",
    ],
)
def test_a_moment_is_taken_by_the_clock_that_was_chosen(traveller, text, more, expected):
    """Winter and summer, and the hour that comes twice."""
    edition, answer = approve_from(traveller, text, **more)
    assert answer.status_code == 302
    assert edition.visible_from == datetime.datetime.fromisoformat(f"{expected}:00+00:00")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "more", "complaint"),
    [
        ("", {}, "Choose the day and the time from which it is to be public."),
        ("2026-11-24T09:59", {}, "This moment has passed. Choose a later one, or now."),
        ("2026-11-24T09:59", {"zone": "UTC"}, None),
        ("2027-03-28T02:30", {}, "On 28 March 2027 the clocks in Vienna are put forward, and there is no 02:30."),
        ("2027-03-14T02:30", {"zone": "America/New_York"}, "On 14 March 2027 the clocks in New York are put forward"),
        ("2027-10-31T02:30", {}, "On 31 October 2027 the clocks in Vienna are put back, and 02:30 comes twice."),
        ("2027-10-31T02:30", {"hour": "third"}, "On 31 October 2027 the clocks in Vienna are put back"),
        ("2026-12-03T10:00", {"zone": "Asia/Tashkent"}, "Choose one of the time zones offered."),
        ("2026-12-03T10:00", {"zone": "../../etc/passwd"}, "Choose one of the time zones offered."),
        ("2026-12-03T10:00+05:00", {}, "Enter a valid date/time."),
        ("2026-02-30T10:00", {}, "Enter a valid date/time."),
        ("0001-01-01T00:00", {}, "Enter a valid date/time."),
        ("9999-12-31T23:59", {}, "Enter a valid date/time."),
        ("soon", {}, "Enter a valid date/time."),
    ],
)
def test_a_moment_that_cannot_be_is_refused_at_its_field(traveller, text, more, complaint):
    """Past, skipped and repeated hours, days that no calendar has; what was typed and chosen stays."""
    edition, answer = approve_from(traveller, text, **more)
    assert (edition.visible_from is None) is (complaint is not None)
    if complaint:
        field = answer.context["approval_form"]["visible_from"]
        assert field.errors[0].startswith(complaint)
        assert not text or f'value="{text}"' in answer.content.decode()


@pytest.mark.django_db
def test_the_repeated_hour_is_asked_about_with_the_offset_of_each(traveller):
    """Which is how people tell them apart."""
    _edition, answer = approve_from(traveller, "2027-10-31T02:30")
    found = answer.content.decode()
    fieldset = found[found.index('class="moment__hour"') :].partition("</fieldset>")[0]
    assert "hidden" not in fieldset
    assert fieldset.index("UTC+02:00") < fieldset.index("UTC+01:00")


@pytest.mark.django_db
def test_after_the_answer_the_moment_stands_there_by_every_clock(traveller):
    """For whoever has no scripts: here the date of issue lies after it."""
    edition = submitted(issued_at=datetime.datetime(2099, 1, 1, tzinfo=datetime.UTC))
    said = {"later": "1", "approve-visible_from": "2026-12-03T10:00", "approve-visible_from_zone": "UTC"}
    with time_machine.travel(NOW, tick=False):
        found = traveller.post(act("approve", edition.item), seen(edition, **said)).content.decode()
    for place, time in {"Europe/Vienna": "11:00", "America/New_York": "05:00", "UTC": "10:00"}.items():
        assert f'<dd data-clock="{place}">3 December 2026, {time}</dd>' in found


@given(
    moment=st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2100, 1, 1)).map(  # noqa: DTZ001 - made aware
        lambda moment: moment.replace(second=0, microsecond=0, tzinfo=datetime.UTC)
    ),
    zone=st.sampled_from(ZONES),
)
def test_what_is_shown_of_a_moment_is_read_as_the_same_moment(moment, zone):
    """In every zone, the repeated hour included."""
    assert read_moment(write_moment(moment, zone)) == moment


@given(
    local=st.datetimes(datetime.datetime(1990, 1, 1), datetime.datetime(2100, 1, 1)),  # noqa: DTZ001 - clocks show it
    zone=st.sampled_from(ZONES),
)
def test_a_time_on_the_clocks_has_no_reading_one_or_two_and_each_shows_it(local, zone):
    """Skipped, usual, repeated."""
    readings = readings_of(local, zone)
    assert len(readings) <= 2
    assert readings == sorted(readings)
    shown = [reading.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None) for reading in readings]
    assert all(time == local for time in shown)
