"""Fields of the editor's forms: what is typed becomes moments and numbers, or a message that helps."""

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from news import access
from news.admin.moments import WrittenMoment, read_moment, write_moment
from news.admin.widgets import CheckboxColumns, MomentInput, OrderedRows
from taxonomy.catalogue import TreeEntry, catalogue

INDENT = "\u2003"  # one em for each level of a tree


class MomentField(forms.Field):
    """A day and a time by one of some clocks; asks which is meant where they show it twice, refuses what they skip."""

    widget = MomentInput

    def set_zones(self, zones: Sequence[str]) -> None:
        """Offer the clocks of these time zones; by default there is only Vienna's."""
        widget: Any = self.widget
        widget.zones = zones

    def prepare_value(self, value: Any) -> Any:
        """Write a stored moment as the input takes it; what was typed stays as it is."""
        return write_moment(value) if isinstance(value, datetime.datetime) else value

    def to_python(self, value: WrittenMoment | None) -> datetime.datetime | None:
        """Return the moment, or say what is wrong with it."""
        if value is None or not value.text.strip():
            return None
        widget: Any = self.widget
        if value.zone not in widget.zones:
            raise ValidationError(_("Choose one of the time zones offered."), code="zone")
        return read_moment(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare moments, not what is written."""
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class TagsField(forms.TypedMultipleChoiceField):
    """Records of taxonomy by their numbers, named from the catalogue."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"coerce": int, "required": False, "widget": CheckboxColumns}
        super().__init__(**defaults | options)


class IssuersField(TagsField):
    """Institutions in the order in which the page names them."""

    widget = OrderedRows

    def __init__(self, **options: Any) -> None:
        rows = OrderedRows(row=forms.Select(), row_label=_("Institution"))
        super().__init__(**{"choices": institution_choices, "widget": rows} | options)

    def clean(self, value: Any) -> list[int]:
        """Return the numbers, each once."""
        return list(dict.fromkeys(super().clean(value)))


def institution_choices() -> list[tuple[int, str]]:
    """Return all institutions as their tree; a closed one says so."""
    return [
        (entry.pk, _("%(name)s (closed)") % {"name": _indented(entry)} if entry.closed_on else _indented(entry))
        for entry in catalogue().institutions.values()
    ]


def issuer_choices(user: Any) -> list[Any]:
    """Return all institutions, those that the person works for first; one list for who works for all."""
    choices = institution_choices()
    if access.works_everywhere(user) or not access.home_of(user):
        return choices
    own = [choice for choice in choices if choice[0] in access.home_of(user)]
    others = [choice for choice in choices if choice not in own]
    return [(str(_("Yours")), own), *([(str(_("All others")), others)] if others else [])]


def country_choices() -> list[tuple[int, str]]:
    """Return all countries in the order of the alphabet."""
    return [
        (entry.pk, entry.name) for entry in sorted(catalogue().countries.values(), key=lambda entry: entry.sort_key)
    ]


def topic_choices() -> list[tuple[int, str]]:
    """Return all fields of work as their tree."""
    return [(entry.pk, _indented(entry)) for entry in catalogue().topics.values()]


def _indented(entry: TreeEntry) -> str:
    return INDENT * entry.level + entry.name
