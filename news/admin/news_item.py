"""The page of one item: its form while it is written, else what it holds and what can be done next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from library.shown import Shown
from news import access
from news.admin import acts, pages, weighty_acts
from news.admin.act_forms import ApprovalForm, ReturnForm
from news.admin.desk import desk_page
from news.admin.form import NewsItemForm, version_of
from news.admin.item_list import NewsItemList, with_editions
from news.admin.standing import compared, facts, standing
from news.admin.states import newest_first
from news.models import Edition, NewsItem

State = Edition.State
CONTENT = ("kind", "title", "summary", "dateline", "body")
FILES = (gettext_lazy("Pictures and attachments"), {"fields": ("pictures", "attachments")})
CHANGE = (gettext_lazy("What has changed"), {"fields": ("change_note", "is_minor")})
ISSUE = (gettext_lazy("Issue"), {"fields": ("issued_at", "issued_by")})
SUBJECT = (gettext_lazy("What it is about"), {"fields": ("countries", "topics", "related")})
ADDRESS = (gettext_lazy("Language and address"), {"fields": ("language", "translation_of", "slug")})


@admin.register(NewsItem)
class NewsItemAdmin(NewsItemList):
    """News items: a list, and a page for each."""

    form = NewsItemForm

    class Media:
        css = {"all": ["news/editing.css"]}
        js = ("news/unsaved.js",)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> NewsItem | None:
        """Find an item wherever it is at home: access refuses it, so that nobody takes it for gone."""
        is_number = object_id.isdecimal() and len(object_id) < len(str(2**63))
        return with_editions(NewsItem.objects.filter(pk=object_id), "body").first() if is_number else None

    def get_form(self, request: HttpRequest, obj: NewsItem | None = None, *args: Any, **kwargs: Any) -> Any:
        """Tell the form who writes."""
        form: Any = super().get_form(request, obj, *args, **kwargs)
        return type(form)(form.__name__, (form,), {"user": request.user})

    def get_fieldsets(self, request: HttpRequest, obj: NewsItem | None = None) -> list[Any]:
        """Return the form's parts: the change note from the second edition on."""
        parts = [(None, {"fields": CONTENT}), FILES, ISSUE, SUBJECT, ADDRESS]
        if obj and (newest := newest_first(obj)[0]) and (newest.number > 1 or not newest.is_open):
            parts.insert(1, CHANGE)
        return parts

    def get_readonly_fields(self, request: HttpRequest, obj: NewsItem | None = None) -> tuple[str, ...]:
        """Fix language and original once chosen, and the address once it was public."""
        if obj is None:
            return ()
        was_public = any(not edition.is_open for edition in newest_first(obj))
        return ("language", "translation_of", *(["slug"] if was_public else []))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the form of a draft, or what is not written now; what was typed outlives an item discarded meanwhile."""
        item = self.get_object(request, unquote(object_id))
        if item is None and request.method == "POST":
            messages.error(
                request, _("This item was discarded meanwhile. Saving makes a new one of what stands below.")
            )
            return self.add_view(request)
        if item and request.method != "POST" and not self.is_written(request, item):
            return self.read_page(request, item, {})
        return super().change_view(request, object_id, form_url, self.item_context(request, item) if item else {})

    def is_written(self, request: HttpRequest, item: NewsItem) -> bool:
        """Say whether to show the form: what is submitted has one for who asks, since it waits for someone's eyes."""
        newest = newest_first(item)[0]
        is_asked = newest.state != State.SUBMITTED or "edit" in request.GET
        return newest.is_open and is_asked and access.may(request.user, "write", newest)

    def item_context(self, request: HttpRequest, item: NewsItem) -> dict[str, Any]:
        """Return what the page says around the form: the editions, and what may be done."""
        found = standing(item, request.user)
        return found | {"title": found["edition"].title, "subtitle": None, "seen": version_of(found["edition"])}

    def read_page(self, request: HttpRequest, item: NewsItem, forms: dict[str, Any]) -> HttpResponse:
        """Show an item that this person isn't writing now, with what may be done next.

        Args:
            request: the request.
            item: the item.
            forms: those that were sent and refused, with what was typed, by their names in the template.
        """
        item = self.get_object(request, str(item.pk)) or item
        context = self.item_context(request, item)
        if not access.may(request.user, "see", context["edition"]):
            raise PermissionDenied
        context |= self.admin_site.each_context(request) | {"title": context["title"], "opts": self.opts}
        context |= {"original": item, "facts": facts(item, context["edition"], request.user)}
        context["shown"] = Shown(context["edition"].files, is_past=True)
        context |= self.offered(request, context) | forms
        return TemplateResponse(request, "admin/news/newsitem/item.html", context)

    def offered(self, request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
        """Return the forms of who may decide on what is submitted, and what differs from what is public."""
        edition, public = context["edition"], context["public_edition"]
        approval = ApprovalForm(user=request.user)
        offered: dict[str, Any] = {"approval_form": approval, "return_form": ReturnForm(), "media": approval.media}
        if edition.is_open and public:
            offered["comparison"] = compared(public, edition, request.user)
        return offered

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say which buttons a form has, that of a new item too."""
        context |= {"may_submit": access.may(request.user, "submit")}
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Name the item by its title."""
        item = self.get_object(request, unquote(object_id))
        title = {"title": _("Who did what: %(title)s") % {"title": self.title(item)}} if item else {}
        return super().history_view(request, object_id, title | (extra_context or {}))

    # Saving

    def save_form(self, request: HttpRequest, form: NewsItemForm, change: bool) -> NewsItem:
        """Return the item: the verbs have stored it as the last step of the form's validation."""
        return form.stored.item

    def save_model(self, request: HttpRequest, obj: NewsItem, form: NewsItemForm, change: bool) -> None:
        """Say what has become of it."""
        done = _("Submitted. Someone else approves it, or returns it to you.")
        messages.success(request, done if form.submits else _("The draft is saved."))

    def save_related(self, *args: Any) -> None:
        """Do nothing: the verb has written."""

    def response_add(self, request: HttpRequest, obj: NewsItem, post_url_continue: str | None = None) -> HttpResponse:
        """Do what the button says."""
        return self.answer_button(request, obj)

    def response_change(self, request: HttpRequest, obj: NewsItem) -> HttpResponse:
        """Do what the button says."""
        return self.answer_button(request, obj)

    def answer_button(self, request: HttpRequest, item: NewsItem) -> HttpResponse:
        """Show the preview where the button asks for it, else the item's page."""
        name = "admin:news_newsitem_preview" if "_preview" in request.POST else "admin:news_newsitem_change"
        return HttpResponseRedirect(reverse(name, args=[item.pk]))

    # Addresses

    def get_urls(self) -> list[Any]:
        """Add the item's own pages before Django's, whose last one takes any path."""
        views: dict[str, Callable[..., HttpResponse]] = {
            "preview": pages.preview,
            "compare": pages.compare,
            "open-edition": acts.open_edition,
            "submit": acts.submit,
            "approve": acts.approve,
            "return": acts.send_back,
            "review": acts.review,
            "unschedule": acts.unschedule,
            "force": weighty_acts.force,
            "remove": weighty_acts.remove,
            "restore": weighty_acts.restore,
            "discard": weighty_acts.discard,
        }
        return [
            path("desk/", self.page(desk_page), name="news_newsitem_desk"),
            path("suggest/", self.admin_site.admin_view(pages.suggest), name="news_newsitem_suggest"),
            *[
                path(f"<int:number>/{name}/", self.page(view), name=f"news_newsitem_{name.replace('-', '_')}")
                for name, view in views.items()
            ],
            *super().get_urls(),
        ]

    def page(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """Put a view behind the admin's login."""
        return self.admin_site.admin_view(partial(view, self))

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Ask the one place."""
        return access.may(request.user, "see")

    def has_view_permission(self, request: HttpRequest, obj: NewsItem | None = None) -> bool:
        """Ask the one place."""
        return access.may(request.user, "see", newest_first(obj)[0] if obj else None)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Ask the one place."""
        return access.may(request.user, "create")

    def has_change_permission(self, request: HttpRequest, obj: NewsItem | None = None) -> bool:
        """Ask the one place."""
        return access.may(request.user, "write", newest_first(obj)[0] if obj else None)

    def has_delete_permission(self, request: HttpRequest, obj: NewsItem | None = None) -> bool:
        """Leave deleting to the page that discards a draft: the public record is kept."""
        return False
