"""The admin of the site: its name, its look, and its languages."""

from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite, ModelAdmin
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from osce_site.page_addresses import LanguageLink, in_language


class OsceAdminSite(AdminSite):
    """Django's admin under the site's name, in the languages of the interface."""

    site_title = _("OSCE editing")
    site_header = _("OSCE editing")
    index_title = _("What would you like to do?")
    enable_nav_sidebar = False  # lists and forms need the room; the breadcrumb leads everywhere

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Add the way to the public site, and this page in the other languages."""
        context = super().each_context(request)
        context["site_url"] = reverse("home")
        context["admin_languages"] = [
            LanguageLink(
                code=code,
                name=name,
                address=in_language(request.get_full_path(), code),
                is_current=code == get_language(),
            )
            for code, name in settings.LANGUAGES
        ]
        return context

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Let the history of every model be the record's, in whichever app its admin was written."""
        from record.history import recorded  # noqa: PLC0415 - models are not loaded yet

        super().register(model_or_iterable, recorded(admin_class or ModelAdmin), **options)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show beside the models what this person did last."""
        from record.history import recent_acts  # noqa: PLC0415 - models are not loaded yet

        return super().index(request, {"recent_acts": recent_acts(request.user)} | (extra_context or {}))

    def get_urls(self) -> list[Any]:
        """Add the page of a person's own settings, and lead from the admin to pages that are always public alone."""
        from news.admin.your_settings import your_settings  # noqa: PLC0415 - models are not loaded before

        return [
            path("your-settings/", self.admin_view(your_settings), name="your_settings"),
            path("r/<path:content_type_id>/<path:object_id>/", self.admin_view(page_on_site), name="view_on_site"),
            *super().get_urls(),
        ]


def page_on_site(request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
    """Lead from a record of taxonomy to its page; the address of a draft would tell its title.

    Raises:
        Http404: the record is none of taxonomy, or gone.
    """
    from django.contrib.contenttypes.models import ContentType  # noqa: PLC0415 - models are not loaded before
    from django.contrib.contenttypes.views import shortcut  # noqa: PLC0415 - models are not loaded before

    of_taxonomy = ContentType.objects.filter(app_label="taxonomy")
    get_object_or_404(of_taxonomy, pk=int(content_type_id) if content_type_id.isdecimal() else 0)
    return shortcut(request, content_type_id, object_id)


class OsceAdminConfig(AdminConfig):
    """Django's admin app with our site in it."""

    default_site = "osce_site.admin_site.OsceAdminSite"
