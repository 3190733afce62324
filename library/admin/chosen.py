"""A form's choice from the library: images or attachments in an order that counts. Without scripts by their numbers."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from library.admin.shown import DESCRIBE, Shown
from library.models import Attachment, Image

SPARE_ROWS = 2  # empty rows at the end, for whoever has no scripts
NUMBER = re.compile(r"^\s*(\d{1,18})\s*$|\[(\d{1,18})\]\s*$")
MODELS: dict[str, type[Image | Attachment]] = {"image": Image, "attachment": Attachment}
LANGUAGES = [*settings.LANGUAGES, *settings.LOCAL_LANGUAGES]


class Chosen(forms.Widget):
    """A card for each thing chosen, with buttons that move and remove it; dialogs to choose more, and to upload.

    Args:
        what: "image" or "attachment".
        is_one: whether there is at most one.
    """

    template_name = "admin/library/widgets/chosen.html"
    use_fieldset = True

    class Media:
        css = {"all": ["admin_site/pictures.css"]}
        js = (Script("admin_site/pictures.js", type="module"),)

    def __init__(self, *, what: str, is_one: bool = False) -> None:
        super().__init__()
        self.what, self.is_one = what, is_one
        self.language = "en"  # whose alternative texts count; the form says

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Return what the rows hold, in their order, without the empty ones."""
        return [value for value in data.getlist(name) if value.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """Take a form without rows as one in which nothing is chosen."""
        return False

    def get_context(self, name: str, value: Sequence[Any] | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return a row for each value, with what the library says of it, and the spare ones."""
        context = super().get_context(name, value, attrs)
        rows = self._rows(value or [])
        spare = SPARE_ROWS if not self.is_one else 0 if rows else 1
        context["widget"] |= {
            "what": self.what,
            "is_one": self.is_one,
            "language": self.language,
            "languages": LANGUAGES,
            "rows": rows + [("", None)] * spare,
        }
        return context

    def _rows(self, value: Sequence[Any]) -> list[tuple[str, Shown | None]]:
        """Return what stands in each input, with what the library says of it."""
        numbers = [number_in(str(entry)) for entry in value]
        known = DESCRIBE[self.what](filter(None, numbers), self.language)
        found = [(entry, known.get(number)) for entry, number in zip(value, numbers, strict=True)]
        return [(_written(entry, shown), shown) for entry, shown in found]

    def id_for_label(self, id_: str) -> str:
        """Return nothing: the rows stand in a fieldset whose legend is the label."""
        return ""


def _written(entry: Any, shown: Shown | None) -> str:
    """Return what an input says: `harbour.jpg [12]`, or what was typed."""
    return f"{shown.name} [{shown.id}]" if shown else str(entry)


def number_in(text: str) -> int:
    """Return the number in `12` or `harbour.jpg [12]`, or 0."""
    match = NUMBER.search(text)
    return int(next(filter(None, match.groups()), 0)) if match else 0


class ChosenField(forms.Field):
    """Images or attachments of the library, as a list of their numbers."""

    def __init__(self, *, what: str, **options: Any) -> None:
        self.what = what
        defaults: dict[str, Any] = {"required": False, "widget": Chosen(what=what)}
        super().__init__(**defaults | options)

    def speak(self, language: str) -> None:
        """Complain about what has no alternative text in this language."""
        widget: Any = self.widget
        widget.language = language

    def clean(self, value: list[str]) -> list[int]:
        """Return the numbers, each once, or every complaint at once."""
        numbers = {text: number_in(text) for text in value or []}
        wanted = list(dict.fromkeys(filter(None, numbers.values())))
        known = set(MODELS[self.what].objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()
        problems = [_no_number(text) for text, number in numbers.items() if not number]
        problems += [self._unknown(number) for number in wanted if number not in known]
        if problems:
            raise ValidationError(problems)
        return wanted

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers in their order."""
        return [number_in(str(entry)) for entry in initial or []] != [number_in(str(entry)) for entry in data or []]

    def _unknown(self, number: int) -> ValidationError:
        texts = {
            "image": _("There is no image %(number)s in the library."),
            "attachment": _("There is no attachment %(number)s in the library."),
        }
        return ValidationError(texts[self.what], params={"number": number}, code="unknown")


def _no_number(text: str) -> ValidationError:
    return ValidationError(
        _("“%(text)s” names nothing of the library. Choose from it, or write a number."),
        params={"text": text},
        code="no_number",
    )


class ChosenOne(ChosenField):
    """One image or attachment, or none."""

    def __init__(self, *, what: str, **options: Any) -> None:
        super().__init__(what=what, widget=Chosen(what=what, is_one=True), **options)

    def prepare_value(self, value: Any) -> list[Any]:
        """Return it as the rows take it."""
        if isinstance(value, Image | Attachment):
            return [value.pk]
        return value if isinstance(value, list) else [value] if value else []

    def clean(self, value: list[str]) -> Any:
        """Return the record."""
        numbers = super().clean(value)
        if len(numbers) > 1:
            raise ValidationError(_("Choose one only."), code="several")
        return MODELS[self.what].objects.get(pk=numbers[0]) if numbers else None
