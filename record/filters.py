"""What may be asked of the record, and the page that answers: a bounded number of index steps at any size."""

import datetime
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from record.models import Act, ActQuerySet
from record.telling import Told, kind_in_words, tell
from record.verbs import verb_in_words

PAGE_SIZE = 50
EXACT = ("verb", "model", "number", "address")
MOST_ACTORS = 20  # that a search offers to choose from


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FilterForm(forms.Form):
    """The questions; an empty one narrows nothing."""

    verb = forms.ChoiceField(label=_("What was done"), required=False)
    model = forms.ChoiceField(label=_("Kind of record"), required=False)
    number = forms.CharField(label=_("Number of the record"), required=False, max_length=64)
    actor = forms.CharField(label=_("Who"), required=False, max_length=500, help_text=_("A part of the name will do."))
    address = forms.GenericIPAddressField(label=_("From the address"), required=False)
    since = forms.DateField(label=_("From the day (UTC)"), required=False, widget=DayInput)
    until = forms.DateField(label=_("Until the day (UTC)"), required=False, widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, in_words in {"verb": verb_in_words, "model": kind_in_words}.items():
            values = [(value, capfirst(in_words(value))) for value in Act.objects.values_of(name)]
            field: Any = self.fields[name]
            field.choices = [("", _("all")), *sorted(values, key=lambda choice: choice[1])]

    @cached_property
    def actors(self) -> list[str]:
        """Return whom the typed name may mean: the one who is called so, or all whose names hold it."""
        typed = self.cleaned_data["actor"]
        names = Act.objects.values_of("actor") if typed else []
        if typed in names:
            return [typed]
        return [name for name in names if typed.casefold() in name.casefold()]

    @property
    def actors_to_choose(self) -> list[str]:
        """Return the names to choose from where more than one was meant: an index finds the acts of one."""
        return self.actors[:MOST_ACTORS] if self.is_valid() and len(self.actors) > 1 else []

    def acts(self) -> ActQuerySet:
        """Return the acts that were asked for."""
        if not self.is_valid():
            return Act.objects.none()
        given = {name: value for name, value in self.cleaned_data.items() if value}
        found = Act.objects.filter(
            **{name: given[name] for name in ("verb", "model", "number", "address") if name in given}
        )
        if "actor" in given:
            found = found.filter(actor=self.actors[0]) if len(self.actors) == 1 else found.none()
        if "since" in given:
            found = found.filter(at__gte=_midnight(given["since"]))
        if "until" in given:
            found = found.filter(at__lt=_midnight(given["until"] + datetime.timedelta(days=1)))
        return found


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """Some acts in words, newest first, and where the next older ones begin."""

    acts: list[Told]
    is_first: bool
    older: str  # the value of the parameter `older` that leads on; empty at the end


def page_of(acts: ActQuerySet, older: str) -> ActPage:
    """Return the page behind a place, the first one for none; nothing is counted."""
    place = read_place(older)
    rows = list((acts.older_than(*place) if place else acts).newest_first()[: PAGE_SIZE + 1])
    shown = rows[:PAGE_SIZE]
    more = f"{shown[-1].at.isoformat()},{shown[-1].pk}" if len(rows) > PAGE_SIZE else ""
    return ActPage(acts=[tell(act) for act in shown], is_first=place is None, older=more)


def read_place(text: str) -> tuple[datetime.datetime, int] | None:
    """Read a place in the order of acts; what is none leads to the first page."""
    moment, _comma, number = text.partition(",")
    try:
        at = datetime.datetime.fromisoformat(moment)
        return (at, int(number)) if at.tzinfo else None
    except ValueError:
        return None
