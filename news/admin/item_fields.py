"""Fields that name news items: by a title, a number or an address, and never by a title that is not for these eyes."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from news import access
from news.admin.widgets import ItemInput, OrderedRows
from news.models import Edition, NewsItem
from news.models.edition_queryset import EditionQuerySet

ITEM_NUMBER = re.compile(r"^(\d{1,18})$|\[(\d{1,18})\]$|/news/(\d{1,18})(?:/|$)")


def nameable(user: Any) -> EditionQuerySet:
    """Return, of each item, the edition by whose title the user may know it.

    The newest one at home, the public one elsewhere: a draft of another institution has no title for these eyes.
    """
    newer = Edition.objects.filter(item=OuterRef("item"), number__gt=OuterRef("number"))
    if access.works_everywhere(user):
        return Edition.objects.filter(~Exists(newer))
    own = NewsItem.objects.filter(access.at_home(user), pk=OuterRef("item"))
    public = Edition.objects.visible().filter(pk=OuterRef("pk"))
    return Edition.objects.filter((Q(Exists(own)) & ~Exists(newer)) | (~Exists(own) & Q(Exists(public))))


def item_texts(numbers: Iterable[int], user: Any) -> dict[int, str]:
    """Return what the user reads for items, in the order given: title and number, `Title [12]`; one query.

    What has no title for these eyes is left out.
    """
    numbers = list(numbers)
    titles = dict(nameable(user).filter(item__in=numbers).values_list("item", "title")) if numbers else {}
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
        self.user: Any = AnonymousUser()  # whose eyes read the titles; the form says

    def prepare_value(self, value: Any) -> Any:
        """Name the items that come as numbers; what was typed stays as it is."""
        texts = item_texts([entry for entry in value or [] if isinstance(entry, int)], self.user)
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
        self.user: Any = AnonymousUser()

    def prepare_value(self, value: Any) -> Any:
        """Name the item that comes as a number."""
        return item_texts([value], self.user).get(value, value) if isinstance(value, int) else value

    def clean(self, value: str) -> NewsItem | None:
        """Return the item."""
        if not (value or "").strip():
            return None
        number = read_item_number(value)
        item = NewsItem.objects.filter(pk=number).first()
        if item is None:
            raise unknown_item(number)
        return item


class DestinationField(forms.CharField):
    """Where readers are led: an item by its title or number, or the address of a page of this site."""

    widget = ItemInput

    def to_python(self, value: Any) -> str:
        """Return the number in `Title [12]`, and anything else as it was typed: the verb reads it."""
        text: str = super().to_python(value) or ""
        titled = re.search(r"\[(\d{1,18})\]$", text)
        return titled.group(1) if titled else text


def unknown_item(number: int) -> ValidationError:
    """Make the message that a number belongs to no item."""
    return ValidationError(_("There is no news item %(number)s."), params={"number": number}, code="unknown_item")
