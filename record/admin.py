"""The record in the admin: to be read by those entitled, to be written by nobody."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.text import capfirst

from record.filters import FilterForm, page_of
from record.history import may_see_act, may_see_the_record
from record.models import Act
from record.telling import tell


@admin.register(Act)
class ActAdmin(admin.ModelAdmin):
    """All acts, filtered, and each by itself."""

    def get_urls(self) -> list[Any]:
        """Offer two pages and no other."""
        view = self.admin_site.admin_view
        return [
            path("", view(self.changelist_view), name="record_act_changelist"),
            path("<int:number>/", view(self.act_view), name="record_act_change"),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the acts that were asked for, newest first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        form = FilterForm(request.GET)
        asked = request.GET.copy()
        older = "".join(asked.pop("older", [])[:1])
        context = self.admin_site.each_context(request) | {
            "title": capfirst(self.opts.verbose_name_plural),
            "opts": self.opts,
            "form": form,
            "page": page_of(form.acts(), older),
            "asked": asked.urlencode(),
        }
        return TemplateResponse(request, "admin/record/act/list.html", context)

    def act_view(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show one act, with what was before and after side by side."""
        act = get_object_or_404(Act, pk=number)
        if not may_see_act(request, self.admin_site, act):
            raise PermissionDenied
        told = tell(act)
        context = self.admin_site.each_context(request) | {
            "title": f"{capfirst(told.kind)} “{act.title}”: {told.what}",
            "opts": self.opts,
            "told": told,
            "is_entitled": self.has_view_permission(request),
        }
        return TemplateResponse(request, "admin/record/act/act.html", context)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Show the record in the admin's lists to those entitled."""
        return may_see_the_record(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Act | None = None) -> bool:
        """Answer for those entitled."""
        return may_see_the_record(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: acts write themselves."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Act | None = None) -> bool:
        """Refuse, superusers too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Act | None = None) -> bool:
        """Refuse, superusers too."""
        return False
