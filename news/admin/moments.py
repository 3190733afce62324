"""Moments as editors write and read them: a day and a time, and by which clock."""

import datetime
import re
import zoneinfo
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.models import Person
from taxonomy.dates import day_label, moment_label

YEARS = range(1900, 2200)  # what is outside is a slip of the finger, and breaks calendars
OFFSET = re.compile(r"(Z|[+-]\d\d:?\d\d)\s*$", re.IGNORECASE)  # would contradict the zone that is chosen beside it
FIRST, SECOND = "first", "second"  # of the two times that an hour comes


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A moment as the clocks of one time zone show it."""

    zone: str
    place: str
    text: str


@dataclass(frozen=True)
class WrittenMoment:
    """What stands in the input; `hour` is `FIRST` or `SECOND` where the clocks show the time twice."""

    text: str = ""
    zone: str = settings.TIME_ZONE
    hour: str = ""


def zones_of(user: Any) -> list[str]:
    """Return the clocks that a person compares: Vienna's, their own, UTC; one query."""
    own = Person.objects.filter(user=user.pk).values_list("time_zone", flat=True).first()
    return list(dict.fromkeys([settings.TIME_ZONE, own or settings.TIME_ZONE, "UTC"]))


def place_of(zone: str) -> str:
    """Name the place by which the time zone is known: Vienna, Buenos Aires."""
    return zone.rpartition("/")[2].replace("_", " ")


def clocks(moment: datetime.datetime, zones: Sequence[str]) -> list[Clock]:
    """Return the moment as each of the time zones shows it."""
    shown = []
    for zone in zones:
        with timezone.override(zoneinfo.ZoneInfo(zone)):
            shown.append(Clock(zone=zone, place=place_of(zone), text=moment_label(moment)))
    return shown


def write_moment(moment: datetime.datetime, zone: str = settings.TIME_ZONE) -> WrittenMoment:
    """Return what the input shows for a moment."""
    local = moment.astimezone(zoneinfo.ZoneInfo(zone)).replace(tzinfo=None)
    readings = readings_of(local, zone)
    hour = "" if len(readings) == 1 else FIRST if readings[0] == moment else SECOND
    return WrittenMoment(f"{local:%Y-%m-%dT%H:%M}", zone, hour)


def read_moment(written: WrittenMoment) -> datetime.datetime:
    """Return the moment that is meant.

    Raises:
        ValidationError: there is no such day or time, the clocks skip it, or they show it twice and none was chosen.
    """
    local = read_local_time(written.text)
    readings = dict(zip((FIRST, SECOND), readings_of(local, written.zone), strict=False))
    told = {"day": day_label(local.date()), "time": f"{local:%H:%M}", "place": place_of(written.zone)}
    if not readings:
        raise ValidationError(
            _("On %(day)s the clocks in %(place)s are put forward, and there is no %(time)s. Choose another time."),
            code="skipped_hour",
            params=told,
        )
    if len(readings) > 1 and written.hour not in readings:
        raise ValidationError(
            _("On %(day)s the clocks in %(place)s are put back, and %(time)s comes twice. Choose which one is meant."),
            code="repeated_hour",
            params=told,
        )
    return readings[written.hour if len(readings) > 1 else FIRST]


def read_local_time(text: str) -> datetime.datetime:
    """Return what was typed as a day and a time on a clock, which need not exist there.

    Raises:
        ValidationError: it is no day and time.
    """
    with timezone.override(datetime.UTC):  # which skips and repeats no hour
        typed = None if OFFSET.search(text) else forms.DateTimeField().to_python(text.strip())
    if typed is None or typed.year not in YEARS:
        raise ValidationError(_("Enter a valid date/time."), code="invalid")
    return typed.replace(tzinfo=None)


def readings_of(local: datetime.datetime, zone: str) -> list[datetime.datetime]:
    """Return the moments at which the clocks of a zone show this: none in the skipped hour, two in the repeated one."""
    clock = zoneinfo.ZoneInfo(zone)
    meant = {local.replace(tzinfo=clock, fold=fold).astimezone(datetime.UTC) for fold in (0, 1)}
    return sorted(moment for moment in meant if moment.astimezone(clock).replace(tzinfo=None) == local)


def offset_of(moment: datetime.datetime, zone: str) -> str:
    """Say how far the clocks are from UTC at the moment: UTC+02:00."""
    offset = f"{moment.astimezone(zoneinfo.ZoneInfo(zone)):%z}"
    return f"UTC{offset[:3]}:{offset[3:5]}"
