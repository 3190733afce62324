"""What readers search for, and what they search for in vain: words and numbers, nothing of who asked."""

import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import SearchCount

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
        counts = _counts_since(timezone.localdate() - datetime.timedelta(days=days))
        context = self.admin_site.each_context(request) | {
            "title": _("What readers search for"),
            "opts": self.opts,
            "days": days,
            "periods": PERIODS,
            "most": counts.order_by("-searches", "words")[:MOST_SHOWN],
            "in_vain": counts.filter(in_vain__gt=0).order_by("-in_vain", "words")[:MOST_SHOWN],
        }
        return TemplateResponse(request, "admin/news/searchcount/searches.html", context | (extra_context or {}))


def _counts_since(day: datetime.date) -> "QuerySet[SearchCount, dict[str, Any]]":
    """Add up the counts of each day after the one given."""
    return (
        SearchCount.objects.filter(day__gt=day)
        .values("words")
        .annotate(searches=Sum("times"), in_vain=Sum("times_without_result"))
    )
