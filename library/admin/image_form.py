"""What is said of an image, in a form: alternative text and caption in each language, credit, place, country, day."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from library.admin.image_filters import countries
from library.describing import complaint
from library.models import Image, ImageText
from library.models.image import WHOLE
from taxonomy.admin.record_form import RecordForm, mark_of

PARTS = ("alternative", "caption")
WORDS = ("is_decorative", "credit")  # with the parts in each language: what an edition keeps of an image
PER_CENT = WHOLE // 100
COORDINATES = re.compile(r"^-?\d+\.\d+, -?\d+\.\d+$")  # as the camera wrote them


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language with its two fields of a form."""

    code: str
    name: str
    alternative: Any
    caption: Any
    has_errors: bool

    @property
    def is_filled(self) -> bool:
        """Say whether something stands in it."""
        return bool(self.alternative.value() or self.caption.value())


class PerCentField(forms.DecimalField):
    """A part of a length in per cent, kept in thousandths."""

    def __init__(self, **options: Any) -> None:
        widget = forms.NumberInput(attrs={"step": "0.1", "min": "0", "max": "100"})
        super().__init__(min_value=0, max_value=100, decimal_places=1, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show thousandths in per cent."""
        return f"{value / PER_CENT:g}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int:
        """Return thousandths."""
        return round(super().clean(value) * PER_CENT)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is shown with what was sent."""
        return super().has_changed(self.to_python(self.prepare_value(initial)), data)


def first_languages() -> list[str]:
    """Return the codes of the languages that are open at once: the one that the person works in, and English."""
    return list(dict.fromkeys([get_language() or "en", "en"]))


class ImageForm(RecordForm):
    """An image's words; two people may have it open at once (`RecordForm`).

    Args:
        languages: the codes of those that are asked for.
        titles: of the items that hold the image.
        opens_local: whether the local languages are shown at once.
    """

    focal_x = PerCentField(label=gettext_lazy("Focal point: per cent from the left"))
    focal_y = PerCentField(label=gettext_lazy("Focal point: per cent from the top"))

    class Meta:
        model = Image
        fields = ("focal_x", "focal_y", "is_decorative", "credit", "place", "country", "taken_on")
        widgets = {"taken_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {"taken_on": {"invalid": gettext_lazy("This is no date. Write it like 2025-11-25.")}}

    def __init__(
        self,
        *args: Any,
        languages: Sequence[tuple[str, str]],
        titles: Iterable[str] = (),
        opens_local: bool = False,
        **kw: Any,
    ) -> None:
        self.languages, self.opens_local = languages, opens_local
        self.titles = list(titles)
        super().__init__(*args, **kw)
        for code, name in languages:
            for part in PARTS:
                self.fields[f"{part}_{code}"] = self.words_field(part, code, name)
        words = self.stored_words()
        self.initial.update(words, seen=self.stored_marks())
        if COORDINATES.match(self.instance.place):
            self.fields["place"].help_text = _(
                "Coordinates that the camera wrote. Write the name of the place instead."
            )
        shared: Any = self.fields["country"].widget  # one list for all forms of a page, from memory
        shared.choices = [("", "---------"), *((entry.pk, entry.name) for entry in countries())]

    @staticmethod
    def words_field(part: str, code: str, language: str) -> forms.Field:
        """Return the field of a text in a language; the languages' names are their own, so labels say both."""
        field: Any = ImageText._meta.get_field(part)
        label = {"alternative": _("Alternative text, %(language)s"), "caption": _("Caption, %(language)s")}[part]
        widget = forms.Textarea(attrs={"rows": 2, "lang": code})
        made: forms.Field = field.formfield(label=label % {"language": language}, widget=widget, help_text="")
        return made

    def stored_words(self) -> dict[str, str]:
        """Return the texts as the database holds them, by the name of their field."""
        texts = self.instance.words() if self.instance.pk else {}
        return {
            f"{part}_{code}": getattr(texts[code], part) if code in texts else ""
            for code, _name in self.languages
            for part in PARTS
        }

    def stored_marks(self) -> dict[str, str]:
        """Return the mark of each field as the database holds it."""
        return super().stored_marks() | {name: mark_of(text) for name, text in self.stored_words().items()}

    def stored_value(self, name: str) -> Any:
        """Return what the database holds, as the form would have cleaned it."""
        words = self.stored_words()
        if name in words:
            return words[name]
        return getattr(self.instance, name) if name.startswith("focal") else super().stored_value(name)

    def clean(self) -> dict[str, Any]:
        """Refuse alternative texts that are none, and one beside the mark that there is nothing to be told."""
        cleaned = super().clean()
        for code, _name in self.languages:
            name = f"alternative_{code}"
            beside = {"credit": cleaned.get("credit", ""), "caption": cleaned.get(f"caption_{code}", "")}
            wrong = complaint(cleaned.get(name, ""), file_name=self.instance.name, titles=self.titles, **beside)
            if wrong:
                self.add_error(name, wrong)
        if cleaned.get("is_decorative") and any(cleaned.get(f"alternative_{code}") for code, _name in self.languages):
            text = _("It has an alternative text. Take away the text or this mark: it is one or the other.")
            self.add_error("is_decorative", text)
        return cleaned

    def save(self, commit: bool = True) -> Image:  # noqa: FBT002 - Django's own signature
        """Write the image, and of its texts those that have changed."""
        image: Image = super().save(commit)
        known = image.words()
        for code, _name in self.languages:
            said = {part: " ".join(self.cleaned_data[f"{part}_{code}"].split()) for part in PARTS}
            text = known.get(code) or ImageText(image=image, language=code)
            if said != {part: getattr(text, part) for part in PARTS}:
                text.alternative, text.caption = said["alternative"], said["caption"]
                text.save()
        return image

    @property
    def has_new_words(self) -> bool:
        """Say whether something was changed that an edition keeps from its approval."""
        return any(name in WORDS or name.startswith(PARTS) for name in self.changed_data)

    def by_language(self) -> list[Language]:
        """Return the languages with their fields, those first that the person works in."""
        first = first_languages()
        order = sorted(self.languages, key=lambda each: first.index(each[0]) if each[0] in first else len(first))
        return [
            Language(
                code=code,
                name=name,
                alternative=self[f"alternative_{code}"],
                caption=self[f"caption_{code}"],
                has_errors=any(self[f"{part}_{code}"].errors for part in PARTS),
            )
            for code, name in order
        ]

    def open_languages(self) -> list[Language]:
        """Return those that are shown at once."""
        return self.by_language()[: len(first_languages())]

    def folded_languages(self) -> list[Language]:
        """Return the others that the site's pages have."""
        pages = dict(settings.LANGUAGES)
        return [each for each in self.by_language()[len(first_languages()) :] if each.code in pages]

    def local_languages(self) -> list[Language]:
        """Return those that only news is written in."""
        pages = dict(settings.LANGUAGES)
        return [each for each in self.by_language() if each.code not in pages]


class SharedForm(forms.Form):
    """What is the same of all chosen images: what is filled in takes the place of what each has."""

    credit = forms.CharField(label=gettext_lazy("Credit"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    taken_on = forms.DateField(
        label=gettext_lazy("Taken on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("This is no date. Write it like 2025-11-25.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["country"]
        field.choices = [("", "---------"), *((str(entry.pk), entry.name) for entry in countries())]
