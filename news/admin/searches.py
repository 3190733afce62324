"""What readers search for, and what they search for in vain: words and numbers, nothing of who asked."""

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import SearchCount
from news.search.counting import ONCE_KEPT_DAYS

PERIODS = (7, 30, 365)  # days
MOST_SHOWN = 100  # of each list


@admin.register(SearchCount)
class SearchCountAdmin(admin.ModelAdmin):
    """One page: the words searched for most, and those that found nothing."""

    def get_urls(self) -> list[Any]:
        """Offer this page and no other."""
        return [path("", self.admin_site.admin_view(self.changelist_view), name="news_searchcount_changelist")]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: readers add by searching."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: these are counts."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse: they go by themselves after a year and a month."""
        return False

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the counts of a period that ends today."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        asked = request.GET.get("days", "")
        days = int(asked) if asked in map(str, PERIODS) else PERIODS[1]
        context = self.admin_site.each_context(request) | {
            "title": _("What readers search for"),
            "opts": self.opts,
            "days": days,
            "periods": PERIODS,
            "once_kept_days": ONCE_KEPT_DAYS,
            **_counts_since(timezone.localdate() - datetime.timedelta(days=days)),
        }
        return TemplateResponse(request, "admin/news/searchcount/searches.html", context | (extra_context or {}))


def _counts_since(day: datetime.date) -> dict[str, Any]:
    """Add up the counts of each day after the one given: all of them, those in vain, and by words."""
    counts = SearchCount.objects.filter(day__gt=day)
    by_words = counts.values("words").annotate(
        searches=Sum("times"),
        vain=Sum("times_without_result"),
        last=Max("day", filter=Q(times_without_result__gt=0)),
    )
    return {
        "all": counts.aggregate(searches=Sum("times", default=0), vain=Sum("times_without_result", default=0)),
        "most": by_words.order_by("-searches", "words")[:MOST_SHOWN],
        "in_vain": by_words.filter(vain__gt=0).order_by("-vain", "words")[:MOST_SHOWN],
    }
