"""Dates as people write them on pages: 25 November 2025, 25.11.2025, 2025-11-25, with or without the time."""

import datetime
import re
from functools import cache
from itertools import product
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError

VIENNA = ZoneInfo("Europe/Vienna")
LONGEST = 60  # letters; more is no date
FIRST_YEAR, LAST_YEAR = 1900, 2199
CLOCK = re.compile(r"\b(\d{1,2})[:.h](\d{2})(?::\d{2})?(?!\d|\.\d)")
NUMBERS = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
WORDS = re.compile(r"(?:1er|(\d{1,2})(?:st|nd|rd|th)?)\.?\s+(?:de |of )?([^\W\d_]+)\.?,?\s+(?:de )?(\d{4})")


def parse_written_date(text: str, *, language: str) -> datetime.date | datetime.datetime | None:
    """Return the day, or the moment in Vienna where a time is written; None for what is neither.

    The name of the month may be in the language or in English.
    """
    if len(text) > LONGEST:
        return None
    try:
        written = _parse_iso(text) or _parse_words(text.casefold(), language)
    except ValueError:  # a day that no calendar has
        return None
    return written if written and is_plausible(written) else None


def is_plausible(written: datetime.date) -> bool:
    """Say whether news may bear the date: a slip of the pen such as 0205 or 20025 is none."""
    return FIRST_YEAR <= written.year <= LAST_YEAR


def moment_of(written: datetime.date | datetime.datetime) -> datetime.datetime:
    """Return the moment that is meant: of a day its beginning in Vienna, of a time without zone that of Vienna."""
    if not isinstance(written, datetime.datetime):
        written = datetime.datetime.combine(written, datetime.time(0), VIENNA)
    return written if written.tzinfo else written.replace(tzinfo=VIENNA)


def _parse_iso(text: str) -> datetime.date | datetime.datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    only_a_day = len(text) == len("2025-11-25")
    return datetime.date.fromisoformat(text) if only_a_day else moment_of(datetime.datetime.fromisoformat(text))


def _parse_words(text: str, language: str) -> datetime.date | datetime.datetime | None:
    numbers, words = NUMBERS.match(text), WORDS.match(text)
    if numbers:
        day, month, year, end = numbers[1], int(numbers[2]), numbers[3], numbers.end()
    elif words and (month := _months(language).get(words[2], 0)):
        day, year, end = words[1] or "1", words[3], words.end()
    else:
        return None
    date = datetime.date(int(year), month, int(day))
    rest = text[end:].strip(" ,–-")
    if not rest:
        return date
    clock = CLOCK.search(rest)
    return moment_of(datetime.datetime.combine(date, datetime.time(int(clock[1]), int(clock[2])))) if clock else None


@cache
def _months(language: str) -> dict[str, int]:
    """Return the months by their names, full and short, in the language and in English."""
    months: dict[str, int] = {}
    for code in ("en", "en_GB", {"cnr": "sr_Latn", "sr": "sr_Latn"}.get(language, language)):
        try:
            locale = Locale.parse(code)
        except UnknownLocaleError:
            continue
        for context, width in product(("format", "stand-alone"), ("wide", "abbreviated")):
            months |= {name.casefold().rstrip("."): number for number, name in locale.months[context][width].items()}
    return months
