"""Days and moments as an address holds them: `from=2025-11-01`, `at=2025-11-26T10:00:00Z`."""

import calendar
import datetime
import re

from django.utils import timezone

from news.clock import clock
from news.unknown_values import UnknownValue

PART_OF_A_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?", re.ASCII)
DECEMBER = 12
FIRST_YEAR, LAST_YEAR = 1900, 2199  # beyond them a date is a slip


def past_moment(text: str) -> datetime.datetime:
    """Return the moment that the parameter `at` of an address asks for, in UTC.

    Raises:
        UnknownValue: it is no moment, or one that has not come.
    """
    try:
        moment = read_moment(text)
    except (ValueError, OverflowError) as error:
        raise UnknownValue("at", text) from error
    if moment > clock.now():
        raise UnknownValue("at", text)
    return moment


def read_moment(text: str) -> datetime.datetime:
    """Return the second that is written in ISO 8601, in UTC.

    Without an offset it is Vienna's; a day alone is its last second in Vienna, the present one where it is today.

    Raises:
        ValueError, OverflowError: it is no moment.
    """
    if not {"T", " ", ":"} & set(text):
        return _end_of(datetime.date.fromisoformat(text))
    written = datetime.datetime.fromisoformat(text.replace(" ", "+"))  # the "+" of an offset arrives as a space
    local = timezone.make_aware(written) if timezone.is_naive(written) else written
    return local.astimezone(datetime.UTC).replace(microsecond=0)


def moment_text(moment: datetime.datetime) -> str:
    """Write the moment as an address holds it: 2025-11-26T10:00:00Z."""
    return moment.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() + "Z"


def read_day(text: str, *, is_end: bool) -> datetime.date:
    """Return the day that is written as 2025-11-26; of a month or a year alone its first day, or its last one.

    Raises:
        ValueError: it is no day.
    """
    part = PART_OF_A_DATE.fullmatch(text)
    day = datetime.date.fromisoformat(text) if part is None else _end_of_part(part, is_end=is_end)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{day.year} is no year of this archive.")
    return day


def start_of(day: datetime.date) -> datetime.datetime:
    """Return the moment at which the day begins in Vienna."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


def _end_of_part(part: re.Match[str], *, is_end: bool) -> datetime.date:
    """Return the first or the last day of a year or a month."""
    year = int(part[1])
    month = int(part[2]) if part[2] else (DECEMBER if is_end else 1)
    first = datetime.date(year, month, 1)
    return first.replace(day=calendar.monthrange(year, month)[1]) if is_end else first


def _end_of(day: datetime.date) -> datetime.datetime:
    last = timezone.make_aware(datetime.datetime.combine(day, datetime.time.max)).astimezone(datetime.UTC)
    last = last.replace(microsecond=0)
    return min(last, clock.now().replace(microsecond=0)) if day == timezone.localdate() else last
