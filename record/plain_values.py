"""Values as the record keeps them: JSON that still says what it meant when all that it names is gone."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import models


def plain(value: Any) -> Any:
    """Return a value as JSON: moments in UTC, records by name and number, whatever JSON lacks as text."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime.datetime():
            return (value.astimezone(datetime.UTC) if value.tzinfo else value).isoformat()
        case models.Model():
            return f"{value} ({value.pk})"
        case Mapping():
            return {str(name): plain(part) for name, part in value.items()}
        case list() | tuple() | set() | frozenset() | models.QuerySet():
            return [plain(part) for part in value]
    return str(value)
