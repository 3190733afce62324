"""The newsroom's list: each item at home by the title and the state of its newest edition."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from news import access
from news.admin.filters import HandFilter, InstitutionFilter, KindFilter, StateFilter, standing_editions
from news.admin.item_fields import read_item_number
from news.admin.states import item_state, newest_first, standing_removal
from news.models import Edition, NewsItem, Removal
from taxonomy.catalogue import catalogue
from taxonomy.dates import moment_label


def with_editions(items: QuerySet[NewsItem], *without: str) -> QuerySet[NewsItem]:
    """Load with items their editions, the newest first, and what removed them.

    Args:
        items: the items.
        without: the columns of editions that need not be read.
    """
    editions = Edition.objects.select_related("forced_approval").order_by("-number").defer(*without)
    return items.prefetch_related(Prefetch("editions", editions), Prefetch("removals", Removal.objects.standing()))


class NewsItemList(admin.ModelAdmin):
    """News items as editors know them; only those at home with the person."""

    list_display = ("title", "kind", "language", "state", "issued_on", "issuers")
    list_filter = (StateFilter, HandFilter, KindFilter, "language", InstitutionFilter)
    list_per_page = 50
    search_fields = ("editions__title",)
    search_help_text = gettext_lazy("Words of the title, the item's number, or its address")
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # a count for each choice would cost a query for each
    actions = None
    view_on_site = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[NewsItem]:
        """Return the items at home with their editions, the newest first, and what removed them; in three queries."""
        return with_editions(super().get_queryset(request).filter(access.at_home(request.user)), "body", "change_note")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[NewsItem], search_term: str
    ) -> tuple[QuerySet[NewsItem], bool]:
        """Keep the items whose title holds every word, or the one whose number or address was typed."""
        if not search_term.strip():
            return queryset, False
        titles = standing_editions()
        for word in search_term.split():
            titles = titles.filter(title__icontains=word)
        try:
            number = read_item_number(search_term)
        except ValidationError:
            number = 0
        return queryset.filter(Q(pk=number) | Exists(titles.filter(item=OuterRef("pk")))), False

    @admin.display(description=gettext_lazy("title"))
    def title(self, item: NewsItem) -> str:
        """Return the newest edition's title."""
        return newest_first(item)[0].title

    @admin.display(description=gettext_lazy("kind"))
    def kind(self, item: NewsItem) -> str:
        """Return the newest edition's kind."""
        return newest_first(item)[0].get_kind_display()

    @admin.display(description=gettext_lazy("state"))
    def state(self, item: NewsItem) -> str:
        """Return in words how far it is."""
        return item_state(newest_first(item), removal=standing_removal(item))

    @admin.display(description=gettext_lazy("issued on"))
    def issued_on(self, item: NewsItem) -> str | None:
        """Return the newest edition's moment of issue."""
        issued_at = newest_first(item)[0].issued_at
        return moment_label(issued_at) if issued_at else None

    @admin.display(description=gettext_lazy("issued by"))
    def issuers(self, item: NewsItem) -> str:
        """Return the institutions that issue the newest edition, in their order."""
        known = catalogue().institutions
        return ", ".join(known[pk].name for pk in newest_first(item)[0].tags.get("issued_by", ()) if pk in known)
