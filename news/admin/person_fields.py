"""Fields in which a person's time zone and institutions are chosen."""

import zoneinfo
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from news.admin.fields import TagsField, institution_choices

AREAS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@lru_cache(maxsize=1)
def zones_by_area() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the zones of the IANA database by area, without its old names for them, and UTC."""
    names = sorted(zoneinfo.available_timezones())
    areas = [(area, [(name, name) for name in names if name.startswith(f"{area}/")]) for area in AREAS]
    return [("UTC", [("UTC", "UTC")]), *areas]


class TimeZoneField(forms.ChoiceField):
    """A time zone, offered by area; one that is kept already stays on offer."""

    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {"label": _("Time zone"), "initial": settings.TIME_ZONE}
        super().__init__(**given | options, choices=zones_by_area)

    def keep(self, zone: str) -> None:
        """Offer a zone beside the others: an old name that somebody has chosen once."""
        offered = {name for _area, zones in zones_by_area() for name, _label in zones}
        if zone and zone not in offered:
            self.choices = [(zone, zone), *zones_by_area()]


class HomeField(TagsField):
    """The institutions that a person works for, as their tree; only those in `offered`, where it isn't None."""

    def __init__(self, *, offered: set[int] | None, **options: Any) -> None:
        def choices() -> list[tuple[int, str]]:
            return [(pk, name) for pk, name in institution_choices() if offered is None or pk in offered]

        super().__init__(choices=choices, **options)

    def prepare_value(self, value: Any) -> Any:
        """Take records for their numbers."""
        return _numbers(value) if isinstance(value, list | tuple) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers with numbers."""
        return super().has_changed(_numbers(initial or ()), data)


def _numbers(values: Iterable[Any]) -> list[Any]:
    return [value.pk if isinstance(value, Model) else value for value in values]
