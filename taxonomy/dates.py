"""Days and moments as a reader of each language writes them, from CLDR; English is British, the zone is Vienna's."""

import datetime
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

# What CLDR calls a language of the site where its name says too little.
LOCALES = {"en": "en_GB", "sr": "sr_Latn", "cnr": "sr_Latn_ME"}
KEPT = 20_000  # labels; a year has 366 days and the site six languages


def day_label(day: datetime.date, *, language: str | None = None) -> str:
    """Write the day with its year, in the active language or the given one: 23 November 2026, 23 ноября 2026 г."""
    return _label(day, "long", language or get_language())


def short_day_label(day: datetime.date) -> str:
    """Write the day without its year: 23 November, 23. November."""
    return _label(day, "MMMMd", get_language())


def month_label(day: datetime.date) -> str:
    """Write the month and the year: November 2026, ноябрь 2026 г."""
    return _label(day, "yMMMM", get_language())


def moment_label(moment: datetime.datetime) -> str:
    """Write the day and the minute in Vienna: 23 November 2026, 09:00."""
    local = timezone.localtime(moment)
    return f"{day_label(local.date())}, {local:%H:%M}"


def vienna_label(moment: datetime.datetime) -> str:
    """Write a moment for sentences that say by no other word whose clock it is: 23 November 2026, 09:00 (Vienna)."""
    return f"{moment_label(moment)} ({_('Vienna')})"


@lru_cache(maxsize=KEPT)
def _label(day: datetime.date, form: str, language: str | None) -> str:
    locale = LOCALES.get(language or "en", language or "en")
    return format_date(day, form, locale) if form == "long" else format_skeleton(form, day, locale=locale)
