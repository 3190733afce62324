"""The filters of the editors' list."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from news.admin.fields import institution_choices
from news.admin.states import ITEM_STATES, in_state
from news.models import Contribution, Edition, NewsItem, Removal
from news.models.edition_queryset import EditionQuerySet
from taxonomy.catalogue import catalogue


def standing_editions() -> EditionQuerySet:
    """Return the editions by which an item is known: the open, the scheduled, the public one, all of a removed item."""
    removed = Removal.objects.standing().filter(item=OuterRef("item"))
    return Edition.objects.filter(Q(visible_until__isnull=True) | Exists(removed), item=OuterRef("pk"))


class StateFilter(admin.SimpleListFilter):
    """How far an item is."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the states."""
        return ITEM_STATES

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
        """Keep the items in the chosen state; a value that is none keeps nothing."""
        state = self.value()
        if state is None:
            return queryset
        return in_state(queryset, state) if state in dict(ITEM_STATES) else queryset.none()


class HandFilter(admin.SimpleListFilter):
    """Whether the person wrote or submitted what is under way."""

    title = _("your part")
    parameter_name = "hand"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the two answers."""
        return [("own", _("Under way, written or submitted by you")), ("others", _("Under way, by others"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
        """Keep the items whose open edition the person had a hand in, or had none in."""
        if self.value() is None:
            return queryset
        own = Contribution.objects.filter(edition=OuterRef("pk"), person=request.user.pk)
        under_way = Edition.objects.filter(item=OuterRef("pk")).open_drafts()
        questions = {"own": under_way.filter(Exists(own)), "others": under_way.exclude(Exists(own))}
        asked = self.value()
        return queryset.filter(Exists(questions[asked])) if asked in questions else queryset.none()


class KindFilter(admin.SimpleListFilter):
    """What sort of text it is."""

    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Return the kinds."""
        return Edition.Kind.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
        """Keep the items of the chosen kind."""
        if self.value() is None:
            return queryset
        return queryset.filter(Exists(standing_editions().filter(kind=self.value())))


class InstitutionFilter(admin.SimpleListFilter):
    """Who issued it, with all that is below that institution."""

    title = _("institution")
    parameter_name = "institution"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the institutions as their tree."""
        return [(str(number), name) for number, name in institution_choices()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[NewsItem]) -> QuerySet[NewsItem]:
        """Keep the items that the institution, or one below it, issued."""
        number = self.value()
        if number is None:
            return queryset
        entry = catalogue().institutions.get(int(number) if number.isdecimal() else 0)
        return queryset.filter(Exists(standing_editions().issued_by(entry.family))) if entry else queryset.none()
