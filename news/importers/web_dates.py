"""Moments as the web writes them: `Tue, 25 Nov 2025 10:30:00 CET`, `2025-11-25T10:30:00+01:00`, 25 November 2025."""

import datetime
import re
from email.utils import parsedate_to_datetime

from news.importers.written_dates import parse_written_date

# Those that RFC 822 does not name; without them they would count as no zone at all.
ZONES = {
    "CET": "+0100", "MEZ": "+0100", "WEST": "+0100", "BST": "+0100", "WET": "+0000", "Z": "+0000",
    "CEST": "+0200", "MESZ": "+0200", "EET": "+0200", "EEST": "+0300", "MSK": "+0300", "TRT": "+0300",
}  # fmt: skip
KNOWN = frozenset({"UT", "UTC", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"})
LONGEST = 100  # letters; more is no moment
ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}.*))?", re.ASCII)
ZONE = re.compile(r"\s([A-Z]{1,5})(?:\s*\(.*\))?$")


def iso_of(text: str, *, language: str) -> str:
    """Return a moment as ISO 8601 has it; what is none as it is: whoever checks it says so."""
    if len(text) > LONGEST or ISO.match(text):
        return text
    zone = ZONE.search(text)
    if zone and zone[1] in ZONES:
        text = f"{text[: zone.start()]} {ZONES[zone[1]]}"
    is_mail = not zone or zone[1] in ZONES or zone[1] in KNOWN
    written = (_as_in_mail(text) if is_mail else None) or parse_written_date(text, language=language)
    return written.isoformat() if written else text


def _as_in_mail(text: str) -> datetime.datetime | None:
    """Return the moment that a mail would have so in its head, None where it is written otherwise."""
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
