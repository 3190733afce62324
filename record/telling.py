"""Acts in words: which record, which fields, what they said before and after."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.urls import NoReverseMatch, reverse
from django.utils.html import strip_tags
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from record.models import Act
from record.verbs import verb_in_words

SHORT = 80  # characters of a value in a list
FEW = 6  # fields of an act in a list
NOTHING = "–"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")  # as `plain` writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field of a record, before and after an act."""

    name: str
    before: str
    after: str

    @property
    def short(self) -> "Difference":
        """Return it as a list has room for it."""
        return Difference(name=self.name, before=_shortened(self.before), after=_shortened(self.after))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An act with everything that its row in a list says."""

    act: Act
    what: str
    kind: str
    differences: list[Difference]

    @property
    def few(self) -> list[Difference]:
        """Return the differences that a list has room for."""
        return [difference.short for difference in self.differences[:FEW]]

    @property
    def more(self) -> int:
        """Count those that it has no room for."""
        return max(0, len(self.differences) - FEW)

    @property
    def address_of_page(self) -> str:
        """Return the address in the admin of the record, or of the one that the act concerns; empty if it has none."""
        act = self.act
        own = "" if act.verb == "delete" else _page(act.model, act.number)
        return own or _page(act.concerned_model, act.concerned_number)


def tell(act: Act) -> Told:
    """Put an act into words."""
    model = model_named(act.model)
    names = sorted(act.before | act.after, key=_place_in(model))
    told = [_difference(model, name, act.before.get(name), act.after.get(name)) for name in names]
    return Told(act=act, what=verb_in_words(act.verb), kind=kind_in_words(act.model), differences=told)


def _place_in(model: type[models.Model] | None) -> Callable[[str], tuple[int, str]]:
    """Return the order of a model's fields, all else after them: a database keeps JSON in an order of its own."""
    places = {field.name: place for place, field in enumerate(model._meta.get_fields())} if model else {}
    return lambda name: (places.get(name, len(places)), name)


def model_named(label: str) -> type[models.Model] | None:
    """Return the model of a label; the record outlives models."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def kind_in_words(label: str) -> str:
    """Return what a model's records are called."""
    model = model_named(label)
    return str(model._meta.verbose_name) if model else label


def _page(label: str, number: str) -> str:
    try:
        return reverse(f"admin:{label.replace('.', '_')}_change", args=[number])
    except NoReverseMatch:
        return ""


def _difference(model: type[models.Model] | None, name: str, before: Any, after: Any) -> Difference:
    field = _field(model, name)
    called = str(getattr(field, "verbose_name", None) or name.replace("_", " "))
    return Difference(name=capfirst(called), before=in_words(before, field), after=in_words(after, field))


def _field(model: type[models.Model] | None, name: str) -> Any:
    """Return the field of a name; models change, and some names in the record never were one's field."""
    try:
        return model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None


def in_words(value: Any, field: Any = None) -> str:
    """Return a value as people read it."""
    if value in (None, "", [], {}):
        return NOTHING
    match value:
        case bool():
            return _("yes") if value else _("no")
        case list():
            return ", ".join(map(in_words, value))
        case dict():
            return ", ".join(f"{name}: {in_words(part)}" for name, part in value.items())
    return _text(value, dict(getattr(field, "flatchoices", ())))


def _text(value: Any, choices: dict[Any, Any]) -> str:
    """Return a number or a text, codes by their names and moments to the second."""
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return f"{datetime.datetime.fromisoformat(value):%Y-%m-%d %H:%M:%S} UTC"
    return str(choices.get(value, value))


def _shortened(text: str) -> str:
    return Truncator(" ".join(strip_tags(text).split())).chars(SHORT)
