"""Fields of the editor's form: what is typed becomes moments, numbers and items, or a message that helps."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.admin.widgets import CheckboxColumns, ItemInput, MomentInput, OrderedRows
from news.models import Edition, NewsItem
from taxonomy.catalogue import TreeEntry, catalogue
from taxonomy.dates import day_label

ITEM_NUMBER = re.compile(r"^(\d{1,18})$|\[(\d{1,18})\]$|/news/(\d{1,18})(?:/|$)")
INDENT = "\u2003"  # one em for each level of a tree


class MomentField(forms.DateTimeField):
    """A day and a time in Vienna; refuses the hour that clocks skip in spring, and the one they repeat in autumn."""

    widget = MomentInput

    def to_python(self, value: Any) -> datetime.datetime | None:
        """Return the moment, or say what is wrong with the time of that day."""
        try:
            return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise _clock_change((error.params or {})["datetime"]) from error


def _clock_change(value: datetime.datetime) -> ValidationError:
    """Tell the skipped hour from the repeated one."""
    zone = timezone.get_current_timezone()
    is_repeated = value.replace(tzinfo=zone).astimezone(datetime.UTC).astimezone(zone).replace(tzinfo=None) == value
    message = (
        _("On %(day)s the clocks in Vienna are put back, and %(time)s comes twice. Choose an earlier or a later time.")
        if is_repeated
        else _("On %(day)s the clocks in Vienna are put forward, and there is no %(time)s. Choose another time.")
    )
    params = {"day": day_label(value.date()), "time": value.strftime("%H:%M")}
    return ValidationError(message, code="clock_change", params=params)


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


def item_texts(numbers: Iterable[int]) -> dict[int, str]:
    """Return what the form shows for items, in the order given: newest title and number, `Title [12]`; one query."""
    numbers = list(numbers)
    titles = dict(Edition.objects.filter(item__in=numbers).order_by("number").values_list("item", "title"))
    return {number: f"{titles[number]} [{number}]" for number in numbers if number in titles}


def read_item_number(text: str) -> int:
    """Return the number in `12`, `Title [12]` or an address.

    Raises:
        ValidationError: there is none in it.
    """
    match = ITEM_NUMBER.search(text.strip())
    if match is None:
        raise ValidationError(
            _("“%(text)s” names no news item. Choose a title from the list, or write its number or address."),
            params={"text": text},
            code="no_number",
        )
    return int(next(filter(None, match.groups())))


class RelatedItemsField(forms.Field):
    """News items in the order in which the page names them."""

    def __init__(self, **options: Any) -> None:
        rows = OrderedRows(row=ItemInput(), row_label=_("Item"))
        defaults: dict[str, Any] = {"required": False, "widget": rows}
        super().__init__(**defaults | options)

    def prepare_value(self, value: Any) -> Any:
        """Name the items that come as numbers; what was typed stays as it is."""
        numbers = [entry for entry in value or [] if isinstance(entry, int)]
        texts = item_texts(numbers) if numbers else {}
        return [texts.get(entry, str(entry)) for entry in value or []]

    def clean(self, value: list[str]) -> list[int]:
        """Return the numbers, each once, or every complaint at once."""
        numbers, problems = {}, []
        for text in value or []:
            try:
                numbers[read_item_number(text)] = text
            except ValidationError as error:
                problems.append(error)
        known = set(NewsItem.objects.filter(pk__in=numbers).values_list("pk", flat=True))
        problems += [unknown_item(number) for number in numbers if number not in known]
        if problems:
            raise ValidationError(problems)
        return list(numbers)


class OriginalField(forms.Field):
    """The news item that this one translates."""

    def __init__(self, **options: Any) -> None:
        defaults: dict[str, Any] = {"required": False, "widget": ItemInput}
        super().__init__(**defaults | options)

    def prepare_value(self, value: Any) -> Any:
        """Name the item that comes as a number."""
        return item_texts([value]).get(value, value) if isinstance(value, int) else value

    def clean(self, value: str) -> NewsItem | None:
        """Return the item."""
        if not (value or "").strip():
            return None
        number = read_item_number(value)
        item = NewsItem.objects.filter(pk=number).first()
        if item is None:
            raise unknown_item(number)
        return item


def unknown_item(number: int) -> ValidationError:
    """Make the message that a number belongs to no item."""
    return ValidationError(_("There is no news item %(number)s."), params={"number": number}, code="unknown_item")
