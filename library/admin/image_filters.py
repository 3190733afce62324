"""What images are found by, beside words: controls of one form above the grid."""

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from library.folding import folded
from library.holders import images_in_use, public_images
from library.models import Image, ImageText
from taxonomy.catalogue import catalogue


class WrittenFilter(admin.ListFilter):
    """An input into which one writes what is looked for."""

    template = "admin/library/image/written_filter.html"
    parameter_name = ""
    kind = "text"  # of the browser's input

    def __init__(self, request: HttpRequest, params: dict[str, Any], model: Any, model_admin: Any) -> None:
        super().__init__(request, params, model, model_admin)
        self.written = (params.pop(self.parameter_name, None) or [""])[-1].strip()

    def has_output(self) -> bool:
        """Stand above the grid whether or not something is written."""
        return True

    def expected_parameters(self) -> list[str | None]:
        """Return the name under which it is sent."""
        return [self.parameter_name]

    def choices(self, changelist: Any) -> Any:
        """Return what the template shows: the one input."""
        yield {"name": self.parameter_name, "written": self.written, "kind": self.kind}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        """Keep what fits; all, where nothing is written."""
        return queryset.filter(self.condition()) if self.written else queryset

    def condition(self) -> Q:
        """Return the condition upon images."""
        raise NotImplementedError


class CreditFilter(WrittenFilter):
    """Who made it."""

    title = gettext_lazy("credit")
    parameter_name = "credit"

    def condition(self) -> Q:
        """Keep those whose credit holds each word; the folded text has the file's name and the place in it too."""
        words = folded(self.written).split()
        candidates = Image.objects.all()
        for word in words:
            candidates = candidates.filter(search_text__contains=word)
        credits_found = candidates.order_by().values_list("credit", flat=True).distinct()
        return Q(credit__in=[each for each in credits_found if all(word in folded(each) for word in words)])


class DayFilter(WrittenFilter):
    """A bound of the day on which it was taken."""

    kind = "date"
    lookup = ""

    def condition(self) -> Q:
        """Keep what was taken within the bound; a text that is no day keeps nothing."""
        try:
            return Q(**{f"taken_on__{self.lookup}": datetime.date.fromisoformat(self.written)})
        except ValueError:
            return Q(pk__in=[])


class FromFilter(DayFilter):
    """The first day."""

    title = gettext_lazy("taken from")
    parameter_name = "from"
    lookup = "gte"


class UntilFilter(DayFilter):
    """The last day."""

    title = gettext_lazy("taken until")
    parameter_name = "to"
    lookup = "lte"


class ChosenFilter(WrittenFilter):
    """A choice among conditions."""

    template = "admin/library/image/chosen_filter.html"

    def choices(self, changelist: Any) -> Any:
        """Return the options, the first of which is none."""
        for value, label in [("", _("any")), *self.options()]:
            yield {"name": self.parameter_name, "value": value, "label": label, "selected": value == self.written}

    def options(self) -> list[tuple[str, str]]:
        """Return values and what they are called."""
        raise NotImplementedError


class CountryFilter(ChosenFilter):
    """Where it was taken."""

    title = gettext_lazy("country")
    parameter_name = "country"

    def options(self) -> list[tuple[str, str]]:
        """Return the countries in the order of the active language."""
        return [(str(entry.pk), entry.name) for entry in countries()]

    def condition(self) -> Q:
        """Keep those of the country."""
        return Q(country=int(self.written)) if self.written.isdecimal() else Q(pk__in=[])


class UseFilter(ChosenFilter):
    """Whether something shows it."""

    title = gettext_lazy("use")
    parameter_name = "use"
    conditions: dict[str, Callable[[], Q]] = {
        "public": lambda: public_images(at=timezone.now()),
        "used": images_in_use,
        "unused": lambda: ~images_in_use(),
    }

    def options(self) -> list[tuple[str, str]]:
        """Return the three answers."""
        return [("public", _("public")), ("used", _("used, public or not")), ("unused", _("not used"))]

    def condition(self) -> Q:
        """Keep those of the answer."""
        return self.conditions.get(self.written, lambda: Q(pk__in=[]))()


class LackFilter(ChosenFilter):
    """What is still to be done about it."""

    title = gettext_lazy("state")
    parameter_name = "state"

    def options(self) -> list[tuple[str, str]]:
        """Return what an image may lack."""
        return [
            ("undescribed", _("without any alternative text")),
            ("untranslated", _("without an alternative text in your language")),
            ("decorative", _("decorative")),
            ("unrendered", _("not yet rendered")),
            ("problem", _("with a problem")),
        ]

    def condition(self) -> Q:
        """Keep those of the answer."""
        described = ImageText.objects.filter(image=OuterRef("pk")).exclude(alternative="")
        conditions = {
            "undescribed": Q(~Exists(described), is_decorative=False),
            "untranslated": Q(~Exists(described.filter(language=get_language())), is_decorative=False),
            "decorative": Q(is_decorative=True),
            "unrendered": Q(rendered_by=""),
            "problem": ~Q(problem=""),
        }
        return conditions.get(self.written, Q(pk__in=[]))


def countries() -> list[Any]:
    """Return the countries in the order of the active language, from memory."""
    return sorted(catalogue().countries.values(), key=lambda entry: entry.sort_key)
