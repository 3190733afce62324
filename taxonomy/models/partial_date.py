"""Dates of which only the year, or the month, may be known."""

import datetime
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from taxonomy.dates import day_label, month_label

SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def validate_partial_date(value: str) -> None:
    """Refuse what is not `2004`, `2004-05` or `2004-05-03`, or names a day that no calendar has."""
    if not _is_partial_date(value):
        raise ValidationError(
            _("“%(value)s” is not a date. Write a year (2004), a month (2004-05) or a day (2004-05-03)."),
            params={"value": value},
            code="partial_date",
        )


def _is_partial_date(value: str) -> bool:
    match = SHAPE.fullmatch(value)
    if match is None:
        return False
    try:
        datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def format_partial_date(value: str) -> str:
    """Write the date in the reader's language, as exactly as it is known."""
    match = SHAPE.fullmatch(value)
    if match is None:
        return value
    year, month, day = match.groups()
    if not month:
        return year
    date = datetime.date(int(year), int(month), int(day or 1))
    return day_label(date) if day else month_label(date)


class PartialDateField(models.CharField):
    """A year, a month or a day in ISO form, empty when not known; as text it sorts in the order of time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        defaults: dict[str, Any] = {
            "max_length": 10,
            "blank": True,
            "default": "",
            "validators": [validate_partial_date],
        }
        super().__init__(*args, **defaults | kwargs)
